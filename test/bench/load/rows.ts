import { median, medianRatio } from './figures.ts'
import { nameOf, type Measured, type Metric, type Scenario, type Setup } from './scenario.ts'

/** One line of the table. */
export interface Row {
  scenario: string
  n: number
  metric: Metric
  value: number
  unit: string
  /** How many times the floor's own figure; `null` where there is none to compare with. */
  ratioWs: number | null
  ratioStock: number | null
  /** The share of the time in which the load itself was not waiting, per server that it was put on. */
  busy: { ours: number; ws: number; stock: number }
}

/** All rounds of one scenario at one size, each round in the same order. */
export interface Rounds {
  scenario: Scenario
  n: number
  ours: { setup: Setup; rounds: Measured[] }[]
  ws: Measured[]
  stock: Measured[]
}

export function rowsOf(all: Rounds): Row[] {
  const rows = all.ours.flatMap(({ setup, rounds }) => rowsOfSetup(all, setup, rounds))
  return all.scenario.compares ? [...rows, ...rowsBetween(all)] : rows
}

function rowsOfSetup({ scenario, n, ws, stock }: Rounds, setup: Setup, rounds: Measured[]): Row[] {
  const busy = { ours: busyOf(rounds), ws: busyOf(ws), stock: busyOf(stock) }
  return Object.entries(scenario.figures).flatMap(([key, { what, metric, unit }]) => {
    const [values, wsValues, stockValues] = [rounds, ws, stock].map((rounds) => valuesOf(rounds, key))
    if (!values?.length) return []
    const ratio = (floor: number[] = []) => (floor.length > 0 ? medianRatio(values, floor) : null)
    const name = `${scenario.id} ${what} (${nameOf(setup)})`
    const ratios = { ratioWs: ratio(wsValues), ratioStock: ratio(stockValues) }
    return { scenario: name, n, metric, value: median(values), unit, ...ratios, busy }
  })
}

/** What a second process costs or brings, as the ratio of the second setup to the first. */
function rowsBetween({ scenario: { id, figures }, n, ours: [first, second] }: Rounds): Row[] {
  if (!first || !second) return []
  const between = `${nameOf(second.setup)} : ${nameOf(first.setup)}`
  return Object.entries(figures).map(([key, { what, metric }]) => ({
    ...ratioOnly(busyOf(second.rounds)),
    scenario: `${id} ${what} (${between})`,
    n,
    metric,
    value: medianRatio(valuesOf(second.rounds, key), valuesOf(first.rounds, key)),
  }))
}

/** What a crowd costs or brings, as the ratio of a large room to a small one; none where one was not played. */
export function rowsOfGrowth({ grows, id, figures }: Scenario, played: readonly Rounds[]): Row[] {
  const [small, large] = [grows?.from, grows?.to].map((size) => played.find(({ n }) => n === size))
  if (!grows || !small || !large) return []
  return large.ours.flatMap(({ setup, rounds }, index) => {
    const few = small.ours[index]?.rounds ?? []
    return Object.entries(figures)
      .filter(([key]) => grows.figures.includes(key))
      .map(([key, { what, metric }]) => ({
        ...ratioOnly(Math.max(busyOf(rounds), busyOf(few))),
        scenario: `${id} ${what} (${nameOf(setup)}, ${large.n} : ${small.n})`,
        n: large.n,
        metric,
        value: median(valuesOf(rounds, key)) / median(valuesOf(few, key)),
      }))
  })
}

/** Of a row that compares ours with ours. */
const ratioOnly = (busy: number): Pick<Row, 'unit' | 'ratioWs' | 'ratioStock' | 'busy'> => ({
  unit: 'x',
  ratioWs: null,
  ratioStock: null,
  busy: { ours: busy, ws: 0, stock: 0 },
})

const valuesOf = (rounds: readonly Measured[], key: string): number[] =>
  rounds.flatMap(({ figures }) => figures[key] ?? [])

const busyOf = (rounds: readonly Measured[]): number => median(rounds.map(({ busy }) => busy))
