import { describe, expect, test, vi } from 'vitest'
import type { Board, Command, Draft, RoomState, RoundSettings } from '@knopka/shared/game'
import { actionsOf, expected } from '../../client/src/host/actions.ts'
import { stepFrom } from '../../client/src/host/board-walk.ts'
import { logOf } from '../../client/src/host/log.ts'
import { drawnRest, likeIt, missedRound, moved, whyNotPlay } from '../../client/src/host/rest.ts'
import { aboutRound, askedInRound, leftInRound } from '../../client/src/host/rounds.ts'
import { treeOf } from '../../client/src/ui/tree.ts'
import { judgeAnswers, judgeGuesses } from '../support/commands.ts'
import { answeredBy, asked, joined, opened, plainRound, roomOpened, skipped, turnClosed } from '../support/events.ts'
import { given, play, under } from '../support/given.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const board: Board = {
  columns: [
    { title: 'Сети', cells: 2 },
    { title: 'Базы', cells: 1 },
  ],
  step: 100,
  doubles: 0,
  final: true,
}
const boardRound: RoundSettings = { ...plainRound, board: { rows: 2, step: 100, doubles: 0, final: true } }
const people = [joined('ann'), joined('bob')]
const twoRounds = [
  roomOpened({
    rounds: [
      { title: null, count: 2, board: null },
      { title: 'Финиш', count: 2, board: null },
    ],
    programme: [plainRound, { ...plainRound, title: 'Финиш' }],
  }),
  ...people,
]
const onBoard = [
  roomOpened({ rounds: [{ title: null, count: 4, board }], programme: [boardRound], plan: ['q1', 'q2', 'q3', 'q4'] }),
  ...people,
]
const boardBegan: Draft = { type: 'roundBegan', round: 1, rules: plainRound.rules, total: 4 }
const picks = (cell: number): Draft => ({ type: 'cellPicked', cell })
const fromCell = (cell: number, turn: number): Draft => ({
  ...asked(turn),
  worth: { cell, value: 100, kind: 'plain', picker: null },
})

describe('the key that goes on', () => {
  test('asks within a round, and begins the next one at its end', () => {
    const playing = given(...twoRounds, ...skipped(1, { total: 4 })).state
    expect(actionsOf(playing).next).toMatchObject({ why: null, saying: { type: 'ask', questionId: 'q2' } })
    expect([askedInRound(playing), leftInRound(playing)]).toEqual([1, 1])
    const over = given(...twoRounds, ...skipped(1, { total: 4 }), ...skipped(2, { total: 4 })).state
    expect(actionsOf(over).next).toMatchObject({
      why: null,
      consequence: 'Финиш',
      saying: { type: 'beginRound', round: 2 },
    })
  })

  test('shows a board before it is played, and asks the cell that was picked', () => {
    const saying = (state: RoomState) => actionsOf(state).next
    expect(saying(given(...onBoard).state).saying).toEqual({ type: 'beginRound', round: 1 })
    expect(saying(given(...onBoard, boardBegan).state)).toMatchObject({ why: 'pick-a-cell', saying: null })
    expect(saying(given(...onBoard, boardBegan, picks(2)).state)).toMatchObject({
      why: null,
      consequence: '100, Базы',
      saying: { type: 'ask', turn: 1, cell: 2, questionId: 'q3' },
    })
  })

  test('asks the final when it alone is left; before that it has a key of its own', () => {
    const some = given(...onBoard, boardBegan).state
    expect(actionsOf(some).final).toMatchObject({ codes: ['KeyF'], why: null, saying: { cell: 3, questionId: 'q4' } })
    const cells = [0, 1, 2].flatMap((cell) => [fromCell(cell, cell + 1), turnClosed('nobody', cell + 1)])
    const left = given(...onBoard, boardBegan, ...cells).state
    expect(actionsOf(left).final).toBeUndefined()
    expect(actionsOf(left).next).toMatchObject({ why: null, consequence: 'Финал', saying: { cell: 3 } })
  })

  test('is the expected one while a round is announced, whatever became of the last question', () => {
    const began: Draft = { type: 'roundBegan', round: 2, rules: plainRound.rules, total: 3 }
    expect(expected(given(...twoRounds, ...skipped(1), began).state, {})).toBe('next')
  })
})

