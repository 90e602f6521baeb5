import type { Press } from '../../../client/src/lib/buzzer.ts'
import { cheats, honest, type Habit } from '../simulation/cheats.ts'

/** A way to play on the real server: what a phone can do to time, and what it can say against the contract. */
export interface Role extends Habit {
  /** What is sent for one press, in order. */
  sends: (press: Press) => Press[]
  /** Says every answer and every pong twice, and old ones again. */
  replays: boolean
  /** Comes back anew after each round, so that little is known of its link. */
  reconnects: boolean
}

const plain = { sends: (press: Press) => [press], replays: false, reconnects: false }
const human: Role = { ...honest, ...plain }

/** Says what may not be said first; the honest press behind it is what counts if that is refused. */
const tries = (odd: (press: Press) => Partial<Press>): Role => ({
  ...human,
  sends: (press) => [{ ...press, ...odd(press) }, press],
})

const farMs = 1e15
const liesMs = 50

const lied = (press: Press): Press => ({ ...press, pressedAt: press.pressedAt - liesMs })

/** Cheats that need a real server to be refused by. */
const breaches = {
  replay: { ...human, ...cheats.lie50, replays: true },
  notANumber: tries(() => ({ pressedAt: NaN })),
  negative: tries(() => ({ pressedAt: -farMs })),
  huge: tries(() => ({ pressedAt: farMs })),
  doublePress: { ...human, sends: (press: Press) => [press, lied(press)] },
  otherRound: {
    ...human,
    sends: (press: Press) => [
      { ...press, turn: press.turn + 1 },
      { ...press, turn: Math.max(1, press.turn - 1) },
      press,
    ],
  },
  reconnect: { ...human, ...cheats.lie50, reconnects: true },
} satisfies Record<string, Role>

export type RoleName = 'human' | keyof typeof cheats | keyof typeof breaches

const shared = Object.entries(cheats).map(([name, habit]) => [name, { ...human, ...habit }] as const)

export const roles = { human, ...Object.fromEntries(shared), ...breaches } as Record<RoleName, Role>
