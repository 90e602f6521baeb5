import type { ResultsPage } from '@knopka/shared/contracts'
import { completed, type TeamStanding } from '@knopka/shared/game'
import { createContext } from 'svelte'
import { get, type Answer } from '../lib/api.ts'
import { tokenOf } from '../lib/seat-tokens.ts'
import { nameOf } from '../lib/text/names.ts'
import { peopleIn, type Person } from './people.ts'

/** An evening as this page shows it. */
export class Evening {
  readonly id: string
  readonly page: ResultsPage
  /** What opens the downloads, where this device has it. */
  readonly token: string | null
  #people: Map<string, Person>

  constructor(id: string, page: ResultsPage, token: string | null) {
    this.id = id
    this.page = completed(page)
    this.token = token
    this.#people = peopleIn(page)
  }

  who(seat: string): Person | undefined {
    return this.#people.get(seat)
  }

  /** Whoever this person plays for; nobody where everyone plays for themselves. */
  teamOf({ team }: Person): TeamStanding | undefined {
    return this.page.teams.find(({ number }) => number === team)
  }

  /** What this reader may call a person: names that were kept off the wall are the host's alone. */
  nameOf(person: Person): string {
    return this.page.mayDownload ? person.name : nameOf(person)
  }
}

/** The evening, for all parts of its page. */
export const [useEvening, provideEvening] = createContext<Evening>()

/** Only the answer tells which room it was, and so which seat of this device may open the downloads. */
export async function fetchEvening(id: string): Promise<Answer<Evening>> {
  const path = `/api/results/${encodeURIComponent(id)}`
  const open = await get<ResultsPage>(path)
  if (!open.ok) return open
  const token = tokenOf(open.body.pin, 'host')
  const own = token ? await get<ResultsPage>(path, token) : open
  return { ok: true, body: new Evening(id, own.ok ? own.body : open.body, token) }
}
