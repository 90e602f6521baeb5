import type { Verdict } from '@knopka/shared/contracts'
import type { Why } from '@knopka/shared/game'
import type { Saying } from '../lib/outbox.ts'

/** How a question is brought to its end: by the host's verdicts or, where everyone answers, by closing it. */
export type EndingName = Verdict | 'close'
export type CommonName = 'open' | 'jury' | 'skip' | 'reveal' | 'next' | 'practice' | 'undo' | 'pause' | 'standings'
export type ActionName = EndingName | CommonName | 'final'

/** One thing that a host can do with one key. */
export interface Action {
  name: ActionName
  /** `KeyboardEvent.code`s that do it: places on the keyboard, which no layout moves. */
  codes: string[]
  /** What a screen writes on the key cap. */
  cap: string
  /** What a press brings about, in a few words. */
  consequence: string
  why: Why
  /** `null` where the present state has nothing to say it to. */
  saying: Saying | null
}

export type Actions = Record<CommonName, Action> & Partial<Record<ActionName, Action>>

export const digit = (n: number): string[] => [`Digit${n}`, `Numpad${n}`]
