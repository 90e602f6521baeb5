import type { Ms } from '@knopka/shared/ids'

/** A press as the person made it, on the phone's clock; `lightAt` is when the light was due there. */
export interface Press {
  pressedAt: Ms
  frameWaitMs: Ms
  lightAt: Ms
}

/** How a phone plays. The honest way is what the product's own client does. */
export interface Habit {
  /** What the phone says of a press. */
  says: (press: Press) => Press
  /** Lights on receipt, not when the light is due. */
  lightsEarly: boolean
  /** Holds its own script's answers back. */
  answersLateMs: Ms
  /** Holds control pongs back, which takes a network stack of one's own. */
  pongsLateMs: Ms
  /** The share of control pings that it answers at once all the same. */
  promptShare: number
  /** Holds all of its script's traffic for so long from the light on. */
  holdsMs: Ms
  /** Says nothing while the buzzers are open. */
  isMute: boolean
  /** Presses all the time, from well before the light on. */
  pressesEveryMs: Ms | null
  /** Presses so long after its light, whatever the person does. */
  reactsInMs: Ms | null
  /** The share of answers read so late that the way down looks long. */
  readsLate: { share: number; ms: Ms }
}

export const honest: Habit = {
  says: (press) => press,
  lightsEarly: false,
  answersLateMs: 0,
  pongsLateMs: 0,
  promptShare: 0,
  holdsMs: 0,
  isMute: false,
  pressesEveryMs: null,
  reactsInMs: null,
  readsLate: { share: 0, ms: 0 },
}

const lie =
  (ms: Ms) =>
  (press: Press): Press => ({ ...press, pressedAt: press.pressedAt - ms })

/** A tenth of a second after the light is the earliest that earns anything. */
const fastest = (press: Press): Press => ({ ...press, pressedAt: Math.min(press.pressedAt, press.lightAt + 100) })

/** Neither before nor after its time: a frame wait that nobody can check, and the server takes the mean instead. */
const unknownFrame = (press: Press): Press => ({ ...press, frameWaitMs: 31 })
const longestFrame = (press: Press): Press => ({ ...press, frameWaitMs: 17 })

const inflate = (ms: Ms): Habit => ({ ...honest, says: fastest, answersLateMs: ms, pongsLateMs: ms })

/** By what they take: a script in the page, or (the last ones) a network stack of one's own. */
export const cheats = {
  lie50: { ...honest, says: lie(50) },
  lieMost: { ...honest, says: fastest },
  earlyLight: { ...honest, lightsEarly: true, says: unknownFrame },
  scriptStall: { ...honest, holdsMs: 350, says: fastest },
  scriptInflate: { ...honest, answersLateMs: 200, says: fastest },
  scriptEverything: {
    ...honest,
    lightsEarly: true,
    answersLateMs: 200,
    says: (press: Press) => longestFrame(fastest(press)),
  },
  longWayDown: { ...honest, lightsEarly: true, says: unknownFrame, readsLate: { share: 0.9, ms: 150 } },
  mute: { ...honest, isMute: true, reactsInMs: Infinity },
  spam: { ...honest, pressesEveryMs: 80, reactsInMs: Infinity },
  bot110: { ...honest, reactsInMs: 110 },
  stackInflate60: inflate(60),
  stackInflate200: inflate(200),
  stackMostly: { ...inflate(200), promptShare: 0.05 },
  stackHalf: { ...inflate(200), promptShare: 0.5 },
} satisfies Record<string, Habit>

export type CheatName = keyof typeof cheats
