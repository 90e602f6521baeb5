import { LinkMeter } from '@knopka/server/light/meter'
import type { Link } from '@knopka/shared/fair'
import { describe, expect, test } from 'vitest'

const opening = '1/1'

/** A link whose every probe came back after so long, the last one at `now`. */
function measured(now: number, rttMs = 20, probes = 11): LinkMeter {
  const meter = new LinkMeter()
  for (let sentAt = now - rttMs - 200 * (probes - 1); sentAt <= now - rttMs; sentAt += 200) {
    const { nonce } = meter.probe(sentAt)
    meter.controlSent(nonce, sentAt)
    meter.controlAnswered(nonce, sentAt + rttMs)
    meter.answered(nonce, sentAt + rttMs / 2, sentAt + rttMs)
  }
  return meter
}

const stall = (meter: LinkMeter, now: number) => meter.evidence(opening, now).stallMs

describe('what proves that a link stalled', () => {
  test('a control ping that is on its way for long', () => {
    const meter = measured(10_000)
    meter.controlSent(meter.probe(10_000).nonce, 10_000)
    expect(stall(meter, 10_400)).toBe(400)
  })

  test('a control ping that was long on its way and is back just now, whatever the page said', () => {
    const meter = measured(10_000)
    const { nonce } = meter.probe(10_000)
    meter.controlSent(nonce, 10_000)
    meter.answered(nonce, 10_010, 10_020)
    meter.controlAnswered(nonce, 10_350)
    expect(stall(meter, 10_400)).toBe(350)
    expect(stall(meter, 10_351 + 300)).toBe(0)
  })

  test('not a probe whose ping never went out: by long polling there is none', () => {
    const meter = measured(10_000)
    for (let at = 10_000; at < 10_400; at += 200) meter.probe(at)
    expect(stall(meter, 10_400)).toBe(0)
  })

  test('not a page that holds back its own answer', () => {
    const meter = measured(10_000)
    const { nonce } = meter.probe(10_000)
    meter.controlSent(nonce, 10_000)
    meter.controlAnswered(nonce, 10_020)
    expect(stall(meter, 10_300)).toBe(20)
  })

  test('not a program that answers no control ping at all', () => {
    const meter = new LinkMeter()
    const { nonce } = meter.probe(0)
    meter.controlSent(nonce, 0)
    meter.answered(nonce, 10, 20)
    expect(stall(meter, 900)).toBe(0)
  })

  test('not the time for which a ping waited behind other messages', () => {
    const meter = measured(10_000)
    const { nonce } = meter.probe(10_000)
    meter.controlSent(nonce, 10_380)
    meter.controlAnswered(nonce, 10_400)
    expect(stall(meter, 10_400)).toBe(20)
  })
})

describe('a phone that shows itself farther than its kernel is', () => {
  const light = { turn: 1, at: 10_000 }

  /** Every answer and every control ping takes 220 ms, and the kernel knows of 20. */
  function inflated(): LinkMeter {
    const meter = measured(10_000, 220)
    meter.kernelMeasured(35)
    meter.kernelMeasured(20)
    meter.kernelMeasured(28)
    return meter
  }

  test('is taken for as near as its kernel, the least that it was ever found to be', () => {
    expect(inflated().link(10_000)).toMatchObject({ rttMinMs: 25, rttMedianMs: 25 })
    expect(measured(10_000, 220).link(10_000)).toMatchObject({ rttMinMs: 220 })
  })

  test('is marked, and no other', () => {
    expect(inflated().looksFarther(10_000)).toBe(true)
    expect(measured(10_000, 220).looksFarther(10_000)).toBe(false)
    const honest = measured(10_000, 40)
    honest.kernelMeasured(20)
    expect(honest.looksFarther(10_000)).toBe(false)
    const unmeasured = new LinkMeter()
    unmeasured.kernelMeasured(20)
    expect(unmeasured.looksFarther(10_000)).toBe(false)
  })

  test('is not marked before it was probed ten times: a busy machine may have held back the first ones', () => {
    const marks = [9, 10].map((probes) => {
      const meter = measured(10_000, 220, probes)
      meter.kernelMeasured(20)
      return meter.looksFarther(10_000)
    })
    expect(marks).toEqual([false, true])
  })

  test('proves no stall by what all of its pings take', () => {
    const meter = inflated()
    expect(stall(meter, 10_000)).toBe(25)
    meter.freeze(opening, 'light', 10_000)
    expect(stall(meter, 10_000)).toBe(25)
  })

  test('proves no late light by what all of its pings take', () => {
    const meter = inflated()
    meter.freeze(opening, 'light', light.at)
    const nonce = meter.lighted(opening, light.at, light.at)
    meter.controlSent(nonce, light.at)
    meter.lit(opening, light.at + 200, light.at + 220)
    meter.controlAnswered(nonce, light.at + 260)
    expect(meter.evidence(opening, light.at + 300).lateLightMs).toBe(40)
  })
})

describe.each([
  ['by one voice, which may read for minutes, is read anew', 'voice', 1],
  ['by the light stays as it timed the light', 'light', 0],
] as const)('the clock of a phone that drifts', (what, truth, driftMs) => {
  test(what, () => {
    const meter = measured(10_000)
    const { offsetMs, ...link } = meter.freeze(opening, truth, 10_000) as Link
    const { nonce } = meter.probe(70_001)
    meter.answered(nonce, 70_012, 70_021)
    const later = meter.linkFor(opening, 70_021) as Link
    expect(later).toMatchObject(link)
    expect(later.offsetMs - offsetMs).toBeCloseTo(driftMs, 6)
  })
})

test('an answer counts once, and only to a probe that was sent', () => {
  const meter = measured(10_000)
  const before = meter.measured
  const { nonce } = meter.probe(10_000)
  meter.answered(nonce, 10_010, 10_020)
  meter.answered(nonce, 11_010, 11_020)
  meter.answered(nonce + 1, 10_010, 10_020)
  meter.controlAnswered(nonce, 10_020)
  expect(meter.measured).toBe(before + 1)
  expect(meter.heard).toEqual({ phoneClock: 10_010, heardAt: 10_020 })
})

test('the round trip is the shorter one of page and control ping, whichever comes first', () => {
  for (const pageFirst of [true, false]) {
    const meter = new LinkMeter()
    const { nonce } = meter.probe(0)
    meter.controlSent(nonce, 0)
    const page = () => meter.answered(nonce, 10, 220)
    if (pageFirst) page()
    meter.controlAnswered(nonce, 30)
    if (!pageFirst) page()
    expect(meter.rttMs(300)).toBe(30)
  }
})

test('of many round trips within a minute the last 80 count', () => {
  const meter = measured(10_000)
  for (let sentAt = 10_000; sentAt < 10_000 + 80 * 100; sentAt += 100) {
    expect(meter.link(sentAt)?.rttMinMs).toBe(20)
    meter.answered(meter.probe(sentAt).nonce, sentAt + 25, sentAt + 50)
  }
  expect(meter.measured).toBe(80)
  expect(meter.link(18_000)?.rttMinMs).toBe(50)
})

test('what is older than a minute says nothing any more', () => {
  const meter = measured(10_000)
  expect(meter.link(10_000)).not.toBeNull()
  expect(meter.rttMs(70_001)).toBeNull()
  expect(meter.link(70_001)).toBeNull()
})
