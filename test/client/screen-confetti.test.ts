import { expect, test } from 'vitest'
import { stripsOf } from '../../client/src/screen/confetti.ts'

/** The same draws again and again, from one end of chance to the other. */
function draws() {
  let drawn = 0
  return () => (drawn++ % 11) / 11
}

test('strips of film and ink alone begin all over the wall', () => {
  const strips = stripsOf(draws())
  expect(new Set(strips.map(({ paper }) => paper))).toEqual(new Set(['film', 'ink']))
  for (let tenth = 0; tenth < 10; tenth++)
    expect(strips.filter(({ from }) => Math.floor(from * 10) === tenth).length).toBeGreaterThan(3)
})

test('they come to an end: none falls longer than some seconds', () => {
  for (const { delayMs, fallMs } of stripsOf(draws())) {
    expect(delayMs).toBeGreaterThanOrEqual(0)
    expect(fallMs).toBeGreaterThan(1000)
    expect(delayMs + fallMs).toBeLessThan(7000)
  }
})
