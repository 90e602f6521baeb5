import {
  answerGroups,
  decide,
  guessIn,
  mineOf,
  nextDeadline,
  plainAnswer,
  resultsOf,
  scoresOf,
  viewOf,
  type Command,
  type RoomState,
  type Rules,
} from '@knopka/shared/game'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answer,
  ask,
  buzz,
  byClock,
  byHost,
  closeAnswers,
  judgeAnswers,
  judgeGuesses,
  openBuzzers,
} from '../support/commands.ts'
import { asked } from '../support/events.ts'
import { play, refusal, under } from '../support/given.ts'

const words = { typing: { kind: 'text', seconds: 20 } } satisfies Partial<Rules>
const numbers = { typing: { kind: 'number', seconds: null } } satisfies Partial<Rules>

const open = (rules: Partial<Rules> = words) => play(under(rules).given().state, ask(1), openBuzzers(1))
const answered = (...answers: [seat: string, text: string][]) =>
  play(open(), ...answers.map(([seat, text]) => answer(seat, text)))
const closed = (...answers: [seat: string, text: string][]) => {
  const state = answered(...answers)
  return state.turn?.closed ? state : play(state, closeAnswers())
}
const points = (state: RoomState) => Object.fromEntries(scoresOf(state))

describe('a question that everyone answers in writing', () => {
  test('is asked as one, and no buzzer is pressed on it', () => {
    under(words)
      .given()
      .when(ask(1))
      .then({ ...asked(), typing: 'text' })
    expect(refusal(open(), buzz('ann'))).toBe('by-choice')
  })

  test('takes one answer of each, while it is open', () => {
    expect(refusal(play(under(words).given().state, ask(1)), answer('ann', 'Redis'))).toBe('not-open')
    const state = answered(['ann', 'Redis'])
    expect(refusal(state, answer('ann', 'Kafka'))).toBe('already-typed')
    expect(mineOf(state, 1, 'ann')?.typed).toEqual({ text: 'Redis', afterMs: 2000 })
    expect(refusal(play(state, closeAnswers()), answer('bob', 'Kafka'))).toBe('question-closed')
  })

  test('closes with the last answer, or when the time is over', () => {
    expect(answered(['ann', 'a'], ['bob', 'b']).turn?.closed).toBeNull()
    expect(answered(['ann', 'a'], ['bob', 'b'], ['cat', 'c']).turn?.closed).toBe('answered')
    const state = answered(['ann', 'a'])
    const deadline = nextDeadline(state) ?? 0
    const late = decide(state, byClock(), deadline)
    expect(late).toMatchObject([{ type: 'turnClosed', reason: 'time-out' }])
    expect(refusal(state, { ...answer('bob', 'b'), at: 21_001 } as Command, 21_001)).toBe('time-is-up')
  })

  test('waits for who needs more time, and for nobody else', () => {
    const slow = play(open(), byHost({ type: 'giveExtraTime', seat: 'bob', percent: 50 }))
    expect((nextDeadline(slow) ?? 0) - (nextDeadline(open()) ?? 0)).toBe(10_000)
    expect(refusal(slow, { ...answer('bob', 'b'), at: 25_000 } as Command, 25_000)).toBeNull()
    expect(refusal(slow, { ...answer('cat', 'c'), at: 25_000 } as Command, 25_000)).toBe('time-is-up')
    const done = play(slow, answer('bob', 'b'))
    expect(nextDeadline(done)).toBe(nextDeadline(open()))
  })

  test('keeps every word from all but hosts, also when it is closed', () => {
    const state = closed(['ann', 'secret-word'])
    for (const role of ['player', 'screen'] as const) {
      expect(JSON.stringify(viewOf(state, { role, seat: null }))).not.toContain('secret-word')
    }
    expect(JSON.stringify(viewOf(state, { role: 'cohost', seat: 'host' }))).toContain('secret-word')
  })
})

