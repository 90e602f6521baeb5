import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leadFor, lightOnPhone, sendLightAt } from '@knopka/shared/fair'
import { links, span } from './exchanges.ts'

const anywhere = fc.tuple(links, span(-100, 2000)).map(([link, downlinkMs]) => ({ ...link, downlinkMs }))
const rooms = fc.array(anywhere, { maxLength: 30 })

test('the light comes 20 to 300 ms after the key, whoever is in the room', () => {
  fc.assert(
    fc.property(rooms, (links) => {
      expect(leadFor(links)).toBeGreaterThanOrEqual(20)
      expect(leadFor(links)).toBeLessThanOrEqual(300)
    }),
  )
})

test('nobody in the room, or all beside the server: 20 ms; beyond the moon: 300 ms', () => {
  expect(leadFor([])).toBe(20)
  expect(leadFor([{ downlinkMs: 1 }])).toBe(20)
  expect(leadFor([{ downlinkMs: 1 }, { downlinkMs: 120 }])).toBe(123)
  expect(leadFor([{ downlinkMs: 1280 }])).toBe(300)
})

test('there is time to send it to everyone, but for those beyond 300 ms', () => {
  fc.assert(
    fc.property(rooms, span(0, 1e9), (links, now) => {
      const opensAt = now + leadFor(links)
      for (const link of links.filter(({ downlinkMs }) => downlinkMs + 3 <= 300)) {
        expect(sendLightAt(opensAt, link)).toBeGreaterThanOrEqual(now - 1e-6)
      }
    }),
  )
})

test('a phone hears of it no sooner than its way down takes, and 3 ms', () => {
  fc.assert(
    fc.property(anywhere, span(0, 1e9), (link, opensAt) => {
      expect(opensAt - sendLightAt(opensAt, link)).toBeCloseTo(link.downlinkMs + 3, 5)
    }),
  )
})

test('it is one instant, on every clock', () => {
  fc.assert(
    fc.property(anywhere, span(0, 1e9), (link, opensAt) => {
      expect(lightOnPhone(opensAt, link) - link.offsetMs).toBeCloseTo(opensAt, 5)
    }),
  )
})
