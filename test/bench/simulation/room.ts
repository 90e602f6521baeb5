import { leadFor, leadMostMs, lightOnPhone, presets, sendLightAt } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import { seededRandom } from '@knopka/shared/random'
import { between } from './chance.ts'
import { honest, type Habit } from './cheats.ts'
import { decideRound, type Decision, type Opening, type Setting } from './decision.ts'
import { mixes, type LinkClass, type Mix } from './links.ts'
import { Phone, probeAt } from './phone.ts'
import { truthOf, type Round } from './scorer.ts'
import { Seat } from './seat.ts'

export interface Evening {
  seed: string
  mix: Mix
  seats: number
  rounds: number
  setting: Setting
  /** The seats of a room are spread over so many. */
  nodes: number
  /** Who cheats, and how; nobody if left out. */
  cheat?: { seat: number; habit: Habit }
  /** The server knows the shortest round trip of each kernel. */
  knowsKernel: boolean
  /** Is told of every round that anyone won. */
  watch?: (decision: Decision, opening: Opening, tieBreak: TieBreak) => void
}

/** A number of each seat, secret until the decision; the least one wins a tie. */
type TieBreak = (seat: number) => number

const helloMs = 2000
const roundMostMs = 12_000
const pausesEveryMs = { hello: 200, idle: 1000, armed: 250, open: 200 }
const idleMs = 2000
const openMs = 1200
const hopMs = [1, 3] as const

/** One room's rounds, decided by the rules of the product. */
export function playEvening(evening: Evening): Round[] {
  const { seed, rounds, nodes } = evening
  const hops = seededRandom(`${seed} hops`)
  const hop = () => (nodes === 1 ? 0 : between(hops, hopMs))
  const host = seededRandom(`${seed} host`)
  const players = playersOf(evening)
  const shares = players.map(() => host())
  const ping = (from: Ms, to: Ms, everyMs: Ms) =>
    players.forEach(({ phone, seat }, index) => {
      for (let at = from + everyMs * (shares[index] as number); at < to; at += everyMs) ping1(phone, seat, at)
    })
  ping(0, helloMs, pausesEveryMs.hello)
  let now = helloMs
  return Array.from({ length: rounds }, () => {
    ping(now, now + idleMs, pausesEveryMs.idle)
    const asksAt = now + idleMs
    const opensBy = asksAt + between(host, [2000, 3500])
    ping(asksAt, opensBy, pausesEveryMs.armed)
    const secret = host()
    const played = playRound(players, opensBy, evening, shares, tieBreakOf(secret), [hop(), hop()])
    now = played.endsAt
    return played.round
  })
}

interface Player {
  phone: Phone
  seat: Seat
}

export function playersOf({ seed, mix, seats, rounds, cheat, knowsKernel, nodes }: Evening): Player[] {
  const kinds: LinkClass[] = mixes[mix]
  return Array.from({ length: seats }, (_, index) => {
    const kind = kinds[index % kinds.length] as LinkClass
    const habit = cheat?.seat === index ? cheat.habit : honest
    const phone = new Phone(kind, habit, `${seed} ${index}`, helloMs + rounds * roundMostMs)
    return { phone, seat: new Seat(knowsKernel ? phone.kernelRttMs : null, index % nodes) }
  })
}

function ping1(phone: Phone, seat: Seat, at: Ms) {
  const probe = probeAt(at)
  seat.probes(probe)
  phone.hearProbe(probe)
}

function playRound(
  players: readonly Player[],
  now: Ms,
  { setting, watch }: Evening,
  shares: readonly number[],
  tieBreak: TieBreak,
  hopsMs: Opening['hopsMs'],
): { round: Round; endsAt: Ms } {
  for (const { phone, seat } of players) {
    phone.send(now, (message, cameAt) => seat.hear(message, cameAt))
    seat.freeze(now)
  }
  const leadMs = presets[setting].announced ? leadMostMs : leadFor(players.map(({ seat }) => seat.link))
  const opensAt = now + leadMs
  const opening = { opensAt, setting, hopsMs }
  const reactions = players.map((player, index) => open(player, now, opening, shares[index] as number))
  const endsAt = Math.max(opensAt + openMs, ...players.map(({ phone }) => phone.pressesUntil))
  for (const { phone, seat } of players) {
    phone.send(endsAt, (message, cameAt) => seat.hear(message, cameAt))
    phone.closes()
  }
  const decision = decideRound(
    players.map(({ seat }) => seat),
    opening,
    tieBreak,
  )
  if (decision) watch?.(decision, opening, tieBreak)
  const classes = players.map(({ phone }) => phone.kind)
  const { winner = null, decidedAt = NaN, firstAt = NaN } = decision ?? {}
  const delayMs = decidedAt - firstAt
  return { round: { ...truthOf(reactions), winner, classes, delayMs, leadMs }, endsAt }
}

/** Pings go on while the light is on its way and while the buzzers are open. */
function open({ phone, seat }: Player, now: Ms, { opensAt, setting, hopsMs }: Opening, share: number): Ms | null {
  const { link, node, skewMs } = seat
  const { announced, truth } = presets[setting]
  const knownAt = now + (node > 0 ? hopsMs[0] : 0)
  const behind = probeAt(announced ? knownAt : Math.max(knownAt, sendLightAt(opensAt + skewMs, link)))
  const lightAt = lightOnPhone(opensAt + skewMs, link)
  const everyMs = pausesEveryMs.open
  let at = now + everyMs * share
  for (; at < behind.sentAt; at += everyMs) ping1(phone, seat, at)
  seat.lights(behind, lightAt)
  const reactsInMs = phone.hearLight({ lightAt, opensAt, truth }, behind)
  for (; at < opensAt + openMs; at += everyMs) ping1(phone, seat, at)
  return reactsInMs
}

/** A stand-in for the keyed hash of the round's secret and the player. */
function tieBreakOf(secret: number): TieBreak {
  return (seat) => seededRandom(`${secret} ${seat}`)()
}
