import { allSections, outline, parseBank, pickRounds, publicBank, questionsIn } from '@knopka/shared/bank'
import type { Bank, Leaning, PublicBank, RoundToPick, Section, Use } from '@knopka/shared/bank'
import { seededRandom, shuffled } from '@knopka/shared/random'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { questionsOf, realBytes, realId, realText, soundBank } from './banks.ts'

const { bank } = parseBank(realId, realBytes)
const sections = allSections(bank.sections)
const inOrder = questionsOf(bank).map(({ id }) => id)
const places = new Map(inOrder.map((id, place) => [id, place]))

const picked = fc.subarray(
  sections.map(({ id }) => id),
  { maxLength: 12 },
)
const settings = fc.record({
  sections: picked,
  count: fc.oneof(fc.nat(60), fc.nat(3000)),
  order: fc.constantFrom('shuffled' as const, 'bank' as const),
  seed: fc.string(),
})

/** The questions of an evening of one round. */
const pickPlan = (bank: Bank, { seed, ...round }: RoundToPick & { seed: string }, leaning: Leaning = {}) =>
  pickRounds(bank, [round], seed, leaning).rounds[0]?.questions ?? []

/** The same with what stands behind them. */
function pickWithSpare(bank: Bank, { seed, ...round }: RoundToPick & { seed: string }, leaning: Leaning = {}) {
  const { rounds, spare } = pickRounds(bank, [round], seed, leaning)
  return [...(rounds[0]?.questions ?? []), ...spare]
}

const sectionCalled = (title: string) => sections.find((section) => section.title === title) as Section
const everything = bank.sections.map(({ id }) => id)

describe('a plan', () => {
  test('is the same for the same settings', () => {
    fc.assert(
      fc.property(settings, (pick) => {
        expect(pickPlan(bank, pick)).toEqual(pickPlan(parseBank(realId, realBytes).bank, structuredClone(pick)))
      }),
      { numRuns: 30 },
    )
  })

  test('holds questions of the picked sections alone, each once, as many as asked for or as there are', () => {
    fc.assert(
      fc.property(settings, (pick) => {
        const plan = pickPlan(bank, pick)
        const titles = sections.filter(({ id }) => pick.sections.includes(id)).map(({ title }) => title)
        const available = questionsIn(bank, pick.sections)
        expect(new Set(plan).size).toBe(plan.length)
        expect(plan.length).toBe(Math.min(pick.count, available.length))
        for (const id of plan) expect(bank.questions.get(id)?.path.some((title) => titles.includes(title))).toBe(true)
        for (const id of plan) expect(available).toContain(id)
      }),
    )
  })

  test('has the order of the file, from its beginning, where that is asked for', () => {
    fc.assert(
      fc.property(settings, (pick) => {
        const plan = pickPlan(bank, { ...pick, order: 'bank' })
        const order = plan.map((id) => places.get(id) as number)
        expect(order).toEqual([...order].sort((a, b) => a - b))
        expect(plan).toEqual(questionsIn(bank, pick.sections).slice(0, pick.count))
      }),
    )
  })

  test('does not ask for the order in which sections were picked', () => {
    fc.assert(
      fc.property(settings, fc.string(), (pick, seed) => {
        const turned = { ...pick, sections: shuffled(pick.sections, seededRandom(seed)) }
        expect(pickPlan(bank, turned)).toEqual(pickPlan(bank, pick))
      }),
    )
  })

  test('differs from seed to seed', () => {
    const plans = Array.from({ length: 200 }, (_, seed) =>
      pickPlan(bank, { sections: everything, count: 10, order: 'shuffled', seed: `seed ${seed}` }).join(),
    )
    expect(new Set(plans).size).toBe(200)
  })

  test('is longer where more is asked for, and begins alike', () => {
    const plan = (count: number) => pickPlan(bank, { sections: everything, count, order: 'shuffled', seed: 'evening' })
    expect(plan(40).slice(0, 25)).toEqual(plan(25))
  })

  test('is empty without sections, of unknown sections, and of empty ones', () => {
    const plan = (ids: string[]) => pickPlan(bank, { sections: ids, count: 25, order: 'shuffled', seed: 'evening' })
    expect(plan([])).toEqual([])
    expect(plan(['nowhere'])).toEqual([])
    expect(plan([sectionCalled('Kubernetes').id])).toEqual([])
  })

  test('holds the commands of the Linux section when their heading is picked', () => {
    const commands = sectionCalled('Команды (ключевые слова/функции)')
    expect(commands.questions).toEqual([])
    const plan = pickPlan(bank, { sections: [commands.id], count: 100, order: 'shuffled', seed: 'evening' })
    expect(plan).toHaveLength(46)
    expect(plan.every((id) => bank.questions.get(id)?.kind === 'term')).toBe(true)
  })
})

