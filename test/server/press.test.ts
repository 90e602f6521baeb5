import { LinkMeter } from '@knopka/server/light/meter'
import type { Rules } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { scoredPress } from '../../server/src/light/press.ts'
import { asked, opened } from '../support/events.ts'
import { under } from '../support/given.ts'

const opensAt = 10_000

/** A phone with the server's own clock, 10 ms away, whose link was not known as the buzzers opened. */
function measured(): LinkMeter {
  const meter = new LinkMeter()
  for (let sentAt = opensAt - 1000; sentAt < opensAt; sentAt += 200) {
    meter.answered(meter.probe(sentAt).nonce, sentAt + 10, sentAt + 20)
  }
  return meter
}

function press(meter: LinkMeter, setting: Rules['setting'], pressedAt: number, cameAt: number) {
  const { state } = under({ setting }).given(asked(), opened({ opensAt }))
  const buzz = { type: 'buzz', commandId: 'buzz', turn: 1, pressedAt, frameWaitMs: 8.3 } as const
  return scoredPress(meter, buzz, cameAt, state, 'ann')
}

describe('a press over a link that was not known as the buzzers opened', () => {
  test('made before the light and come in after it, counts as made with it, by voice', () => {
    expect(press(measured(), 'call', opensAt - 15, opensAt + 5)).toMatchObject({ at: opensAt, scoreMs: 0 })
  })

  test('by light, counts as no quicker than any person, and beats nobody who is', () => {
    expect(press(measured(), 'screen', opensAt - 15, opensAt + 5)).toMatchObject({ at: opensAt, scoreMs: 100 })
    expect(press(measured(), 'screen', opensAt + 180, opensAt + 195).scoreMs).toBeCloseTo(180, -1)
  })

  test('nor is it any quicker where nothing at all was measured', () => {
    const unknown = () => new LinkMeter()
    expect(press(unknown(), 'screen', opensAt, opensAt + 30)).toMatchObject({ scoreMs: 100, cameMs: 30 })
    expect(press(unknown(), 'call', opensAt, opensAt + 30)).toMatchObject({ scoreMs: 30, cameMs: 30 })
  })

  test('come in before the light, is early', () => {
    for (const meter of [measured(), new LinkMeter()]) {
      expect(press(meter, 'screen', opensAt - 40, opensAt - 20).scoreMs).toBeLessThan(0)
    }
  })
})