describe('typed answers', () => {
  const typed = (by: string, text: string) => ({
    type: 'typed' as const,
    turn: 1,
    by,
    secret: { answer: { text, afterMs: 1000 } },
  })
  const closed = (kind: 'text' | 'number') =>
    under({ typing: { kind, seconds: 30 } }).given(
      { ...asked(), typing: kind },
      opened(),
      typed('ann', '12'),
      typed('bob', '13'),
      turnClosed('answered'),
    ).state

  test('are judged by the verdict keys, a group at a time', () => {
    const group = { text: '12', answers: ['12'], seats: ['ann'], verdict: null }
    const state = closed('text')
    expect(expected(state, {})).toBe('right')
    expect(actionsOf(state, group).partly).toMatchObject({
      why: null,
      consequence: '«12», 1 человек',
      saying: { type: 'judgeAnswers', turn: 1, answers: ['12'], verdict: 'partly' },
    })
    expect(actionsOf(state, null).right?.why).toBe('already-judged')
    expect(actionsOf(state).close).toBeUndefined()
  })

  test('that are numbers have no verdict keys: the host says what is right', () => {
    const state = closed('number')
    expect(actionsOf(state).right).toBeUndefined()
    expect(expected(state, {})).toBeNull()
  })

  test('are what undo takes back, where they were judged last, and its key says so', () => {
    const group = { text: '12', answers: ['12'], seats: ['ann'], verdict: null }
    const judged = (kind: 'text' | 'number', word: Command) => actionsOf(play(closed(kind), word)).undo
    expect(actionsOf(closed('text'), group).undo).toMatchObject({ why: 'no-verdict', consequence: 'Отменить' })
    expect(judged('text', judgeAnswers(['12'], 'right'))).toMatchObject({
      why: null,
      consequence: 'Отменить «верно»: «12»',
      saying: { type: 'judgeAnswers', turn: 1, answers: ['12'], verdict: null },
    })
    expect(judged('number', judgeGuesses(13))).toMatchObject({
      consequence: 'Отменить верное число 13',
      saying: { type: 'judgeGuesses', turn: 1, right: null },
    })
    expect(actionsOf(given(...answeredBy('bob')).state).undo).toMatchObject({
      consequence: 'Отменить «верно»: Bob',
      saying: { type: 'undoVerdict', turn: 1, seat: 'bob' },
    })
  })

  test('stand in the log as one row, and so does the beginning of a round', () => {
    expect(logOf(closed('text')).map(({ kind }) => kind)).toEqual(['typed'])
    const began: Draft = { type: 'roundBegan', round: 2, rules: plainRound.rules, total: 3 }
    const rows = logOf(given(...twoRounds, ...skipped(1), began, ...skipped(2)).state)
    expect(rows.map(({ kind }) => kind)).toEqual(['closed', 'round', 'closed'])
  })
})

test('the key for the standings says why they are kept for later', () => {
  const later = under({ standings: 'at-the-end' }).given(...skipped(1)).state
  expect(actionsOf(later).standings.why).toBe('standings-later')
  expect(actionsOf(given(...skipped(1)).state).standings.why).toBeNull()
})

describe('arrows on a board', () => {
  const free = [null, null, null, null]

  test('walk down a column and across to the nearest row', () => {
    expect(stepFrom(board, free, 0, 'ArrowDown')).toBe(1)
    expect(stepFrom(board, free, 1, 'ArrowRight')).toBe(2)
    expect(stepFrom(board, free, 2, 'ArrowLeft')).toBe(0)
  })

  test('pass by what was played, and stay where nothing is left', () => {
    expect(stepFrom(board, [3, null, null, null], 2, 'ArrowLeft')).toBe(1)
    expect(stepFrom(board, [null, 4, null, null], 0, 'ArrowDown')).toBe(0)
    expect(stepFrom(board, free, 2, 'ArrowRight')).toBe(2)
  })
})

