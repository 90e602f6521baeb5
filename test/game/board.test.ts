import {
  finalCell,
  highestStake,
  mineOf,
  pickerOf,
  pointsFor,
  scoresOf,
  valueOf,
  viewOf,
  whyNotAsk,
  type Board,
  type Command,
  type Rules,
} from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import {
  answer,
  ask,
  beginRound,
  buzz,
  byHost,
  closeAnswers,
  judge,
  judgeAnswers,
  openBuzzers,
  pickCell,
  question,
  stake,
} from '../support/commands.ts'
import { joined, plainRound, roomOpened, scoreCorrected, teamPicked } from '../support/events.ts'
import { given, play, refusal } from '../support/given.ts'

const board: Board = {
  columns: [
    { title: 'Python', cells: 3 },
    { title: 'SQL', cells: 2 },
  ],
  step: 100,
  doubles: 0,
  final: true,
}
const programme = [{ ...plainRound, rules: { ...plainRound.rules, scoring: 'penalty' as const } }]
const plan = ['c0', 'c1', 'c2', 'c3', 'c4', 'final', 'spare']

function roomOf(changes: Partial<Board> = {}, rules: Partial<Rules> = {}, ...facts: Parameters<typeof given>) {
  const rounds = [{ title: null, count: 6, board: { ...board, ...changes } }]
  const all = { scoring: 'penalty', ...rules } as const
  const room = roomOpened({ rules: all, rounds, programme, plan })
  const begun = given(room, joined('ann'), joined('bob'), joined('cat'), ...facts).state
  return play(begun, beginRound(1))
}

const askCell = (turn: number, cell: number) => {
  const id = plan[cell] ?? 'none'
  return ask(turn, { cell, questionId: id, question: { ...question(turn), id } })
}
const skip = (turn: number) => byHost({ type: 'skip', turn })
const settle = (turn: number): Command => ({
  ...{ type: 'settle', turn, opening: 1, by: 'server', role: 'server', commandId: `settle ${turn}` },
})
const answers = (turn: number, seat: string, verdict: 'right' | 'partly' | 'wrong') => [
  openBuzzers(turn),
  buzz(seat, { turn }),
  settle(turn),
  judge(seat, verdict, turn),
]

describe('a board', () => {
  test('is shown before anything is asked, and a cell has to be picked', () => {
    const state = roomOf()
    expect([state.phase, state.turn, state.cells]).toEqual(['playing', null, [null, null, null, null, null, null]])
    expect(whyNotAsk(state)).toBe('pick-a-cell')
    expect(refusal(state, ask(1, { questionId: 'c0' }))).toBe('pick-a-cell')
  })

  test('is worth more the deeper one goes, in each of its columns', () => {
    expect([0, 1, 2, 3, 4].map((cell) => valueOf(board, cell))).toEqual([100, 200, 300, 100, 200])
    expect(finalCell(board)).toBe(5)
  })

  test('gives each cell once, in any order', () => {
    const state = play(roomOf(), askCell(1, 4), skip(1), askCell(2, 1), skip(2))
    expect(state.cells).toEqual([null, 2, null, null, 1, null])
    expect(state.secret.plan?.slice(0, 2)).toEqual(['c4', 'c1'])
    expect(refusal(state, askCell(3, 4))).toBe('no-such-cell')
    expect(refusal(state, askCell(3, 9))).toBe('no-such-cell')
    expect(refusal(state, ask(3, { cell: 0, questionId: 'c2' }))).toBe('question-closed')
  })

  test('wins and costs what the cell is worth, half of it for half an answer', () => {
    const state = play(
      roomOf(),
      askCell(1, 2),
      ...answers(1, 'ann', 'right'),
      askCell(2, 1),
      ...answers(2, 'bob', 'wrong'),
    )
    const more = play(state, skip(2), askCell(3, 0), ...answers(3, 'cat', 'partly'))
    expect(Object.fromEntries(scoresOf(more))).toEqual({ ann: 300, bob: -200, cat: 50 })
    expect(pointsFor({ scoring: 'plain' }, 'wrong', 1, { value: 200, stake: null })).toBe(0)
  })

  test('is picked from by whoever was right last, or by their team', () => {
    const fresh = roomOf()
    expect(pickerOf(fresh)).toBeNull()
    expect(refusal(fresh, pickCell('ann', 0))).toBe('not-your-pick')
    const won = play(fresh, askCell(1, 2), ...answers(1, 'ann', 'right'))
    expect(pickerOf(won)).toEqual({ seat: 'ann', team: null })
    expect(refusal(won, pickCell('bob', 0))).toBe('not-your-pick')
    const picked = play(won, pickCell('ann', 0))
    expect(picked.picked).toBe(0)
    expect(refusal(picked, pickCell('ann', 2))).toBe('no-such-cell')
    const missed = play(picked, askCell(2, 1), skip(2))
    expect(missed.picked).toBeNull()
    expect(pickerOf(missed)).toMatchObject({ seat: 'ann', team: null })
  })

  test('lets the mates of the winner pick too', () => {
    const teams = { count: 2, formedBy: 'host', presses: 'anyone', score: 'sum' } as const
    const state = roomOf({}, { teams }, teamPicked(['ann', 1], ['bob', 1], ['cat', 2]))
    const won = play(state, askCell(1, 2), ...answers(1, 'ann', 'right'))
    expect(refusal(won, pickCell('bob', 0))).toBeNull()
    expect(refusal(won, pickCell('cat', 0))).toBe('not-your-pick')
  })

  test('puts a question in reserve in the place of one that the bank has lost, and else has one less', () => {
    const gone = (cell: number, id: string) => ask(1, { cell, questionId: id, question: null })
    const filled = play(roomOf(), gone(1, 'c1'))
    expect([filled.secret.cellIds?.[1], filled.cells[1], filled.total]).toEqual(['spare', null, 6])
    const emptied = play(filled, gone(1, 'spare'))
    expect([emptied.cells[1], emptied.total, emptied.rounds[0]?.count]).toEqual([0, 5, 5])
    expect(refusal(emptied, askCell(1, 1))).toBe('no-such-cell')
  })
})

