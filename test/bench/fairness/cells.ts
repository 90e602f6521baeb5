import type { Truth } from '@knopka/shared/fair'
import { mixes, type LinkClass, type Mix } from '../simulation/links.ts'
import type { RoomPlan, Rules } from './plan.ts'
import type { RoleName } from './roles.ts'

/** What all rooms of one row have in common. */
export interface Kind {
  mix: Mix
  players: number
  truth: Truth
  rules: Rules
  nodes: 1 | 2
  store: 'embedded' | 'redis'
  /** The server is told the round trips that kernels measured. */
  kernelRtt: boolean
  /** How one seat of each room plays. */
  cheat: Exclude<RoleName, 'human'> | null
}

/** One row's worth of rooms. */
export interface Cell extends Kind {
  id: string
  /** The cell that plays the same seeds without what this one tries. */
  reference: string | null
  rooms: RoomPlan[]
}

const mixed: Kind = {
  mix: 'mixed',
  players: 4,
  truth: 'light',
  rules: 'fair',
  nodes: 1,
  store: 'embedded',
  kernelRtt: false,
  cheat: null,
}

interface Wish extends Partial<Kind> {
  reference?: string
  /** How much of a whole cell is played; 1 if left out. */
  share?: number
}

const byArrival = (more: Wish): Wish => ({ rules: 'arrival', ...more })
const cheating = (cheat: Kind['cheat'], more: Wish = {}): Wish => ({ reference: 'light', cheat, ...more })
/** Tricks that are to be refused, or to gain no more than a lie: a few rounds tell. */
const trick = (cheat: Kind['cheat'], more: Wish = {}): Wish => cheating(cheat, { share: 0.4, ...more })

/** What the table of the README is made of. */
const wishes = {
  light: {},
  voice: { truth: 'voice' },
  'light-arrival': byArrival({ reference: 'light' }),
  'voice-arrival': byArrival({ truth: 'voice', reference: 'voice' }),
  'home-light': { mix: 'home', players: 8 },
  'home-light-arrival': byArrival({ mix: 'home', players: 8, reference: 'home-light' }),
  'bad-light': { mix: 'bad', players: 8 },
  'bad-voice': { mix: 'bad', players: 8, truth: 'voice' },
  'bad-light-arrival': byArrival({ mix: 'bad', players: 8, reference: 'bad-light' }),
  'bad-voice-arrival': byArrival({ mix: 'bad', players: 8, truth: 'voice', reference: 'bad-voice' }),
  lie50: cheating('lie50'),
  lieMost: cheating('lieMost'),
  'lie50-voice': cheating('lie50', { truth: 'voice', reference: 'voice' }),
  'lieMost-voice': cheating('lieMost', { truth: 'voice', reference: 'voice' }),
  earlyLight: cheating('earlyLight'),
  scriptStall: cheating('scriptStall'),
  scriptEverything: cheating('scriptEverything'),
  'kernel-honest': { kernelRtt: true },
  'stackInflate200-kernel': cheating('stackInflate200', { kernelRtt: true, reference: 'kernel-honest' }),
  mute: cheating('mute'),
  spam: cheating('spam'),
  'one-redis': { store: 'redis' },
  'two-nodes': { store: 'redis', nodes: 2, reference: 'one-redis' },
  'crowd-light': { players: 30 },
  'crowd-voice': { players: 30, truth: 'voice' },
  'crowd-light-arrival': byArrival({ players: 30, reference: 'crowd-light' }),
  'crowd-voice-arrival': byArrival({ players: 30, truth: 'voice', reference: 'crowd-voice' }),
  stackInflate200: trick('stackInflate200'),
  scriptInflate: trick('scriptInflate'),
  replay: trick('replay'),
  notANumber: trick('notANumber'),
  negative: trick('negative'),
  huge: trick('huge'),
  doublePress: trick('doublePress'),
  otherRound: trick('otherRound'),
  reconnect: trick('reconnect'),
} satisfies Record<string, Wish>

export type CellId = keyof typeof wishes
export const cellIds = Object.keys(wishes) as CellId[]

export interface Size {
  seed: string
  /** Of a whole cell. */
  rounds: number
}

/** The cells of these names, and those that they are compared with, in the order of the table. */
export function builtInCells(only: readonly string[], size: Size): Cell[] {
  const wanted = new Set(only.flatMap((id) => [id, (wishes[id as CellId] as Wish).reference ?? id]))
  return cellIds.filter((id) => wanted.has(id)).map((id) => cellOf(id, wishes[id], size))
}

/** One cell of anyone's own choice; where someone cheats, the same seeds are also played honestly. */
export function ownCells(kind: Partial<Kind>, size: Size): Cell[] {
  const honest = cellOf('honest', { ...kind, cheat: null }, size)
  return kind.cheat ? [honest, cellOf(kind.cheat, { ...kind, reference: 'honest' }, size)] : [honest]
}

/** As many rooms as an evening of the usual length needs, or more for few rounds: those are to be over soon. */
const mostRooms = 50
const leastPerRoom = 10

function cellOf(id: string, { reference = undefined, share = 1, ...wish }: Wish, { seed, rounds }: Size): Cell {
  const kind: Kind = { ...mixed, ...wish }
  const count = Math.min(mostRooms, Math.ceil(rounds / leastPerRoom))
  const perRoom = Math.ceil((rounds * share) / count)
  const rooms = Array.from({ length: count }, (_, room) => roomOf(kind, `${seed} ${room}`, room, perRoom))
  return { id, ...kind, reference: reference ?? null, rooms }
}

/** Each seat in turn is the one that cheats. */
function roomOf({ mix, players, truth, rules, cheat }: Kind, seed: string, room: number, rounds: number): RoomPlan {
  const bots = linksOf(mix, players).map((link, place) => ({
    link,
    role: cheat && place === room % players ? cheat : ('human' as const),
  }))
  return { seed, bots, truth, rules, rounds }
}

/** The classes of a mix take turns. */
export function linksOf(mix: Mix, players: number): LinkClass[] {
  const kinds: LinkClass[] = mixes[mix]
  return Array.from({ length: players }, (_, place) => kinds[place % kinds.length] as LinkClass)
}

/** Whose seat plays otherwise than people do. */
export const cheatSeat = ({ bots }: RoomPlan): number => bots.findIndex(({ role }) => role !== 'human')
