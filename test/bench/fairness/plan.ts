import type { Truth } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import type { LinkClass } from '../simulation/links.ts'
import type { RoleName } from './roles.ts'

/** Who decides: the product's own rules, or whoever comes in first. */
export type Rules = 'fair' | 'arrival'

/** One phone and its person. */
export interface BotPlan {
  link: LinkClass
  role: RoleName
  /** How fast its clock runs, in parts per million; drawn from the seed if left out. */
  ppm?: number
}

/** One room's evening. The same seed gives the same links, clocks and people, whatever they do and whoever decides. */
export interface RoomPlan {
  seed: string
  bots: BotPlan[]
  truth: Truth
  rules: Rules
  rounds: number
  /**
   * How long after their own light (or after the voice) each presses, a list a round, `null`: not at all.
   * Left out, people react as people do.
   */
  presses?: (Ms | null)[][]
}

/** What one process plays, all at once. */
export interface Job {
  /** One a server: phones are spread over them, hosts are at the first. */
  ports: number[]
  rooms: RoomPlan[]
  /** The proxies tell the server the round trips of their links. */
  tellsKernelRtt: boolean
}
