import type { Place } from './game.ts'

export type Metric = 'p50' | 'p99' | 'cpu' | 'joins' | 'memory'

/** What a figure is called, by its key in {@link Measured}. */
export interface Figure {
  what: string
  metric: Metric
  unit: string
}

/** How our server is run. */
export interface Setup {
  store: 'embedded' | 'redis'
  processes: 1 | 2
}

/** How long the product's frames are, in bytes. */
export interface Sizes {
  commitBytes: number
  welcomeBytes: number
}

export interface Measured {
  figures: Record<string, number>
  sizes: Sizes
  /** The share of the measured time in which the load was not waiting for anything, 0 to 1. */
  busy: number
}

export interface Scenario {
  id: string
  /** What stands under N. */
  counts: string
  setups: Setup[]
  sizes(quick: boolean): number[]
  rounds(quick: boolean): number
  figures: Record<string, Figure>
  /** These figures are also compared between two sizes, where both were played. */
  grows?: { from: number; to: number; figures: string[] }
  /** Servers are started so that SIGUSR2 makes them collect their garbage. */
  collects?: boolean
  /** The second setup is also compared with the first. */
  compares?: boolean
  /** In the load's own process. */
  measure(place: Place, n: number, quick: boolean): Promise<Measured>
}

export const embedded: Setup = { store: 'embedded', processes: 1 }
export const redis: Setup = { store: 'redis', processes: 1 }
export const twoOnRedis: Setup = { store: 'redis', processes: 2 }

export const nameOf = ({ store, processes }: Setup): string =>
  `${store === 'redis' ? 'Redis' : 'embedded'}${processes > 1 ? `, ${processes} processes` : ''}`
