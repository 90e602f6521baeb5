import { expect, test, vi } from 'vitest'
import { scoreCell } from '../bench/simulation/cells.ts'

// Over a million presses.
vi.setConfig({ testTimeout: 300_000 })

const seed = 'an evening of 20,000 rounds'
const crowd = { mix: 'mixed', seats: 30 } as const

test('of thirty players on mixed links the first is found by light', () => {
  expect(scoreCell({ ...crowd, setting: 'screen' }, seed).rightGe20).toBeGreaterThanOrEqual(97.5)
})

test('of thirty players on mixed links the first is found by voice', () => {
  expect(scoreCell({ ...crowd, setting: 'call' }, seed).rightGe20).toBeGreaterThanOrEqual(97)
})
