import type { Press } from '@knopka/shared/game'
import { expect, test, vi } from 'vitest'
import { cameTooLate } from '../../client/src/host/order.ts'

// Node 20 has no navigator to ask for the language.
vi.stubGlobal('navigator', { languages: ['ru-RU'] })
const { signedGap } = await import('../../client/src/lib/text/form.ts')

/** With usual spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

const press = (seat: string, scoreMs: number, called: number | null = null): Press => ({
  seat,
  number: 1,
  name: seat,
  hidden: false,
  opening: 1,
  arrival: 0,
  scoreMs,
  certaintyMs: 5,
  cameMs: scoreMs,
  overruledMs: 0,
  called,
})

test('only a press that would have been first came after the decision', () => {
  const presses = [press('ann', 500, 0), press('bob', 300), press('cat', 499), press('dan', 700)]
  expect(presses.map((one) => cameTooLate(one, presses))).toEqual([false, true, false, false])
})

test('how much earlier a press was is written with its sign', () => {
  expect([38.2, 0, -0.4, -200].map(signedGap).map(plain)).toEqual(['+38 мс', '+0 мс', '+0 мс', '−200 мс'])
})
