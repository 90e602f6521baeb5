import { describe, expect, test } from 'vitest'
import { viewOf, type RoomState } from '@knopka/shared/game'
import { answer, judgeAnswers, judgeGuesses } from '../support/commands.ts'
import { asked, opened } from '../support/events.ts'
import { under } from '../support/given.ts'

/** All three have typed: the last one closes the question. */
const typedBy = (kind: 'text' | 'number', ...texts: [string, string, string]) =>
  under({ typing: { kind, seconds: null } })
    .given({ ...asked(), typing: kind }, opened())
    .when(answer('ann', texts[0]))
    .and()
    .when(answer('bob', texts[1]))
    .and()
    .when(answer('cat', texts[2]))
    .and()

const onTheWall = (state: RoomState) =>
  viewOf(state, { role: 'screen', seat: null }).turn?.secret.typedMarks?.map(({ seat, text }) => [seat, text])

describe('what the hall reads of what was typed', () => {
  test('is what is right, as each one wrote it, and nothing else', () => {
    const judged = typedBy('text', 'Ёлка', 'елка', 'пальма')
      .when(judgeAnswers(['елка'], 'right'))
      .and()
      .when(judgeAnswers(['пальма'], 'wrong'))
      .and()
    expect(onTheWall(judged.state)).toEqual([
      ['ann', 'Ёлка'],
      ['bob', 'елка'],
      ['cat', undefined],
    ])
  })

  test('is taken back with the verdict', () => {
    const right = typedBy('text', 'елка', 'сосна', 'пальма')
      .when(judgeAnswers(['пальма'], 'right'))
      .and()
    const wrong = right.when(judgeAnswers(['пальма'], 'wrong')).and()
    expect(onTheWall(wrong.state)).toEqual([['cat', undefined]])
  })

  test('is the nearest guesses, of numbers', () => {
    const judged = typedBy('number', '90', '110', '300').when(judgeGuesses(100)).and()
    expect(onTheWall(judged.state)).toEqual([
      ['ann', '90'],
      ['bob', '110'],
      ['cat', undefined],
    ])
  })

  test('is nothing on phones', () => {
    const { state } = typedBy('number', '90', '110', '300').when(judgeGuesses(100)).and()
    expect(viewOf(state, { role: 'player', seat: 'ann' }).turn?.secret).not.toHaveProperty('typedMarks')
  })
})
