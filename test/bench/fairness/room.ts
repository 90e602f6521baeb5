import { setTimeout as sleep } from 'node:timers/promises'
import type { Ms } from '@knopka/shared/ids'
import { seededRandom, type Random } from '@knopka/shared/random'
import { openRoom, type Setting } from '../load/ours.ts'
import { between } from '../simulation/chance.ts'
import { drawHandset, kernelRtt } from '../simulation/handset.ts'
import { truthOf, type Round } from '../simulation/scorer.ts'
import { now, type Alarms } from './alarms.ts'
import { Bot } from './bot.ts'
import { openDelayProxy } from './delay-proxy.ts'
import { Host } from './host.ts'
import type { BotPlan, Job, RoomPlan } from './plan.ts'
import { roles } from './roles.ts'

/** Ten probes at a fifth of a second, as every link gets them at first. */
const helloMs = 2200
const readsMs = [800, 1500] as const
/** Rooms that began together are not to go on in step. */
const apartMs = 2500
const restMs = 100
/** No round takes longer: what a link can do in it is drawn up to then. */
const roundMostMs = 12_000
/** However bad a link is, it comes to an end by then; who says nothing any more would leave the room waiting. */
const patienceMs = 15_000
/** Nobody knew the answer. */
const silenceMs = 400

export interface Evening {
  plan: RoomPlan
  job: Job
  /** Tells the rooms of one server apart. */
  index: number
  alarms: Alarms
  /** Everyone is in, and known to the server. */
  ready: () => void
  /** A round is over. */
  played: () => void
}

interface Room {
  plan: RoomPlan
  host: Host
  bots: Bot[]
  chance: Random
}

/** Plays one room's evening on running servers. */
export async function playRoom({ plan, job, index, alarms, ready, played }: Evening): Promise<Round[]> {
  const address = `http://127.0.0.1:${job.ports[0]}`
  const opened = await openRoom(address, settingOf(plan), index)
  const chance = seededRandom(`${plan.seed} host`)
  await sleep(chance() * apartMs)
  const host = await Host.enter(address, opened)
  const seat = (bot: BotPlan, place: number) => seatBot(plan, bot, place, opened.pin, job, alarms)
  const bots = await Promise.all(plan.bots.map(seat))
  await sleep(helloMs)
  ready()
  const rounds: Round[] = []
  while (rounds.length < plan.rounds) {
    rounds.push(await playRound({ plan, host, bots, chance }, rounds.length))
    played()
  }
  for (const one of [host, ...bots]) one.leave()
  return rounds
}

function settingOf({ truth, rules }: RoomPlan): Setting {
  if (rules === 'arrival') return 'arrival'
  return truth === 'light' ? 'screen' : 'call'
}

async function seatBot(
  { seed, rounds }: RoomPlan,
  { link, role, ppm }: BotPlan,
  place: number,
  pin: string,
  { ports, tellsKernelRtt }: Job,
  alarms: Alarms,
): Promise<Bot> {
  const epoch = now()
  const handset = drawHandset(link, `${seed} ${place}`, helloMs + rounds * roundMostMs)
  if (ppm !== undefined) handset.clock.drift = ppm / 1e6
  const { ways } = handset
  const kernelRttMs = tellsKernelRtt ? kernelRtt(ways) : null
  const proxy = await openDelayProxy({ port: ports[place % ports.length] ?? 0, ways, epoch, kernelRttMs, alarms })
  const bot = new Bot({ pin, name: `Bot ${place + 1}`, handset, role: roles[role], proxy, epoch, alarms })
  await bot.enter()
  return bot
}

async function playRound({ plan, host, bots, chance }: Room, index: number): Promise<Round> {
  await host.ask()
  const parts = bots.map((bot, place) => bot.play(host.turn, plan.truth, plan.presses?.[index]?.[place]))
  await sleep(between(chance, readsMs))
  const keyAt = now()
  const opensAt = await host.open()
  bots.forEach((bot) => bot.hearVoice(opensAt))
  const reactions = await soon(Promise.all(parts), `A phone of room ${plan.seed} fell silent in round ${index + 1}`)
  const decided = await soon(decision(host, bots, opensAt, reactions), `Nobody got the floor in room ${plan.seed}`)
  await sleep(restMs)
  await host.skip()
  await Promise.all(bots.map((bot) => bot.rest()))
  const classes = plan.bots.map(({ link }) => link)
  const refused = bots.reduce((sum, bot) => sum + bot.refused, 0)
  return { ...truthOf(reactions), ...decided, classes, refused, leadMs: opensAt - keyAt }
}

/** From the first press that counts, as it came to the server, to the word of who has the floor. */
async function decision(
  host: Host,
  bots: readonly Bot[],
  opensAt: Ms,
  reactions: readonly (Ms | null)[],
): Promise<Pick<Round, 'winner' | 'delayMs' | 'waitedMs'>> {
  if (reactions.every((ms) => ms === null) && host.buzzed.length === 0) {
    await sleep(Math.max(0, opensAt + silenceMs - now()))
    return { winner: null, delayMs: NaN }
  }
  const { event, at } = await host.first('floorGiven')
  const first = host.buzzed[0]
  const sender = bots.find(({ seat }) => seat === first?.event.seat)
  const cameAt = sender?.released.filter((released) => released <= (first?.at ?? 0)).at(-1) ?? NaN
  const winner = bots.findIndex(({ seat }) => seat === event.seat)
  return { winner, delayMs: at - cameAt, waitedMs: event.at - (first?.event.at ?? NaN) }
}

/** @throws {Error} when it takes longer than anything may */
async function soon<Value>(promise: Promise<Value>, otherwise: string): Promise<Value> {
  const late = new AbortController()
  const missing = sleep(patienceMs, null, { signal: late.signal }).then(() => Promise.reject(new Error(otherwise)))
  missing.catch(() => {})
  try {
    return await Promise.race([promise, missing])
  } finally {
    late.abort()
  }
}
