import {
  decide,
  evolve,
  isBetweenRounds,
  isRefusal,
  nextQuestionId,
  scoresOf,
  whyNotAsk,
  whyNotShowStandings,
  type Round,
  type RoundRules,
  type RoundSettings,
} from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { ask, beginRound, buzz, byHost, judge, openBuzzers, question, undo } from '../support/commands.ts'
import {
  answeredBy,
  asked,
  buzzed,
  firstIn,
  floorGiven,
  joined,
  opened,
  plainRound,
  roomOpened,
  scoreCorrected,
  skipped,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, play, refusal, under } from '../support/given.ts'

const penalty: RoundSettings = { ...plainRound, title: 'Blitz', rules: { ...plainRound.rules, scoring: 'penalty' } }
const of = (count: number, title: string | null = null): Round => ({ title, count, board: null })

/** Two questions by the usual rules, then two in which a wrong answer costs a point, and one in reserve. */
const twoRounds = () =>
  given(
    roomOpened({ rounds: [of(2), of(2, 'Blitz')], programme: [plainRound, penalty] }),
    joined('ann'),
    joined('bob'),
    joined('cat'),
  ).state

const skip = (turn: number) => byHost({ type: 'skip', turn })
const plan = (kept: number, rounds: RoundSettings[], drawn: Round[], ids: string[]) =>
  byHost({ type: 'planRounds', kept, rounds, drawn: { rounds: drawn, plan: ids } })
describe('a round', () => {
  test('ends with its last question, and the next one begins when the host says so', () => {
    const ended = play(twoRounds(), ask(1), skip(1), ask(2), skip(2))
    expect(whyNotAsk(ended)).toBe('round-over')
    expect(isBetweenRounds(ended)).toBe(true)
    const next = play(ended, beginRound(2))
    expect([next.round, next.rules.scoring, nextQuestionId(next), next.total]).toEqual([2, 'penalty', 'q3', 4])
  })

  test('that begins twice has begun once', () => {
    const begun = play(twoRounds(), ask(1), skip(1), beginRound(2))
    expect(decide(begun, beginRound(2), 1000)).toEqual([])
    expect(refusal(begun, beginRound(3))).toBe('last-round')
    expect(refusal(begun, beginRound(1))).toBe('no-such-round')
  })

  test('does not begin while a question is on', () => {
    expect(refusal(play(twoRounds(), ask(1)), beginRound(2))).toBe('turn-open')
  })

  test('may be left early: what it had left is not asked, and waits in reserve', () => {
    const state = play(twoRounds(), ask(1), skip(1), beginRound(2))
    expect(state.total).toBe(3)
    expect(state.rounds.map(({ count }) => count)).toEqual([1, 2])
    expect(nextQuestionId(state)).toBe('q3')
    expect(nextQuestionId(state, true)).toBe('q5')
    expect(state.secret.plan).toEqual(['q1', 'q3', 'q4', 'q5', 'q2'])
  })

  test('takes a question for practice from the reserve, and none of its own', () => {
    const practice = ask(1, { practice: true, questionId: 'q5', question: question(5) })
    const state = play(twoRounds(), practice, skip(1))
    expect(state.rounds.map(({ count }) => count)).toEqual([3, 2])
    const played = play(state, ask(2, { questionId: 'q1', question: question(1) }), skip(2))
    expect(nextQuestionId(played)).toBe('q2')
  })

  test('judges its questions by its own rules, also when another one has begun', () => {
    const first = play(twoRounds(), ask(1), openBuzzers(1), buzz('ann', { turn: 1 }))
    const wrong = play(first, byHost({ type: 'pause' }), byHost({ type: 'resume', leadMs: 0 }))
    const settled = decide(
      wrong,
      { type: 'settle', turn: 1, opening: 1, by: 'server', role: 'server', commandId: 's' },
      1200,
    )
    if (isRefusal(settled)) throw new Error('Nobody was first')
    const over = play(settled.reduce(evolve, wrong), judge('ann', 'right'), beginRound(2))
    const mended = play(over, judge('ann', 'wrong'))
    expect(scoresOf(mended).get('ann')).toBe(0)
    expect(mended.turn?.closed).toBe('answered')
    const undone = play(over, undo('ann'))
    expect([undone.turn?.floor, undone.round]).toEqual([null, 2])
  })
})

