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
export const roles: Role[] = ['host', 'cohost', 'screen', 'player']

interface Curtain {
  commits: Commit[]
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
  /** Drawn from the host's key to the light: what phones would learn from too early waits behind it. */
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

  /** What phones may see now, where that is less than all. */
  get front(): Replica | null {
    return this.#curtain?.front ?? null
  }

  tell(commit: Appended, state: RoomState): void {
    if (this.#curtain && !awaitsLight(state, this.#now())) this.#liftCurtain()
    if (this.#waitsForLight(commit.events, state)) this.#drawCurtain(state)
    for (const role of roles) {
      // A phone that comes in behind the curtain hears with the others what waits there.
      if (this.#isHere(role) || (role === 'player' && this.#curtain)) this.#tellRole(role, commit)
      else this.#held.delete(role)
    }
    this.#before = { version: commit.from + commit.events.length, state }
  }

  /** Called several times a second: what could wait has waited long enough. */
  beat(): void {
    for (const [role, commit] of this.#held) {
      if (commit.items.every(isQuiet) || (role === 'player' && this.#curtain)) continue
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
    if (role === 'player' && this.#curtain) this.#curtain.commits.push(commit)
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
    for (const commit of commits) this.#send('player', commit)
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

/** Newcomers and presses behind the first one are told some times a second, or with what comes before. */
const mayWait = (item: Item): boolean =>
  isQuiet(item) || item.type === 'joined' || (item.type === 'buzzed' && item.settlesAt === null)
