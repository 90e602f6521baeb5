import { parseArgs } from 'node:util'
import type { Setting } from './ours.ts'
import type { Scenario, Setup } from './scenario.ts'

export const help = `npm run bench -- [options]
  --only S1,S2               these scenarios alone
  --quick                    fewer rounds and sizes
  --rounds 5                 as often ours, raw ws and Socket.IO take turns
  --sizes 100,1000           other numbers of people than the scenarios' own
  --stores embedded,redis    where our server keeps its rooms
  --setting arrival          where the people of our rooms sit; usually a room
  --flags="--cpu-prof"       for the Node that our server runs in
  --json FILE                also writes the figures down
`

const settings: Setting[] = ['room', 'call', 'screen', 'friends', 'arrival']

export interface Options {
  only: string[]
  quick: boolean
  /** `null`: as many as each scenario wants. */
  rounds: number | null
  /** `null`: each scenario's own. */
  sizes: number[] | null
  stores: Setup['store'][]
  flags: string[]
  setting: Setting
  json: string | null
  help: boolean
}

/** @throws {Error} one sentence on what cannot be understood */
export function readOptions(args: string[], scenarios: readonly Scenario[]): Options {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean', default: false } as const
  const shape = {
    only: text,
    quick: yes,
    rounds: text,
    sizes: text,
    stores: text,
    flags: text,
    setting: text,
    json: text,
    help: yes,
  }
  const { only, rounds, sizes, stores, flags, setting, json, ...rest } = parseArgs({ args, options: shape }).values
  const ids = scenarios.map(({ id }) => id)
  return {
    ...rest,
    only: only === undefined ? ids : oneOf(listed(only), ids),
    rounds: rounds === undefined ? null : counted(rounds),
    sizes: sizes === undefined ? null : listed(sizes).map(counted),
    stores: oneOf(listed(stores ?? 'embedded,redis'), ['embedded', 'redis']),
    setting: oneOf([setting ?? 'room'], settings)[0] ?? 'room',
    flags: (flags ?? '').split(' ').filter(Boolean),
    json: json ?? null,
  }
}

const listed = (text: string): string[] => text.split(',').filter(Boolean)

function oneOf<Name extends string>(given: string[], known: readonly Name[]): Name[] {
  return given.map((name) => {
    const found = known.find((one) => one === name)
    if (found === undefined) throw new Error(`${name} is none of ${known.join(', ')}`)
    return found
  })
}

function counted(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new Error(`${text} is no count from 1 to 10000`)
  return number
}