describe('the rest of the evening', () => {
  test('may be planned anew behind the present round', () => {
    const begun = play(twoRounds(), ask(1), skip(1))
    const state = play(begun, plan(1, [penalty, plainRound], [of(1), of(3)], ['x1', 'x2', 'x3', 'x4', 'x5']))
    expect(state.rounds.map(({ count }) => count)).toEqual([2, 1, 3])
    expect(state.total).toBe(6)
    expect(state.secret.plan).toEqual(['q1', 'q2', 'x1', 'x2', 'x3', 'x4', 'x5', 'q5'])
    expect(state.secret.programme).toEqual([plainRound, penalty, plainRound])
    const next = play(state, ask(2), skip(2), beginRound(2))
    expect([nextQuestionId(next), next.rules.scoring]).toEqual(['x1', 'penalty'])
  })

  test('may be planned as a whole before the first question', () => {
    const state = play(twoRounds(), plan(0, [penalty], [of(1)], ['x1']))
    expect([state.total, state.rules.scoring, nextQuestionId(state)]).toEqual([1, 'penalty', 'x1'])
    expect(refusal(state, plan(0, [], [], []))).toBe('no-questions-left')
  })

  test('may end in a tie-break, also behind what was missed, and when no round is left', () => {
    const begun = play(twoRounds(), ask(1), skip(1), ask(2), skip(2))
    const missed = play(begun, plan(1, [{ ...plainRound, missed: true }], [of(1)], ['q1']), beginRound(2))
    expect(nextQuestionId(missed)).toBe('q1')
    const over = play(missed, ask(3, { questionId: 'q1', question: question(1) }), skip(3))
    for (const state of [over, play(begun, plan(1, [], [], []))]) {
      expect(whyNotAsk(state)).toBe('no-questions-left')
      const tieBreak = { questionId: 'q5', question: question(5), tieBreak: true }
      const broken = play(state, ask((state.turn?.turn ?? 0) + 1, tieBreak))
      expect(broken.turn?.only).toEqual(['ann', 'bob', 'cat'])
    }
  })

  test('keeps no question in reserve that it asks', () => {
    const begun = play(twoRounds(), ask(1), skip(1))
    const state = play(begun, plan(1, [plainRound], [of(1)], ['q5', 'x1']))
    expect(state.secret.plan).toEqual(['q1', 'q2', 'q5', 'x1'])
  })

  test('leaves alone what has begun', () => {
    const begun = play(twoRounds(), ask(1), skip(1))
    expect(refusal(begun, plan(0, [penalty], [of(1)], ['x1']))).toBe('round-over')
    expect(refusal(begun, plan(2, [], [], []))).toBe('round-over')
  })

  test('has no round without a question', () => {
    const missed = { ...plainRound, sections: [], missed: true }
    expect(refusal(play(twoRounds(), ask(1), skip(1)), plan(1, [missed], [of(0)], []))).toBe('nothing-missed')
  })

  test('may have other rules from the next question on', () => {
    const { rules } = penalty
    const changed = play(twoRounds(), ask(1), skip(1), byHost({ type: 'changeRules', rules }))
    expect(changed.rules.scoring).toBe('penalty')
    expect(changed.secret.programme?.[0]?.rules).toEqual(rules)
    expect(decide(changed, byHost({ type: 'changeRules', rules }), 1000)).toEqual([])
    expect(refusal(play(changed, ask(2)), byHost({ type: 'changeRules', rules: plainRound.rules }))).toBe('turn-open')
  })

  test('has no points by place where nobody queues, and none to lose by a guess', () => {
    const state = play(twoRounds(), ask(1), skip(1))
    const change = (rules: Partial<RoundRules>) =>
      refusal(state, byHost({ type: 'changeRules', rules: { ...plainRound.rules, ...rules } }))
    const text = { typing: { kind: 'text', seconds: null } } as const
    const number = { typing: { kind: 'number', seconds: null } } as const
    expect(change({ scoring: 'by-place' })).toBeNull()
    expect(change({ scoring: 'by-place', ...text })).toBe('unfit-scoring')
    expect(change({ scoring: 'penalty', ...text })).toBeNull()
    expect(change({ scoring: 'penalty', ...number })).toBe('unfit-scoring')
    expect(change({ scoring: 'plain', ...number })).toBeNull()
    const board = { columns: [{ title: 'Python', cells: 3 }], step: 100, doubles: 0, final: false }
    const onBoard = given(roomOpened({ rounds: [{ title: null, count: 3, board }] })).state
    const byPlace = byHost({ type: 'changeRules', rules: { ...plainRound.rules, scoring: 'by-place' } })
    expect(refusal(onBoard, byPlace)).toBe('unfit-scoring')
  })
})