describe('a double', () => {
  /** Every cell but the first row is one. */
  const doubled = (...facts: Parameters<typeof given>) => {
    const state = roomOf({ doubles: 3 }, {}, ...facts)
    return play(state, askCell(1, 0), ...answers(1, 'ann', 'right'), askCell(2, 2))
  }

  test('is for whoever picked it alone, with a stake that everyone hears', () => {
    const state = doubled()
    expect(state.turn).toMatchObject({ only: ['ann'], worth: { kind: 'double', value: 300, stake: null } })
    expect(refusal(state, openBuzzers(2))).toBe('no-stake')
    expect(refusal(state, stake('bob', 10, 2))).toBe('not-your-question')
    expect(refusal(state, buzz('bob', { turn: 2 }))).toBe('not-your-question')
    for (const role of ['player', 'screen'] as const) {
      expect(JSON.stringify(viewOf(state, { role, seat: 'ann' }))).not.toContain('Question 2?')
    }
    const staked = play(state, stake('ann', 250, 2))
    expect(viewOf(staked, { role: 'screen', seat: null }).turn?.secret.text).toBe('Question 2?')
    expect(refusal(staked, stake('ann', 10, 2))).toBe('no-stakes-now')
    expect(play(staked, byHost({ type: 'stake', turn: 2, seat: 'ann', points: 300 })).turn?.worth?.stake).toBe(300)
    expect(viewOf(staked, { role: 'player', seat: 'bob' }).turn?.worth?.stake).toBe(250)
    const lost = play(staked, ...answers(2, 'ann', 'wrong'))
    expect(scoresOf(lost).get('ann')).toBe(100 - 250)
    expect(lost.turn?.closed).toBe('nobody')
  })

  test('is staked with what one has, or with what the dearest cell is worth', () => {
    expect(highestStake(doubled(), 'ann')).toBe(300)
    const rich = doubled(scoreCorrected('ann', 1000, 'x'))
    expect(highestStake(rich, 'ann')).toBe(1100)
    expect(refusal(rich, stake('ann', 1101, 2))).toBe('stake-too-high')
  })

  test('is known to nobody before it is asked', () => {
    const state = roomOf({ doubles: 1 })
    const known = JSON.stringify(viewOf(state, { role: 'host', seat: 'host' }))
    expect(known).not.toContain('"kind":"double"')
    const worths = [1, 2, 4].map((cell) => {
      const won = play(state, askCell(1, 0), ...answers(1, 'ann', 'right'), askCell(2, cell))
      return won.turn?.worth?.kind
    })
    expect(worths.filter((kind) => kind === 'double')).toHaveLength(1)
  })
})

describe('a final', () => {
  const asking = () => play(roomOf({}, {}, scoreCorrected('ann', 500, 'x')), askCell(1, 5))

  test('shows no question before it opens, and takes a stake of everyone', () => {
    const state = asking()
    for (const role of ['player', 'screen'] as const) {
      expect(JSON.stringify(viewOf(state, { role, seat: 'ann' }))).not.toContain('Question 1?')
    }
    const staked = play(state, stake('ann', 500), stake('bob', 100), stake('bob', 80))
    expect(refusal(staked, stake('bob', 101))).toBe('stake-too-high')
    expect(refusal(staked, stake('ann', 501))).toBe('stake-too-high')
    expect(mineOf(staked, 1, 'bob')?.stake).toBe(80)
    expect(JSON.stringify(viewOf(staked, { role: 'screen', seat: null }))).not.toContain('"stakes"')
    const open = play(staked, openBuzzers(1))
    expect(viewOf(open, { role: 'screen', seat: null }).turn?.secret.text).toBe('Question 1?')
    expect(refusal(open, stake('cat', 10))).toBe('no-stakes-now')
  })

  test('wins or loses what each has staked, and nothing for who staked nothing', () => {
    const open = play(asking(), stake('ann', 500), stake('bob', 100), openBuzzers(1))
    const said = play(open, answer('ann', 'Redis'), answer('bob', 'Kafka'), answer('cat', 'Redis'))
    const judged = play(said, judgeAnswers(['redis'], 'wrong'), judgeAnswers(['kafka'], 'right'))
    expect(Object.fromEntries(scoresOf(judged))).toEqual({ ann: 0, bob: 100, cat: 0 })
  })

  test('has a clock of its own, and may be left without an answer', () => {
    const open = play(asking(), openBuzzers(1))
    expect(open.turn?.endsAt).toBe(1000 + 60_000)
    expect(play(open, closeAnswers()).turn?.closed).toBe('nobody')
  })
})
