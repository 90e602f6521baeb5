import { evolve, unopened } from './evolve.ts'
import { isQuiet, type Item } from './secrets.ts'
import type { RoomEvent } from './events.ts'
import type { RoomState } from './state.ts'

/** A copy of a room: the server's, a console's, a phone's. All fold alike. */
export interface Replica {
  /** How many events it has folded or passed over. */
  version: number
  state: RoomState
}

/** Events that were appended together, after the first `from` of the log. */
export interface Commit {
  from: number
  items: Item[]
}

export const blankReplica: Replica = { version: 0, state: unopened }

/** What is known already is passed over; a commit from beyond what is known is a gap, and nothing is folded. */
export function advance(replica: Replica, commit: Commit): Replica | 'gap' {
  if (commit.from > replica.version) return 'gap'
  return dropVersions(commit.items, replica.version - commit.from).reduce<Replica>(
    ({ version, state }, item) =>
      isQuiet(item) ? { version: version + item.quiet, state } : { version: version + 1, state: evolve(state, item) },
    replica,
  )
}

/** The events of a commit that a replica at `version` does not know yet, for sounds and animations. */
export function newsIn({ from, items }: Commit, version: number): RoomEvent[] {
  return dropVersions(items, version - from).filter((item): item is RoomEvent => !isQuiet(item))
}

function dropVersions(items: Item[], count: number): Item[] {
  const left: Item[] = []
  for (const item of items) {
    const length = isQuiet(item) ? item.quiet : 1
    if (count >= length) count -= length
    else {
      left.push(isQuiet(item) ? { quiet: length - count } : item)
      count = 0
    }
  }
  return left
}
