import { leadFor, lightOnPhone, sendLightAt, type Truth } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import { seededRandom } from '@knopka/shared/random'
import { between } from './chance.ts'
import { honest, type Habit } from './cheats.ts'
import { decideRound } from './decision.ts'
import { mixes, type LinkClass, type Mix } from './links.ts'
import { Phone, probeAt } from './phone.ts'
import { truthOf, type Round } from './scorer.ts'
import { Seat } from './seat.ts'

export interface Evening {
  seed: string
  mix: Mix
  seats: number
  rounds: number
  truth: Truth
  /** Who cheats, and how; nobody if left out. */
  cheat?: { seat: number; habit: Habit }
  /** The server knows the shortest round trip of each kernel. */
  knowsKernel: boolean
}

const helloMs = 2000
const roundMostMs = 12_000
const pausesEveryMs = { hello: 200, idle: 1000, armed: 250, open: 200 }
const idleMs = 2000
const openMs = 1200

/** One room's rounds, decided by the rules of the product. */
export function playEvening(evening: Evening): Round[] {
  const { seed, rounds } = evening
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
    const played = playRound(players, opensBy, evening.truth, shares, tieBreakOf(secret))
    now = played.endsAt
    return played.round
  })
}

interface Player {
  phone: Phone
  seat: Seat
}

export function playersOf({ seed, mix, seats, rounds, cheat, knowsKernel }: Evening): Player[] {
  const kinds: LinkClass[] = mixes[mix]
  return Array.from({ length: seats }, (_, index) => {
    const kind = kinds[index % kinds.length] as LinkClass
    const habit = cheat?.seat === index ? cheat.habit : honest
    const phone = new Phone(kind, habit, `${seed} ${index}`, helloMs + rounds * roundMostMs)
    return { phone, seat: new Seat(knowsKernel ? phone.kernelRttMs : null) }
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
  truth: Truth,
  shares: readonly number[],
  tieBreak: (seat: number) => number,
): { round: Round; endsAt: Ms } {
  for (const { phone, seat } of players) {
    phone.send(now, (message, cameAt) => seat.hear(message, cameAt))
    seat.freeze(now)
  }
  const leadMs = leadFor(players.map(({ seat }) => seat.link))
  const opensAt = now + leadMs
  const reactions = players.map((player, index) => open(player, now, opensAt, truth, shares[index] as number))
  const endsAt = Math.max(opensAt + openMs, ...players.map(({ phone }) => phone.pressesUntil))
  for (const { phone, seat } of players) {
    phone.send(endsAt, (message, cameAt) => seat.hear(message, cameAt))
    phone.closes()
  }
  const decision = decideRound(
    players.map(({ seat }) => seat),
    opensAt,
    truth,
    tieBreak,
  )
  const classes = players.map(({ phone }) => phone.kind)
  const { winner = null, delayMs = NaN } = decision ?? {}
  return { round: { ...truthOf(reactions), winner, classes, delayMs, leadMs }, endsAt }
}

/** Pings go on while the light is on its way and while the buzzers are open. */
function open({ phone, seat }: Player, now: Ms, opensAt: Ms, truth: Truth, share: number): Ms | null {
  const { link } = seat
  const behind = probeAt(Math.max(now, sendLightAt(opensAt, link)))
  const lightAt = lightOnPhone(opensAt, link)
  const everyMs = pausesEveryMs.open
  let at = now + everyMs * share
  for (; at < behind.sentAt; at += everyMs) ping1(phone, seat, at)
  seat.lights(behind, lightAt)
  const reactsInMs = phone.hearLight({ lightAt, opensAt, truth }, behind)
  for (; at < opensAt + openMs; at += everyMs) ping1(phone, seat, at)
  return reactsInMs
}

/** A stand-in for the keyed hash of the round's secret and the player. */
function tieBreakOf(secret: number): (seat: number) => number {
  return (seat) => seededRandom(`${secret} ${seat}`)()
}