describe('standings', () => {
  const withRule = (standings: 'any-time' | 'between-rounds' | 'at-the-end') =>
    given(
      roomOpened({ rules: { standings }, rounds: [of(1), of(1)], programme: [plainRound, plainRound] }),
      joined('ann'),
      ...answeredBy('ann').map((fact) => (fact.type === 'questionAsked' ? { ...fact, total: 2 } : fact)),
    ).state

  test('are shown whenever the host likes, between rounds, or at the end', () => {
    const on = (rule: Parameters<typeof withRule>[0]) => {
      const between = withRule(rule)
      const next = play(between, beginRound(2), ask(2), skip(2))
      const over = play(next, byHost({ type: 'end' }))
      return [play(between, beginRound(2), ask(2)), between, next, over].map(whyNotShowStandings)
    }
    expect(on('any-time')).toEqual([null, null, null, null])
    expect(on('between-rounds')).toEqual(['standings-later', null, null, null])
    expect(on('at-the-end')).toEqual(['standings-later', 'standings-later', 'standings-later', null])
    expect(refusal(withRule('at-the-end'), byHost({ type: 'showStandings', shown: true }))).toBe('standings-later')
  })
})

describe('after a wrong answer, only who has not pressed', () => {
  const rules = { afterWrong: 'reopen-to-others' } as const
  const wrong = () =>
    under(rules).given(asked(), opened(), firstIn('ann'), buzzed('bob'), floorGiven('ann')).when(judge('ann', 'wrong'))

  test('may press again: the others have had theirs', () => {
    const again = wrong().and()
    expect(again.state.turn?.openings).toBe(2)
    again.when(buzz('bob')).refused('had-a-press')
    again.when(buzz('cat')).then(firstIn('cat'))
  })

  test('and when everyone has pressed, the question is over', () => {
    under(rules)
      .given(asked(), opened(), firstIn('ann'), buzzed('bob'), buzzed('cat'), floorGiven('ann'))
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', 0), turnClosed('nobody'))
  })
})

describe('more time than others', () => {
  const give = (seat: string, percent: number) => byHost({ type: 'giveExtraTime', seat, percent })

  test('is for answering, in percent of the usual time, and nobody else knows', () => {
    const { state } = under({ answerSeconds: 10 })
      .given(asked(), opened(), firstIn('ann'), firstIn('bob'))
      .when(give('ann', 50))
      .and()
    const floors = play(state, {
      ...{ type: 'settle', turn: 1, opening: 1, by: 'server', role: 'server', commandId: 'settle' },
    })
    expect(floors.turn?.floor).toMatchObject({ seat: 'ann', endsAt: 1000 + 15_000 })
  })

  test('given twice is given once, and given back it is gone', () => {
    const { state } = given(...skipped())
      .when(give('ann', 50))
      .and()
    expect(decide(state, give('ann', 50), 1000)).toEqual([])
    expect(play(state, give('ann', 0)).secret.extraTime).toEqual({})
    expect(refusal(state, give('nobody', 50))).toBe('no-seat')
  })
})

test('a handicap is a correction like any other, before the first question too', () => {
  const { state } = given(scoreCorrected('ann', -2, 'Handicap'))
  expect(scoresOf(state).get('ann')).toBe(-2)
})
