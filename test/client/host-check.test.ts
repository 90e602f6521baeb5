import type { LinkQuality } from '@knopka/shared/contracts'
import { describe, expect, test } from 'vitest'
import { checkOf } from '../../client/src/host/check.ts'
import { removed } from '../support/events.ts'
import { given, noRoom } from '../support/given.ts'

const good: LinkQuality = { rttMs: 24, errorMs: 4 }
const sounding = { here: 1, sounding: 1 }
/** Ann, Bob and Cat. */
const { state } = given()
const all = { ann: good, bob: good, cat: good }

const names = (people: { name: string }[]) => people.map(({ name }) => name)

describe('the check before the start', () => {
  test('is fine with a screen that can be heard, good links and clocks that are read', () => {
    expect(checkOf(state, all, sounding)).toMatchObject({ isFine: true, screen: 'sounding', players: 3, errorMs: 4 })
  })

  test('misses the screen, and its sound; one of several that can be heard will do', () => {
    expect(checkOf(state, all, { here: 0, sounding: 0 })).toMatchObject({ isFine: false, screen: 'none' })
    expect(checkOf(state, all, { here: 2, sounding: 0 })).toMatchObject({ isFine: false, screen: 'silent' })
    expect(checkOf(state, all, { here: 2, sounding: 1 })).toMatchObject({ isFine: true, screen: 'sounding' })
  })

  test('names whose link is slow, and takes 300 ms for none', () => {
    const check = checkOf(state, { ...all, bob: { ...good, rttMs: 301 }, cat: { ...good, rttMs: 300 } }, sounding)
    expect([names(check.slow), check.isFine]).toEqual([['Bob'], false])
  })

  test('names who is away, and asks nothing else of them', () => {
    const check = checkOf(state, { ann: good, cat: good }, sounding)
    expect([names(check.away), check.isFine]).toEqual([['Bob'], false])
    expect([...check.slow, ...check.unread, ...check.rough]).toEqual([])
  })

  test('tells a clock that is not read yet from one that is read badly', () => {
    const check = checkOf(
      state,
      { ann: { rttMs: 24 }, bob: { ...good, errorMs: 51 }, cat: { ...good, errorMs: 50 } },
      sounding,
    )
    expect([names(check.unread), names(check.rough)]).toEqual([['Ann'], ['Bob']])
    expect(check).toMatchObject({ errorMs: 51, isFine: false })
  })

  test('waits for the first phone', () => {
    const { state } = noRoom()
    expect(checkOf(state, {}, sounding)).toMatchObject({ players: 0, errorMs: null, isFine: false })
  })

  test('passes over whoever was removed', () => {
    const { ann, cat } = all
    expect(checkOf(given(removed('bob')).state, { ann, cat }, sounding)).toMatchObject({ players: 2, isFine: true })
  })
})
