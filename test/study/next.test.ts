import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cardsOf,
  dayMs,
  dueAt,
  nextQuestion,
  recallOf,
  targetRetention,
  whatIsLeft,
  type Card,
  type Choosing,
  type Review,
} from '@knopka/shared/study'
import { after, rated, reviewSets, someQuestions } from '../support/reviews.ts'

const person = (seat: string, ...reviews: Review[]) => ({ seat, cards: cardsOf(reviews) })

const choosing = (given: Partial<Choosing>): Choosing => ({
  present: [person('ann')],
  pool: ['q1', 'q2', 'q3'],
  asked: new Set(),
  newPercent: 0,
  seed: 'monday',
  now: after(0),
  ...given,
})

/** Asks until there is nothing left. */
function session(from: Choosing): { question: string; kind: string; seats: string[] }[] {
  const turns: { question: string; kind: string; seats: string[] }[] = []
  for (;;) {
    const next = nextQuestion({ ...from, asked: new Set(turns.map(({ question }) => question)) })
    if (!next) return turns
    turns.push({ question: next.question, kind: next.why.kind, seats: next.why.kind === 'new' ? [] : next.why.seats })
    if (turns.length > from.pool.length) throw new Error('Something came twice')
  }
}

describe('what comes next', () => {
  test('is what is known worst, with those who forget it, the weakest first', () => {
    const present = [
      person('ann', rated('q1', 'good'), rated('q2', 'hard')),
      person('bob', rated('q1', 'good'), rated('q2', 'again')),
    ]
    const next = nextQuestion(choosing({ present, now: after(3) }))
    expect(next).toEqual({ question: 'q2', why: { kind: 'forgotten', seats: ['bob', 'ann'] } })
  })

  test('names nobody who still knows it', () => {
    const present = [person('ann', rated('q1', 'easy')), person('bob', rated('q1', 'again')), person('eve')]
    const next = nextQuestion(choosing({ present, now: after(3) }))
    expect(next).toEqual({ question: 'q1', why: { kind: 'forgotten', seats: ['bob'] } })
  })

  test('counts those alone who have studied it', () => {
    const one = [person('ann', rated('q1', 'good')), person('bob'), person('eve')]
    const all = [...one.slice(0, 1), person('bob', rated('q1', 'easy')), person('eve', rated('q1', 'easy'))]
    const pool = ['q1']
    expect(nextQuestion(choosing({ present: one, pool, now: after(3) }))?.question).toBe('q1')
    expect(nextQuestion(choosing({ present: all, pool, now: after(3) }))).toBeNull()
  })

  test('is nothing that is known well, until it is forgotten', () => {
    const present = [person('ann', rated('q1', 'easy'))]
    const pool = ['q1']
    expect(nextQuestion(choosing({ present, pool, now: after(3) }))).toBeNull()
    expect(nextQuestion(choosing({ present, pool, now: after(9) }))?.question).toBe('q1')
  })

  test('is asked up to a day before it is due, and not earlier', () => {
    const present = [person('ann', rated('q1', 'good'))]
    const due = dueAt(present[0]?.cards.get('q1') as Card)
    const at = (now: number) => nextQuestion(choosing({ present, pool: ['q1'], now }))
    expect(at(due - dayMs)?.why).toEqual({ kind: 'forgotten', seats: ['ann'] })
    expect(at(due - dayMs - 1)).toBeNull()
  })

  test('comes sooner where the room wants to know more of what it has studied', () => {
    const present = [person('ann', rated('q1', 'good'))]
    const at = (retention: number) => nextQuestion(choosing({ present, pool: ['q1'], now: after(0.5), retention }))
    expect([at(0.95)?.question, at(0.8)]).toEqual(['q1', null])
  })

  test('is new only where nobody present has studied it', () => {
    const present = [person('ann', rated('q1', 'easy')), person('bob', rated('q2', 'easy'))]
    const turns = session(choosing({ present }))
    expect(turns).toEqual([{ question: 'q3', kind: 'new', seats: [] }])
  })

  test('is nothing without questions, and new for nobody', () => {
    expect(nextQuestion(choosing({ pool: [] }))).toBeNull()
    expect(nextQuestion(choosing({ present: [] }))?.why).toEqual({ kind: 'new' })
  })
})

