import { difference, gain, most, ofScore, right, wins, type Goal } from './goals.ts'
import type { Interval } from './intervals.ts'
import type { Result } from './lane.ts'
import { isLate, timerP99Of } from './rows.ts'

const wide = [20, Infinity] as const
const narrow = [5, 20] as const

/** What the table of the README says, from top to bottom. */
const goals: Goal[] = [
  right('gap from 20 ms, by light', 'light', wide, 98.5, 'light-arrival'),
  right('gap from 20 ms, by voice', 'voice', wide, 98.5, 'voice-arrival'),
  right('gap 5 to 20 ms, by light', 'light', narrow, 92, 'light-arrival'),
  right('gap 5 to 20 ms, by voice', 'voice', narrow, 80, 'voice-arrival'),
  right('30 players, gap from 20 ms, by light', 'crowd-light', wide, 97.5, 'crowd-light-arrival'),
  right('30 players, gap from 20 ms, by voice', 'crowd-voice', wide, 97, 'crowd-voice-arrival'),
  right('8 on bad links, gap from 20 ms, by light', 'bad-light', wide, 96.5, 'bad-light-arrival'),
  right('8 on bad links, gap from 20 ms, by voice', 'bad-voice', wide, 98, 'bad-voice-arrival'),
  ofScore('spread of win shares between links, by light', 'light', 'spread', 'points', 2.5, 'light-arrival'),
  ofScore('spread of win shares between links, by voice', 'voice', 'spread', 'points', 4.5, 'voice-arrival'),
  ofScore('first press at the server to the result, by light, p50', 'light', 'delayP50', 'ms', 160, 'light-arrival'),
  ofScore('first press at the server to the result, by light, p99', 'light', 'delayP99', 'ms', 270, 'light-arrival'),
  ofScore('first press at the server to the result, by voice, p50', 'voice', 'delayP50', 'ms', 160, 'voice-arrival'),
  ofScore('first press at the server to the result, by voice, p99', 'voice', 'delayP99', 'ms', 270, 'voice-arrival'),
  ofScore('what of it the rules waited, p99', 'light', 'waitedP99', 'ms', 250),
  ofScore('the same, 8 on Wi-Fi at home, p50', 'home-light', 'delayP50', 'ms', 95, 'home-light-arrival'),
  ofScore('the host’s key to the light, p50', 'light', 'leadP50', 'ms', 150),
  most('the host’s key to the light, longest', 'light', 'leadMax', 300),
  gain('stamps 50 ms early, by light', 'lie50', 'light', 2.5),
  gain('stamps 50 ms early, by voice', 'lie50-voice', 'voice', 2.5),
  gain('stamps as early as can be, by light', 'lieMost', 'light', 2.5),
  gain('stamps as early as can be, by voice', 'lieMost-voice', 'voice', 2.5),
  gain('shows the light early', 'earlyLight', 'light', 2),
  gain('stalls its script', 'scriptStall', 'light', 1),
  gain('all tricks of a script', 'scriptEverything', 'light', 5.5),
  gain('a network stack of its own, the kernel’s round trip known', 'stackInflate200-kernel', 'kernel-honest', 7.5),
  ofScore('someone never presses and mutes everything: the delay, p50', 'mute', 'delayP50', 'ms', 150),
  wins('someone presses all the time from before the light: rounds won', 'spam', 2),
  difference(
    'two servers against one: accuracy lost, gap from 20 ms',
    ['two-nodes', 'one-redis'],
    { key: 'rightGe20', sign: -1, unit: 'points' },
    0.3,
  ),
  difference(
    'two servers against one: delay added, p50',
    ['two-nodes', 'one-redis'],
    { key: 'delayP50', sign: 1, unit: 'ms' },
    5,
  ),
  gain('answers 200 ms late', 'scriptInflate', 'light', 2.5),
  gain('says answers and pongs again', 'replay', 'light', 2.5),
  gain('stamps that are no numbers', 'notANumber', 'light', 2.5),
  gain('negative stamps', 'negative', 'light', 2.5),
  gain('huge stamps', 'huge', 'light', 2.5),
  gain('presses twice', 'doublePress', 'light', 2.5),
  gain('presses for other rounds', 'otherRound', 'light', 2.5),
  gain('stamps 50 ms early and comes back anew after each round', 'reconnect', 'light', 2.5),
]

/** One line of the table, measured. */
export interface Held {
  what: string
  unit: Goal['unit']
  figure: number
  interval: Interval | null
  goal: number
  isLeast: boolean
  /** Whether the interval reaches the goal. */
  holds: boolean
  /** Whether timers made links of their own where it was played: then it says less, and whether it holds does too. */
  timersLate: boolean
  /** The figure of the order of arrival on the same seeds; `null` where it was not measured. */
  byArrival: number | null
}

/** All lines whose cells were played. */
export function heldOf(results: ReadonlyMap<string, Result>): Held[] {
  return goals.flatMap((goal) => {
    const played = goal.cells.flatMap((id) => results.get(id) ?? [])
    return played.length < goal.cells.length ? [] : held(goal, played, results.get(goal.arrival ?? ''))
  })
}

function held({ what, unit, goal, isLeast, measure }: Goal, results: Result[], arrival: Result | undefined): Held {
  const { figure, interval } = measure(...results)
  const [low, high] = interval ?? [figure, figure]
  const holds = isLeast ? high >= goal : low <= goal
  const timersLate = results.some((result) => isLate({ timerP99: timerP99Of(result) }))
  const byArrival = arrival ? measure(arrival).figure : null
  return { what, unit, figure, interval, goal, isLeast, holds, timersLate, byArrival }
}
