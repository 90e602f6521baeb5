import fc from 'fast-check'
import { decide, evolve, isRefusal, unopened, type Command, type RoomEvent, type RoomState } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import { deepFreeze } from './freeze.ts'

/** A room as it may have gone: every log here came out of `decide`. */
export interface Played {
  events: RoomEvent[]
  decided: { command: Command; count: number }[]
  /** The room after so many events. Frozen. */
  states: RoomState[]
  now: Ms
}

/** In which nothing has happened yet. A law that fails prints the commands of the shortest room that breaks it. */
export function unplayed(): Played {
  const played: Played = { events: [], decided: [], states: [unopened], now: Date.UTC(2026, 0, 9, 10) }
  return Object.assign(played, {
    [fc.toStringMethod]: () => played.decided.map(({ command }) => `\n  ${JSON.stringify(command)}`).join(''),
  })
}

export const stateOf = ({ states }: Played): RoomState => states.at(-1) as RoomState

export function submit(played: Played, command: Command): void {
  const decision = decide(stateOf(played), deepFreeze(command), played.now)
  if (isRefusal(decision) || decision.length === 0) return
  played.decided.push({ command, count: decision.length })
  for (const event of deepFreeze(decision)) {
    played.states.push(deepFreeze(evolve(stateOf(played), event)))
    played.events.push(event)
  }
}
