import { parseArgs } from 'node:util'
import { mixes, type Mix } from '../simulation/links.ts'
import { cellIds, type Kind } from './cells.ts'
import { roles, type RoleName } from './roles.ts'

export const help = `npm run bench:fairness -- [options]
  --only C1,C2          these cells of the table alone, and what they are compared with:
                        ${cellIds.join(', ')}
  --mix M --players N   one cell of your own: ${Object.keys(mixes).join(', ')}
    --truth voice       everyone hears one voice; usually each has a light of their own
    --cheat NAME        one seat of each room plays so, and honestly on the same seeds:
                        ${Object.keys(roles)
                          .filter((name) => name !== 'human')
                          .join(', ')}
    --rules arrival     whoever comes in first is first
    --nodes 2           the phones of a room are spread over two servers
    --kernel-rtt        the server is told the round trips of the links
  --scenario FILE       rooms of your own, one a line; test/bench/fairness/README.md tells of the format
  --rounds 2000         of each cell
  --quick               400 rounds of each cell
  --seed S              other links, clocks and people
  --lanes 2             so many servers play at once, each with people of its own; found out if left out
  --links 200           so many phones at once are put on each of them
  --json FILE           also writes the figures down, after each cell
`

export interface Options {
  only: string[]
  /** A cell of one's own in place of the table's. */
  own: Partial<Kind> | null
  scenario: string | null
  rounds: number
  seed: string
  /** `null`: as many as the machine turns out to bear. */
  lanes: number | null
  links: number
  json: string | null
  help: boolean
}

const text = { type: 'string' } as const
const yes = { type: 'boolean', default: false } as const
const ownShape = { mix: text, players: text, truth: text, cheat: text, rules: text, nodes: text, 'kernel-rtt': yes }
const shape = {
  ...ownShape,
  only: text,
  scenario: text,
  rounds: text,
  quick: yes,
  seed: text,
  lanes: text,
  links: text,
  json: text,
  help: yes,
}

const quickRounds = 400
const fullRounds = 2000

/** @throws {Error} one sentence on what cannot be understood */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({ args, options: shape })
  const { only, scenario, rounds, quick, seed, lanes, links, json, help } = values
  const isOwn = values.mix !== undefined || values.players !== undefined
  const kinds = [isOwn && '--mix', only !== undefined && '--only', scenario !== undefined && '--scenario']
  const asked = kinds.filter((kind) => kind !== false)
  if (asked.length > 1) throw new Error(`${asked.join(' and ')} cannot be asked for together`)
  if (!isOwn) expectNone(values)
  return {
    only: only === undefined ? cellIds : only.split(',').map((id) => oneOf(id, cellIds)),
    own: isOwn ? ownKind(values) : null,
    scenario: scenario ?? null,
    rounds: rounds === undefined ? (quick ? quickRounds : fullRounds) : counted(rounds, 10_000),
    seed: seed ?? 'fair',
    lanes: lanes === undefined ? null : counted(lanes, 16),
    links: links === undefined ? 200 : counted(links, 2000),
    json: json ?? null,
    help,
  }
}

type Values = Partial<Record<Exclude<keyof typeof ownShape, 'kernel-rtt'>, string>> & { 'kernel-rtt': boolean }

function ownKind({ mix, players, truth, cheat, rules, nodes, ...rest }: Values): Partial<Kind> {
  const own: Partial<Kind> = {
    mix: oneOf(mix ?? 'mixed', Object.keys(mixes) as Mix[]),
    players: players === undefined ? 4 : counted(players, 100),
    truth: oneOf(truth ?? 'light', ['light', 'voice']),
    rules: oneOf(rules ?? 'fair', ['fair', 'arrival']),
    kernelRtt: rest['kernel-rtt'],
  }
  if (cheat !== undefined) own.cheat = oneOf(cheat, Object.keys(roles).filter(isCheat))
  if (nodes !== undefined) Object.assign(own, { nodes: counted(nodes, 2), store: 'redis' })
  return own
}

const isCheat = (name: string): name is Exclude<RoleName, 'human'> => name !== 'human'

function expectNone(values: Partial<Record<string, unknown>>): void {
  const lost = Object.keys(ownShape).find((name) => values[name] !== undefined && values[name] !== false)
  if (lost !== undefined) throw new Error(`--${lost} belongs to a cell of your own: add --mix`)
}

function oneOf<Name extends string>(given: string, known: readonly Name[]): Name {
  const found = known.find((one) => one === given)
  if (found === undefined) throw new Error(`${given} is none of ${known.join(', ')}`)
  return found
}

function counted(text: string, most: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > most) throw new Error(`${text} is no count from 1 to ${most}`)
  return number
}