describe('a plan that leans', () => {
  const ids = fc.subarray(inOrder)
  const shares = fc.dictionary(fc.constantFrom(...inOrder), fc.record({ asked: fc.nat(9), wrong: fc.nat(9) }))
  const leanings = fc.record({
    played: ids.map((some) => new Set(some)),
    difficulty: fc.constantFrom('any' as const, 'easy' as const, 'hard' as const),
    use: shares.map((shares) => {
      const uses = Object.entries(shares).map(([id, { asked, wrong }]) => [id, useOf(asked, asked - wrong)] as const)
      return new Map(uses)
    }),
  })
  const useOf = (asked: number, right: number): Use => ({ asked, right: Math.max(0, right), ms: 1000 })

  test('is no shorter, holds each question once, and is the same for the same', () => {
    fc.assert(
      fc.property(settings, leanings, (pick, leaning) => {
        const plan = pickPlan(bank, pick, leaning)
        expect(new Set(plan).size).toBe(plan.length)
        expect(plan).toHaveLength(pickPlan(bank, pick).length)
        expect(pickPlan(bank, structuredClone(pick), structuredClone(leaning))).toEqual(plan)
      }),
    )
  })

  test('asks what was not played first, and what was only where all else is in it', () => {
    fc.assert(
      fc.property(settings, leanings, (pick, leaning) => {
        const plan = pickWithSpare(bank, pick, leaning)
        const firstPlayed = plan.findIndex((id) => leaning.played.has(id))
        if (firstPlayed < 0) return
        expect(plan.slice(firstPlayed).every((id) => leaning.played.has(id))).toBe(true)
        const unplayed = questionsIn(bank, pick.sections).filter((id) => !leaning.played.has(id))
        expect(plan.slice(0, firstPlayed).toSorted()).toEqual(unplayed.toSorted())
      }),
    )
  })

  test('has the same order with a reserve behind it, and as if nothing leaned where nothing does', () => {
    fc.assert(
      fc.property(settings, leanings, (pick, leaning) => {
        expect(pickWithSpare(bank, pick, leaning).slice(0, pick.count)).toEqual(pickPlan(bank, pick, leaning))
        expect(pickWithSpare(bank, pick)).toEqual(pickPlan(bank, { ...pick, count: pick.count + 5 }))
      }),
    )
  })

  const pick = { sections: everything, count: 3, order: 'bank' as const, seed: 'evening' }
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = inOrder

  test('takes the easiest or the hardest, the unknown between them, in the order of the evening', () => {
    const use = new Map([
      [first, useOf(12, 3)],
      [second, useOf(4, 4)],
      [fourth, useOf(3, 2)],
      [fifth, useOf(3, 0)],
    ])
    expect(pickPlan(bank, pick, { difficulty: 'easy', use })).toEqual([second, third, fourth])
    expect(pickPlan(bank, pick, { difficulty: 'hard', use })).toEqual([first, third, fifth])
    expect(pickPlan(bank, pick, { difficulty: 'any', use })).toEqual([first, second, third])
    const played = new Set([second, fifth])
    expect(pickPlan(bank, { ...pick, count: 1 }, { difficulty: 'easy', use, played })).toEqual([fourth])
  })

  test('knows nothing of a question that was asked less than three times', () => {
    const use = new Map([
      [first, useOf(2, 0)],
      [second, useOf(3, 1)],
    ])
    expect(pickPlan(bank, { ...pick, count: 1 }, { difficulty: 'hard', use })).toEqual([second])
  })
})

describe('the questions of picked sections', () => {
  test('are all below them, each once, also where a section and one below it are both picked', () => {
    for (const parent of sections) {
      const below = allSections([parent])
      const expected = below.flatMap(({ questions }) => questions)
      expect(questionsIn(bank, [parent.id])).toEqual(expected)
      expect(questionsIn(bank, [...below.map(({ id }) => id), parent.id])).toEqual(expected)
    }
  })

  test('are as many as the outline counts', () => {
    const counts = allSections(outline(bank))
    for (const { id, total } of counts) expect(questionsIn(bank, [id])).toHaveLength(total)
    expect(questionsIn(bank, everything)).toEqual(inOrder)
  })
})

describe('chance', () => {
  test('shuffles into a permutation, and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const before = [...items]
        const after = shuffled(items, seededRandom(seed))
        expect(items).toEqual(before)
        expect([...after].sort((a, b) => a - b)).toEqual([...before].sort((a, b) => a - b))
      }),
    )
  })

  test('gives the same numbers for the same seed, from 0 up to 1', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const [one, other] = [seededRandom(seed), seededRandom(seed)]
        for (let draw = 0; draw < 50; draw++) {
          const number = one()
          expect(number).toBe(other())
          expect(number >= 0 && number < 1).toBe(true)
        }
      }),
    )
  })

  test('gives the numbers it gave yesterday: a seed in a log must lead to the same evening', () => {
    const random = seededRandom('вечер')
    expect([random(), random(), random()]).toEqual([0.14366086083464324, 0.4012853594031185, 0.1112099674064666])
  })

  test('puts every item in every place about equally often', () => {
    const rounds = 6000
    const seen = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      const order = shuffled(['a', 'b', 'c'], seededRandom(`round ${round}`)).join('')
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    // A thousand each; 150 are five standard deviations.
    for (const count of seen.values()) expect(Math.abs(count - rounds / 6)).toBeLessThan(150)
  })
})

