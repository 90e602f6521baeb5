import type { Light, Lit, Probe } from '@knopka/shared/contracts'
import { expect, test } from 'vitest'
import { Buzzer, type Device } from '../../client/src/lib/buzzer.ts'
import type { Link } from '../../client/src/lib/link.ts'

/** A phone whose time stands still until a frame comes, and what it hears and says. */
function phone() {
  const hears: Record<string, (...message: never[]) => void> = {}
  const said: Lit[] = []
  const shown: Light[] = []
  const frames: ((at: number) => void)[] = []
  let clock = 1000
  const link = {
    on: (name: string, hear: (...message: never[]) => void) => (hears[name] = hear),
    volatile: { emit: (_name: 'lit', lit: Lit) => said.push(lit) },
  } as unknown as Link
  const device: Device = { now: () => clock++, nextFrame: (show) => frames.push(show) }
  const buzzer = new Buzzer(link, device, { probe: () => clock++, light: (light) => shown.push(light) })
  const hear = (name: string, ...message: unknown[]) => (hears[name] as (...message: unknown[]) => void)(...message)
  const frame = (at: number) => {
    clock = at
    frames.splice(0).forEach((show) => show(at))
  }
  return { buzzer, hear, frame, said, shown }
}

const light: Light = { turn: 3, opening: 1, at: 1050 }

test('a probe is answered with the clock as it was before anything else was done', () => {
  const { hear } = phone()
  const answers: number[] = []
  hear('probe', { nonce: 1, now: 5, rttMs: null } satisfies Probe, (clock: number) => answers.push(clock))
  expect(answers).toEqual([1000])
})

test('a light is told of as it comes, and shown in the first frame from its instant on', () => {
  const { hear, frame, said, shown } = phone()
  hear('light', light)
  expect(said).toEqual([{ turn: 3, opening: 1, phoneClock: 1000 }])
  frame(1040)
  expect(shown).toEqual([])
  frame(1056)
  expect(shown).toEqual([light])
})

test('a press tells the browser’s own time, and how long the frame was in coming', () => {
  const { buzzer, hear, frame } = phone()
  hear('light', light)
  frame(1056)
  expect(buzzer.press(3, 1050)).toEqual({ type: 'buzz', turn: 3, pressedAt: 1050, frameWaitMs: 6 })
})

test('a choice tells the browser’s own time too', () => {
  const { buzzer } = phone()
  expect(buzzer.choose(3, [2, 0], 990)).toEqual({ type: 'choose', turn: 3, options: [2, 0], pressedAt: 990 })
})

test('a time stamp of another clock counts for nothing', () => {
  const { buzzer } = phone()
  const told = [buzzer.press(1, 400), buzzer.press(1, 1e12), buzzer.choose(1, [0], 400), buzzer.choose(1, [0], 1e12)]
  expect(told.map((press) => press.pressedAt)).toEqual([1000, 1001, 1002, 1003])
})
