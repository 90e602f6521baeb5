import {
  awaitsLight,
  isAnnounced,
  isQuiet,
  redact,
  type Commit,
  type Item,
  type Replica,
  type Role,
  type RoomEvent,
  type RoomState,
} from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import type { Appended } from '../store/store.ts'

/** In the order in which they are told: who leads the evening does not wait for a thousand phones. */
export const roles: Role[] = ['host', 'cohost', 'candidate', 'screen', 'player', 'member']

/** Whoever presses, and whatever anyone may open who knows the PIN: from there a script would tell a phone. */
const outside: readonly Role[] = ['screen', 'player', 'member']

interface Curtain {
  commits: { role: Role; commit: Commit }[]
  timer: NodeJS.Timeout
  /** The room in front of it: who comes in meanwhile sees no more than those who were there. */
  front: Replica
}

/** What each role is told of a room's log, and when: one redaction a role, and what may wait travels together. */
export class Telling {
  #isHere: (role: Role) => boolean
  #send: (role: Role, commit: Commit) => void
  #now: () => Ms
  /** Per role, what may wait and has not been sent: it travels in front of the next thing that may not. */
  #held = new Map<Role, Commit>()
  /** Drawn from the host's key to the light: what it would be too early to learn outside waits behind it. */
  #curtain: Curtain | null = null
  /** The room as it was before the commit that is being told. */
  #before: Replica

  constructor(
    before: Replica,
    now: () => Ms,
    isHere: (role: Role) => boolean,
    send: (role: Role, commit: Commit) => void,
  ) {
    this.#before = before
    this.#now = now
    this.#isHere = isHere
    this.#send = send
  }

  /** How much of the log was told, or is about to be. */
  get version(): number {
    return this.#before.version
  }

  /** What this role may see now, where that is less than all. */
  frontFor(role: Role): Replica | null {
    return outside.includes(role) ? (this.#curtain?.front ?? null) : null
  }

  tell(commit: Appended, state: RoomState): void {
    if (this.#curtain && !awaitsLight(state, this.#now())) this.#liftCurtain()
    if (this.#waitsForLight(commit.events, state)) this.#drawCurtain(state)
    for (const role of roles) {
      // Whoever comes in before the curtain hears with the others what waits behind it.
      if (this.#isHere(role) || this.frontFor(role)) this.#tellRole(role, commit)
      else this.#held.delete(role)
    }
    this.#before = { version: commit.from + commit.events.length, state }
  }

  /** Called several times a second: what could wait has waited long enough. */
  beat(): void {
    for (const [role, commit] of this.#held) {
      if (commit.items.every(isQuiet) || this.frontFor(role)) continue
      this.#held.delete(role)
      this.#send(role, commit)
    }
  }

  close(): void {
    clearTimeout(this.#curtain?.timer)
  }

  #tellRole(role: Role, { from, events }: Appended): void {
    const items = events.map((event) => redact(event, { role, seat: null }))
    const before = this.#held.get(role)
    const commit: Commit = { from: before?.from ?? from, items: joinQuiet([...(before?.items ?? []), ...items]) }
    if (items.every(mayWait)) return void this.#held.set(role, commit)
    this.#held.delete(role)
    if (this.#curtain && this.frontFor(role)) this.#curtain.commits.push({ role, commit })
    else this.#send(role, commit)
  }

  #waitsForLight(events: RoomEvent[], state: RoomState): boolean {
    if (isAnnounced(state.rules)) return false
    return events.some(({ type }) => type === 'buzzersOpened' || type === 'resumed') && awaitsLight(state, this.#now())
  }

  #drawCurtain({ turn }: RoomState): void {
    clearTimeout(this.#curtain?.timer)
    // A timer may ring early by the part of a millisecond that it was asked for.
    const timer = setTimeout(() => this.#liftCurtain(), Math.ceil((turn?.opensAt ?? 0) - this.#now()))
    const { commits, front } = this.#curtain ?? { commits: [], front: this.#before }
    this.#curtain = { commits, timer, front }
  }

  #liftCurtain(): void {
    clearTimeout(this.#curtain?.timer)
    const commits = this.#curtain?.commits ?? []
    this.#curtain = null
    for (const { role, commit } of commits) this.#send(role, commit)
  }
}

/** Neighbouring quiet runs become one. */
function joinQuiet(items: Item[]): Item[] {
  return items.reduce<Item[]>((joined, item) => {
    const last = joined.at(-1)
    if (last && isQuiet(last) && isQuiet(item)) joined[joined.length - 1] = { quiet: last.quiet + item.quiet }
    else joined.push(item)
    return joined
  }, [])
}

/** Newcomers, choices, votes and presses behind the first one are told some times a second, or with what comes before. */
const mayWait = (item: Item): boolean =>
  isQuiet(item) ||
  item.type === 'joined' ||
  item.type === 'chosen' ||
  item.type === 'voted' ||
  (item.type === 'buzzed' && item.settlesAt === null)
