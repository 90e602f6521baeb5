import { describe, expect, test } from 'vitest'
import { isWhole, pinAfter, pinIn } from '../../client/src/start/pin.ts'

describe('a PIN', () => {
  test('is read digit by digit as it is typed', () => {
    expect(pinIn('')).toBe('')
    expect(pinIn('4028')).toBe('4028')
    expect(pinIn('402817')).toBe('402817')
  })

  test.each(['402 817', '402\u00a0817', '402-817', ' 402817 ', 'Код 402 817, заходите', '4 0 2 8 1 7'])(
    'is found in %j',
    (text) => {
      expect(pinIn(text)).toBe('402817')
    },
  )

  test('is found behind an address full of other digits', () => {
    expect(pinIn('http://192.168.100.100:3000/402817')).toBe('402817')
  })

  test('has no seventh digit', () => {
    expect(pinIn('4028179')).toBe('402817')
  })

  test('is whole with the sixth digit', () => {
    expect(isWhole('40281')).toBe(false)
    expect(isWhole('402817')).toBe(true)
  })
})

describe('the cells', () => {
  test('follow the field while nobody said no', () => {
    expect(pinAfter('402', false, '4028')).toBe('4028')
    expect(pinAfter('402', false, '40')).toBe('40')
    expect(pinAfter('402', false, '')).toBe('')
  })

  test('begin anew with the next digit after a wrong PIN', () => {
    expect(pinAfter('402817', true, '4028175')).toBe('5')
  })

  test('are emptied by a step back after a wrong PIN', () => {
    expect(pinAfter('402817', true, '40281')).toBe('')
  })

  test('take another PIN that is pasted after a wrong one or over it', () => {
    expect(pinAfter('402817', true, '402817123 456')).toBe('123456')
    expect(pinAfter('402817', true, '123 456')).toBe('123456')
  })
})
