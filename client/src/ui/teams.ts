import type { Team } from '@knopka/shared/game'
import { points } from '../lib/text/form.ts'
import { language, words } from '../lib/text/language.svelte.ts'
import { nameOf } from '../lib/text/names.ts'
import { markOf } from './marks.ts'

const text = words({
  ru: { team: (letters: string) => `Команда ${letters}` },
  en: { team: (letters: string) => `Team ${letters}` },
})

/** What everyone calls a team: its name, or the letter of its mark. */
export const teamName = ({ number, name }: Pick<Team, 'number' | 'name'>): string =>
  name ?? text().team(markOf(number, language()).letters)

/** Points of a team: in whole and half ones, and where they are divided by heads in tenths. */
export function teamPoints(value: number, perHead: boolean): string {
  if (!perHead) return points(value)
  const figure = Math.abs(value).toLocaleString(language(), { maximumFractionDigits: 1 })
  return value < 0 && figure !== '0' ? `\u2212${figure}` : figure
}

/** Who plays, as the hall sees it: a person, or a team. */
export interface Contender {
  /** Picks the mark. */
  number: number
  name: string
  /** Who of the team it was; `null` where the person plays alone. */
  person: string | null
}

interface Person {
  number: number
  name: string
  hidden: boolean
  team?: number | null
}

/** Under what mark and name someone pressed, or chose. */
export function contenderOf(teams: Team[], who: Person): Contender {
  const team = teams.find(({ number }) => number === who.team)
  const person = nameOf(who)
  return team
    ? { number: team.number, name: teamName(team), person }
    : { number: who.number, name: person, person: null }
}

/** «Ёжики (Аня)» */
export const inFull = ({ name, person }: Contender): string => (person === null ? name : `${name} (${person})`)
