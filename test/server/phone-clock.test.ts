import { expect, test } from 'vitest'
import { enact, openNext, serve } from './scene.ts'

/** Beside it the server's own time is too small to change a digit. */
const beyondAllCounting = 1e308

test('a phone whose clock shows no time that a clock can show is not measured by it', async () => {
  const { host, player } = await enact(await serve())
  const ann = await player('Аня', undefined, { clock: () => beyondAllCounting })
  const bob = await player('Борис')
  await ann.until(({ probes }) => probes.length > 12)
  await host.until(({ presence }) => typeof presence[bob.seat]?.rttMs === 'number')
  expect(host.presence[ann.seat]).toEqual({ rttMs: null })
})

test('and it gets no light that it could be sent before all others', async () => {
  const { host, player } = await enact(await serve())
  const ann = await player('Аня', undefined, { clock: () => beyondAllCounting })
  const bob = await player('Борис')
  await Promise.all([ann, bob].map((guest) => guest.until(({ probes }) => probes.length > 12)))
  const turn = await openNext(host)
  await bob.until(({ lights }) => lights.length > 0)
  await ann.until(({ state }) => state.turn?.turn === turn && state.turn.openings > 0)
  expect(ann.lights).toEqual([])
})
