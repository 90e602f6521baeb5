import { z } from 'zod'
import { linkKinds, mixes, type LinkClass, type Mix } from '../simulation/links.ts'
import { linksOf, type Cell, type Kind } from './cells.ts'
import type { BotPlan, RoomPlan } from './plan.ts'
import { roles, type RoleName } from './roles.ts'

const oneOf = <Name extends string>(names: Record<Name, unknown>) => z.enum(Object.keys(names) as [Name, ...Name[]])

const offset = z.number().min(0).max(5000).nullable()

/** One line of a scenario file: one room. */
const Line = z.strictObject({
  seed: z.string().min(1),
  mix: oneOf<Mix>(mixes),
  players: z.int().min(1).max(100),
  truth: z.enum(['light', 'voice']),
  rounds: z.int().min(1).max(200).default(10),
  rules: z.enum(['fair', 'arrival']).default('fair'),
  nodes: z.union([z.literal(1), z.literal(2)]).default(1),
  kernelRtt: z.boolean().default(false),
  bots: z
    .array(
      z.strictObject({
        link: oneOf<LinkClass>(linkKinds).optional(),
        ppm: z.number().min(-1000).max(1000).optional(),
        role: oneOf<RoleName>(roles).default('human'),
      }),
    )
    .default([]),
  press: z
    .union([z.literal('react'), z.strictObject({ abs: z.array(z.array(offset)).min(1).max(200) })])
    .default('react'),
})
type Line = z.infer<typeof Line>

/**
 * Reads a scenario, one room a line, as rows of rooms that are alike; where someone cheats, the row before it plays the
 * same seeds honestly.
 * @throws {Error} one sentence that names the line and what is wrong in it
 */
export function readScenario(text: string): Cell[] {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parsed(line, index + 1)]))
  if (lines.length === 0) throw new Error('The scenario has no line')
  const cells = new Map<string, Cell>()
  for (const line of lines) {
    const plan = planOf(line)
    const kind = kindOf(line, plan)
    const id = Object.values(kind).join(' ')
    if (kind.cheat) {
      const honest = { ...kind, cheat: null }
      const reference = `${id}, honestly`
      add(cells, { id: reference, ...honest, reference: null, rooms: [honestly(plan)] })
      add(cells, { id, ...kind, reference, rooms: [plan] })
    } else add(cells, { id, ...kind, reference: null, rooms: [plan] })
  }
  return [...cells.values()]
}

function parsed(line: string, number: number): Line {
  const found = Line.safeParse(jsonOf(line, number))
  if (!found.success) {
    const faults = found.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`)
    throw new Error(`Line ${number} cannot be played: ${faults.join('; ')}`)
  }
  const { bots, players, press } = found.data
  if (bots.length > players) throw new Error(`Line ${number} has more bots than players`)
  if (bots.filter(({ role }) => role !== 'human').length > 1) throw new Error(`Line ${number} has more than one cheat`)
  const isUneven = press !== 'react' && press.abs.some((round) => round.length !== players)
  if (isUneven) throw new Error(`Line ${number} has a round with more or fewer presses than players`)
  return found.data
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (fault) {
    throw new Error(`Line ${number} is not JSON`, { cause: fault })
  }
}

function planOf({ seed, mix, players, truth, rules, rounds, bots, press }: Line): RoomPlan {
  const seated = linksOf(mix, players).map((link, place): BotPlan => {
    const own = bots[place]
    return { link: own?.link ?? link, role: own?.role ?? 'human', ...(own?.ppm !== undefined && { ppm: own.ppm }) }
  })
  const plan = { seed, bots: seated, truth, rules }
  return press === 'react' ? { ...plan, rounds } : { ...plan, rounds: press.abs.length, presses: press.abs }
}

function kindOf({ mix, players, truth, rules, nodes, kernelRtt }: Line, { bots }: RoomPlan): Kind {
  const cheat = bots.map(({ role }) => role).find((role) => role !== 'human') ?? null
  return { mix, players, truth, rules, nodes, store: nodes === 2 ? 'redis' : 'embedded', kernelRtt, cheat }
}

const honestly = (plan: RoomPlan): RoomPlan => ({
  ...plan,
  bots: plan.bots.map((bot) => ({ ...bot, role: 'human' })),
})

function add(cells: Map<string, Cell>, cell: Cell): void {
  const known = cells.get(cell.id)
  if (known) known.rooms.push(...cell.rooms)
  else cells.set(cell.id, cell)
}