describe('what everyone may read', () => {
  const secretNote = 'ONLY-FOR-HOSTS'
  const below = `> ${secretNote}\n- [x] ${secretNote} right\n- [ ] ${secretNote} wrong`
  const noted = soundBank(realText.replace(/^[^#\s].*$/gm, (question) => `${question}\n${below}`))

  test('is a bank that has notes and choices', () => {
    const answered = questionsOf(noted).filter(({ note, choices }) => note === secretNote && choices?.length === 2)
    expect(answered).toHaveLength(1295)
  })

  test('holds neither answers nor choices', () => {
    expect(JSON.stringify(publicBank(noted))).not.toContain(secretNote)
    expect(JSON.stringify(outline(noted))).not.toContain(secretNote)
  })

  test('tells how many choices there are, and not which questions have a note', () => {
    const told = (open: PublicBank) => allSections(open.sections).flatMap(({ questions }) => questions)
    expect(told(publicBank(noted)).filter(({ choices }) => choices === 2)).toHaveLength(1295)
    expect(told(publicBank(noted)).map(({ choices: _, ...question }) => question)).toEqual(told(publicBank(bank)))
    expect(outline(noted)).toEqual(outline(bank))
  })

  test('holds of a question its id, its kind and its text alone', () => {
    const open = publicBank(bank)
    const questions = allSections(open.sections).flatMap((section) => section.questions)
    expect(Object.keys(open).sort()).toEqual(['id', 'language', 'sections', 'title'])
    expect(questions).toHaveLength(1296)
    expect(questions).toEqual(questionsOf(bank).map(({ id, kind, text }) => ({ id, kind, text })))
    expect(questions.every((question) => Object.keys(question).length === 3)).toBe(true)
  })

  test('has the sections of the bank', () => {
    const titles = sections.map(({ id, title }) => [id, title])
    expect(allSections(publicBank(bank).sections).map(({ id, title }) => [id, title])).toEqual(titles)
    expect(allSections(outline(bank)).map(({ id, title }) => [id, title])).toEqual(titles)
  })
})

describe('the rounds of an evening', () => {
  const board = { rows: 5, final: true }
  const round = fc.record({
    sections: fc.subarray(
      sections.map(({ id }) => id),
      { minLength: 1, maxLength: 6 },
    ),
    count: fc.integer({ min: 1, max: 60 }),
    order: fc.constantFrom('shuffled' as const, 'bank' as const),
    board: fc.constantFrom(null, null, board, { rows: 2, final: false }),
  })
  const rounds = fc.array(round, { minLength: 1, maxLength: 4 })
  const asked = fc.subarray(inOrder.slice(0, 200))

  test('ask no question twice, none that was asked, and keep none of them in reserve', () => {
    fc.assert(
      fc.property(rounds, fc.string(), asked, (rounds, seed, asked) => {
        const { rounds: picked, spare } = pickRounds(bank, rounds, seed, {}, { asked, missed: [] })
        const all = [...picked.flatMap(({ questions }) => questions), ...spare]
        expect(new Set(all).size).toBe(all.length)
        expect(all.filter((id) => asked.includes(id))).toEqual([])
        picked.forEach(({ questions }, index) => {
          const own = new Set(questionsIn(bank, rounds[index]?.sections ?? []))
          expect(questions.filter((id) => !own.has(id))).toEqual([])
        })
      }),
    )
  })

  test('are the same for the same seed, and each as if those before it were known', () => {
    fc.assert(
      fc.property(rounds, fc.string(), (rounds, seed) => {
        const whole = pickRounds(bank, rounds, seed)
        expect(pickRounds(bank, structuredClone(rounds), seed)).toEqual(whole)
        const [first, ...others] = whole.rounds
        const past = { asked: first?.questions ?? [], missed: [] }
        expect(pickRounds(bank, rounds.slice(1), seed, {}, past, 2).rounds).toEqual(others)
      }),
    )
  })

  test('fill a board column after column, each from its own section, and a final from what they left', () => {
    fc.assert(
      fc.property(rounds, fc.string(), (rounds, seed) => {
        pickRounds(bank, rounds, seed).rounds.forEach(({ questions, columns, final }, index) => {
          const { board } = rounds[index] ?? {}
          if (!board) return expect(columns).toEqual([])
          const cells = columns.reduce((sum, column) => sum + column.cells, 0)
          expect(questions).toHaveLength(cells + (final ? 1 : 0))
          let next = 0
          for (const { title, cells } of columns) {
            expect(cells).toBeLessThanOrEqual(board.rows)
            for (const id of questions.slice(next, next + cells)) expect(bank.questions.get(id)?.path).toContain(title)
            next += cells
          }
        })
      }),
    )
  })

  test('are made of what was missed, where that is asked for, as many as there are', () => {
    const missed = inOrder.slice(10, 14)
    const again: RoundToPick = { sections: [], count: 40, order: 'bank', missed: true }
    const { rounds } = pickRounds(bank, [again], 'seed', {}, { asked: inOrder.slice(0, 20), missed })
    expect(rounds[0]?.questions).toEqual(missed)
  })
})
