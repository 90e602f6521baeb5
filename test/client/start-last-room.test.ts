import { describe, expect, test } from 'vitest'
import { lastRoomIn } from '../../client/src/start/last-room.ts'

describe('the way back into a room', () => {
  test('leads a player to the button, a host to the console, and whoever studies to their room', () => {
    expect(lastRoomIn('{"pin":"402817","role":"player"}')).toEqual({ pin: '402817', side: 'player', path: '/402817' })
    expect(lastRoomIn('{"pin":"402817","role":"host"}')).toEqual({ pin: '402817', side: 'host', path: '/host/402817' })
    const study = { pin: '402817', side: 'member', path: '/study/402817' }
    expect(lastRoomIn('{"pin":"402817","role":"member"}')).toEqual(study)
  })

  test.each([
    null,
    '',
    'null',
    '402817',
    '[]',
    '{"pin":"402817"',
    '{"pin":402817,"role":"player"}',
    '{"pin":"4028","role":"player"}',
    '{"pin":"402 817","role":"player"}',
    '{"pin":"../../x","role":"host"}',
    '{"pin":"402817","role":"screen"}',
    '{"pin":"402817"}',
  ])('is not offered where the device remembers %j', (kept) => {
    expect(lastRoomIn(kept)).toBeNull()
  })
})