describe('what the console says of a round', () => {
  const choices = { points: 'by-time', seconds: 20 } as const
  const about = (options: number) =>
    aboutRound({ title: null, count: 3, options, board: null }, { ...plainRound.rules, pressSeconds: 15, choices })

  test('are the clocks and the points of how it is played', () => {
    const buzzer = ['На нажатие 15\u00a0с', 'На ответ без часов']
    expect(about(0)).toEqual(['Кто раньше нажмёт', '3 вопроса', ...buzzer, 'Очки: верно +1'])
    const chosen = ['На выбор 20\u00a0с', 'Очки: по времени: от 10 до 5']
    expect(about(3)).toEqual(['Выбирают все', '3 вопроса', ...chosen])
  })

  test('are those of both, where only some questions have options', () => {
    expect(about(1).slice(2)).toEqual([
      'На нажатие 15\u00a0с',
      'На ответ без часов',
      'На выбор 20\u00a0с',
      'Очки: верно +1',
      'Очки за выбор: по времени: от 10 до 5',
    ])
  })
})

describe('the rest of the evening', () => {
  test('can be put into another order', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  })

  test('grows by a round like another, and by what was missed under its rules', () => {
    expect(likeIt({ ...plainRound, title: 'Раз' })).toEqual(plainRound)
    const round = { ...boardRound, rules: { ...plainRound.rules, scoring: 'penalty' as const } }
    const missed = missedRound(round, 4)
    expect(missed).toMatchObject({ missed: true, sections: [], count: 4, rules: { scoring: 'penalty' } })
    expect(missed.board).toBeUndefined()
    const typed = (kind: 'text' | 'number') =>
      missedRound({ ...round, rules: { ...round.rules, typing: { kind, seconds: 30 } } }, 4).rules.typing
    expect([typed('number'), typed('text')]).toEqual([null, { kind: 'text', seconds: 30 }])
  })
})

describe('what a round to come would have', () => {
  const question = (id: string) => ({ id, kind: 'question' as const, text: id })
  const section = (id: string, ...ids: string[]) => ({ id, title: id, questions: ids.map(question), sections: [] })
  const tree = treeOf({ sections: [section('net', 'q1', 'q2', 'q3'), section('db', 'q4')] })
  const { state } = given(roomOpened({ rounds: [{ title: null, count: 1, board: null }], plan: ['q1'] }), ...people)
  const of = (change: Partial<RoundSettings>): RoundSettings => ({ ...plainRound, count: 9, ...change })
  const counts = (...rounds: RoundSettings[]) =>
    drawnRest(tree, state, 1, rounds, ['q1']).map(({ questions }) => questions.length)
  const fault = (round: RoundSettings) => whyNotPlay(tree, round, drawnRest(tree, state, 1, [round], [])[0] ?? null)

  test('is what its sections have left, behind the rounds before it', () => {
    expect(counts(of({ sections: ['net'] }), of({ sections: ['net', 'db'] }))).toEqual([2, 1])
    expect(counts(of({ sections: [], missed: true }))).toEqual([1])
    const table = { rows: 5, step: 100, doubles: 0, final: false }
    expect(counts(of({ sections: ['db', 'net'], board: table }))).toEqual([3])
  })

  test('is nothing, and it says why', () => {
    expect(fault(of({ sections: [] }))).toEqual({ code: 'no-sections' })
    expect(fault(of({ sections: ['db'] }))).toBeNull()
    expect(fault(of({ sections: [], missed: true }))).toBeNull()
    expect(whyNotPlay(null, of({ sections: [] }), null)).toEqual({ code: 'no-sections' })
    const [, second] = drawnRest(tree, state, 1, [of({ sections: ['db'] }), of({ sections: ['db'] })], [])
    expect(second && whyNotPlay(tree, of({ sections: ['db'] }), second)).toEqual({ code: 'none-left' })
  })
})