describe('new questions', () => {
  const pool = Array.from({ length: 100 }, (_, index) => `q${index}`)
  const kinds = (due: number, newPercent: number, turns: number) => {
    const reviews = pool.slice(0, due).map((question) => rated(question, 'again'))
    const asked = session(choosing({ pool, present: [person('ann', ...reviews)], newPercent, now: after(2) }))
    const marks = asked.map(({ kind }) => (kind === 'new' ? 'n' : '.'))
    return marks.slice(0, turns).join('')
  }

  test('are spread evenly, and do not begin', () => {
    expect(kinds(30, 25, 36)).toBe('.......................n...n...n.nnn')
    expect(kinds(10, 50, 16)).toBe('.......n.n.n.nnn')
  })

  test('wait until twice as much was asked as is due', () => {
    expect(kinds(60, 50, 40)).toBe('.'.repeat(40))
    expect(kinds(30, 50, 40).indexOf('n')).toBe(21)
  })

  test('come as soon as nothing is due', () => {
    expect(kinds(0, 0, 3)).toBe('nnn')
    expect(kinds(2, 0, 4)).toBe('..nn')
  })

  test('come in an order that the seed alone gives, however many are left', () => {
    const order = (seed: string, from = pool) => session(choosing({ pool: from, seed })).map(({ question }) => question)
    expect(order('monday')).toEqual(order('monday'))
    expect(order('monday')).not.toEqual(order('friday'))
    expect(order('monday')).not.toEqual(pool)
    const asked = new Set(order('monday').slice(0, 40))
    expect(nextQuestion(choosing({ pool, asked }))?.question).toBe(order('monday')[40])
  })
})

describe('what is left', () => {
  test('counts what is due and what is new, without what was asked', () => {
    const present = [person('ann', rated('q1', 'again'), rated('q2', 'again'), rated('q3', 'easy'))]
    const pool = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6']
    const left = whatIsLeft(choosing({ present, pool, asked: new Set(['q2', 'q6']), now: after(2) }))
    expect(left).toMatchObject({ due: 1, new: 2 })
  })

  test('says when something falls due next: then it is asked, and a moment earlier it is not', () => {
    const present = [person('ann', rated('q1', 'good')), person('bob', rated('q1', 'easy'), rated('q2', 'easy'))]
    const pool = ['q1', 'q2']
    const { due, nextDueAt } = whatIsLeft(choosing({ present, pool }))
    expect(due).toBe(0)
    expect(nextQuestion(choosing({ present, pool, now: nextDueAt ?? 0 }))?.question).toBe('q1')
    expect(nextQuestion(choosing({ present, pool, now: (nextDueAt ?? 0) - 1 }))).toBeNull()
  })

  test('says nothing of a next time where nothing was studied', () => {
    expect(whatIsLeft(choosing({}))).toEqual({ due: 0, new: 3, nextDueAt: null })
  })
})

const seats = ['ann', 'bob', 'eve']

const situations: fc.Arbitrary<Choosing> = fc.record({
  present: fc
    .subarray(seats)
    .chain((there) =>
      fc
        .tuple(...there.map(() => reviewSets))
        .map((sets) => there.map((seat, index) => ({ seat, cards: cardsOf(sets[index] ?? []) }))),
    ),
  pool: fc.shuffledSubarray([...someQuestions, 'bank/new1', 'bank/new2', 'bank/new3']),
  asked: fc.subarray([...someQuestions, 'bank/elsewhere']).map((some) => new Set(some)),
  newPercent: fc.integer({ min: 0, max: 100 }),
  seed: fc.string(),
  now: fc.integer({ min: after(0), max: after(800) }),
  retention: fc.constantFrom(0.7, targetRetention, 0.97),
})

describe('in every situation', () => {
  test('the same question comes, and none that was asked or was not picked', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const next = nextQuestion(situation)
        expect(nextQuestion(structuredClone(situation))).toEqual(next)
        if (!next) return
        expect(situation.pool).toContain(next.question)
        expect(situation.asked).not.toContain(next.question)
      }),
    )
  })

  test('a session asks everything once that is due or new, and nothing else', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const turns = session({ ...situation, asked: new Set() })
        const left = whatIsLeft({ ...situation, asked: new Set() })
        expect(new Set(turns.map(({ question }) => question)).size).toBe(turns.length)
        expect(turns.filter(({ kind }) => kind === 'new')).toHaveLength(left.new)
        expect(turns.filter(({ kind }) => kind === 'forgotten')).toHaveLength(left.due)
      }),
    )
  })

  test('those who forget are there, at least one, and have studied it', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const why = nextQuestion(situation)
        if (why?.why.kind !== 'forgotten') return
        const cards = why.why.seats.map((named) => {
          const one = situation.present.find(({ seat }) => seat === named)
          return one?.cards.get(why.question) as Card
        })
        expect(cards.length).toBeGreaterThan(0)
        const recalls = cards.map((card) => recallOf(card, situation.now + dayMs))
        expect(recalls).toEqual([...recalls].sort((a, b) => a - b))
      }),
    )
  })

  test('what falls due next does so at that very instant', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const now = whatIsLeft({ ...situation, asked: new Set() })
        if (now.nextDueAt === null) return
        const at = (instant: number) => whatIsLeft({ ...situation, asked: new Set(), now: instant }).due
        expect(now.nextDueAt).toBeGreaterThan(situation.now)
        expect(at(now.nextDueAt)).toBeGreaterThan(now.due)
        expect(at(now.nextDueAt - 1)).toBe(now.due)
      }),
    )
  })
})