describe('equal answers', () => {
  test.each([
    ['Redis', 'redis!'],
    ['ёлка', 'Елка'],
    ['  Event   loop ', 'event-loop'],
    ['PostgreSQL', 'postgersql'],
    ['идемпотентность', 'идемпотентнсть'],
    ['C++', 'c++'],
  ])('%s and %s are one', (one, other) => {
    expect(answerGroups(closed(['ann', one], ['bob', other]).turn as never)).toHaveLength(1)
  })

  test.each([
    ['TCP', 'UDP'],
    ['C', 'C++'],
    ['HTTP/1', 'HTTP/2'],
    ['python2', 'python3'],
    ['1024', '1025'],
    ['left', 'right'],
  ])('%s and %s are two', (one, other) => {
    expect(answerGroups(closed(['ann', one], ['bob', other]).turn as never)).toHaveLength(2)
  })

  test('are judged at once, the most frequent first, and may be judged anew', () => {
    const state = closed(['ann', 'Kafka'], ['bob', 'redis'], ['cat', 'Redis'])
    const [first, second] = answerGroups(state.turn as never)
    expect([[...(first?.seats ?? [])].sort(), second?.text]).toEqual([['bob', 'cat'], 'Kafka'])
    const judged = play(state, judgeAnswers(first?.answers ?? [], 'right'), judgeAnswers(['kafka'], 'partly'))
    expect(points(judged)).toEqual({ ann: 0.5, bob: 1, cat: 1 })
    expect(answerGroups(judged.turn as never).map(({ verdict }) => verdict)).toEqual(['right', 'partly'])
    expect(refusal(judged, judgeAnswers(['redis'], 'right'))).toBe('already-judged')
    expect(points(play(judged, judgeAnswers(['redis'], 'wrong')))).toEqual({ ann: 0.5, bob: 0, cat: 0 })
    expect(mineOf(judged, 1, 'ann')?.gained).toBe(0.5)
  })

  test('may have their verdict taken back, and wait for one again', () => {
    const state = closed(['ann', 'Kafka'], ['bob', 'redis'], ['cat', 'Redis'])
    const judged = play(state, judgeAnswers(['redis'], 'right'), judgeAnswers(['kafka'], 'wrong'))
    const back = play(judged, judgeAnswers(['redis'], null))
    expect(points(back)).toEqual({ ann: 0 })
    expect(answerGroups(back.turn as never).map(({ verdict }) => verdict)).toEqual([null, 'wrong'])
    expect(mineOf(back, 1, 'bob')).toMatchObject({ gained: null, verdict: null })
    expect(refusal(back, judgeAnswers(['redis'], null))).toBe('no-verdict')
    expect(play(back, judgeAnswers(['kafka'], null)).turn?.secret).toEqual({ ...state.turn?.secret, typedMarks: [] })
  })

  test('cannot be judged before all may be known, nor where nobody typed them', () => {
    expect(refusal(answered(['ann', 'a']), judgeAnswers(['a'], 'right'))).toBe('turn-open')
    expect(refusal(closed(['ann', 'a']), judgeAnswers(['b'], 'right'))).toBe('no-such-answer')
    expect(refusal(closed(['ann', 'a']), judgeGuesses(1))).toBe('not-by-typing')
  })

  test('stand in the results as they were typed, also those that were never judged', () => {
    const state = play(closed(['ann', 'Kafka!'], ['bob', 'redis']), judgeAnswers(['redis'], 'right'))
    const [{ typing = null } = {}] = resultsOf(state).questions
    expect(typing?.answers.map(({ seat, text, verdict, points }) => [seat, text, verdict, points])).toEqual([
      ['ann', 'Kafka!', null, 0],
      ['bob', 'redis', 'right', 1],
    ])
  })

  test('are found in the same groups whoever came first, and nobody is lost', () => {
    const texts = fc.array(
      fc.string({ maxLength: 12, unit: 'binary' }).map((text) => text.trim() || 'x'),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (texts, dice) => {
        const typed = texts.map((text, index) => [`seat-${index}`, { text, afterMs: 0 }] as const)
        const order = [...typed].map((one) => [dice.next().value as number, one] as const)
        const turned = order.sort(([a], [b]) => a - b).map(([, one]) => one)
        const groups = (entries: typeof typed) =>
          answerGroups({ secret: { typed: { size: entries.length, parts: [entries] } } } as never)
        const plain = (all: ReturnType<typeof groups>) =>
          all.map(({ answers, seats, text }) => ({ answers, seats: [...seats].sort(), text }))
        expect(plain(groups(turned))).toEqual(plain(groups(typed)))
        expect(groups(typed).flatMap(({ seats }) => seats)).toHaveLength(texts.length)
        for (const text of texts) expect(plainAnswer(plainAnswer(text))).toBe(plainAnswer(text))
      }),
    )
  })
})

describe('a number to guess', () => {
  const guessed = (...guesses: [seat: string, text: string][]) =>
    play(open(numbers), ...guesses.map(([seat, text]) => answer(seat, text)))

  test.each([
    ['1024', 1024],
    ['1 300,5', 1300.5],
    ['−7', -7],
    ['0.25', 0.25],
  ])('may be written as %s', (text, number) => {
    expect(guessIn(text)).toBe(number)
  })

  test.each(['', 'many', '1e9', '0x10', '1,2,3', 'NaN', '--1', '99999999999999'])('is not written as %j', (text) => {
    expect(guessIn(text)).toBeNull()
    if (text !== '') expect(refusal(open(numbers), answer('ann', text))).toBe('no-number')
  })

  test('is won by the nearest, and by all who are as near', () => {
    const state = guessed(['ann', '40'], ['bob', '44'], ['cat', '10'])
    const judged = play(state, judgeGuesses(42))
    expect(points(judged)).toEqual({ ann: 1, bob: 1, cat: 0 })
    expect(judged.turn?.typing?.right).toBe(42)
    expect(points(play(judged, judgeGuesses(11)))).toEqual({ ann: 0, bob: 0, cat: 1 })
    expect(decide(judged, judgeGuesses(42), 1000)).toEqual([])
  })

  test('that was said by mistake is not known any more', () => {
    const state = guessed(['ann', '40'], ['bob', '44'], ['cat', '10'])
    const back = play(state, judgeGuesses(42), judgeGuesses(null))
    expect([points(back), back.turn?.typing?.right]).toEqual([{}, null])
    expect(refusal(back, judgeGuesses(null))).toBe('no-verdict')
  })

  test('that nobody guessed earns nobody anything', () => {
    const state = play(open(numbers), closeAnswers(), judgeGuesses(42))
    expect([state.turn?.closed, points(state)]).toEqual(['nobody', {}])
  })
})
