import type { Banks } from './banks.ts'
import type { Duty } from './duty.ts'
import type { Knocks } from './knocks.ts'
import type { Memory } from './memory.ts'
import type { Metrics } from './metrics.ts'
import type { Plans } from './plans.ts'
import type { Progress } from './progress.ts'
import type { Rooms } from './rooms.ts'
import type { Scorecards } from './scorecards.ts'
import type { Seats } from './seats.ts'
import type { StoreWatch } from './store-watch.ts'
import type { Store } from './store/store.ts'

/** What both doors of the server, http and socket, lead to. */
export interface House {
  banks: Banks
  rooms: Rooms
  memory: Memory
  plans: Plans
  scorecards: Scorecards
  progress: Progress
  seats: Seats
  knocks: Knocks
  store: Store
  storeWatch: StoreWatch
  metrics: Metrics
  duty: Duty
}
