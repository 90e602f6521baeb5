import { parseBank, publicBank } from '@knopka/shared/bank'
import { wayOf, ways } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { pickedFrom, tickOf } from '../../client/src/ui/picked.ts'
import { moved, roughMinutes, secondsOf } from '../../client/src/setup/rounds.ts'
import { columnsOf, drawn, faultOf, inWay, ticked, tickIn, roundAfter } from '../../client/src/ui/round-setup.ts'
import { readSaved, withSaved } from '../../client/src/setup/saved.ts'
import { firstRound, firstSetup, newGroup, settingsOf, type RoundSetup } from '../../client/src/setup/settings.ts'
import { mostColumns } from '../../client/src/ui/round-setup.ts'
import { treeOf } from '../../client/src/ui/tree.ts'
import { drawAll } from '../../server/src/drawing.ts'

const section = (title: string, questions: number) => [
  `## ${title}`,
  ...Array.from({ length: questions }, (_, index) => `${title} ${index + 1}?`),
]
const sizes = { One: 6, Two: 5, Three: 1, Four: 2, Five: 2, Six: 2, Seven: 2, Eight: 2, Nine: 2 }
const lines = ['# Bank', ...Object.entries(sizes).flatMap(([title, size]) => section(title, size)), '### Below', 'Low?']
const { bank } = parseBank('bank', new TextEncoder().encode(lines.join('\n\n')))
const tree = treeOf(publicBank(bank))
const called = (title: string) => {
  const found = tree.all.find((one) => one.title === title)
  if (!found) throw new Error(`No section ${title}`)
  return found
}
const ids = (...titles: string[]) => titles.map((title) => called(title).id)
const plain = (titles: string[], count = 40): RoundSetup => ({ ...firstRound, sections: ids(...titles), count })
const board = (titles: string[]): RoundSetup => inWay(plain(titles), 'board')
const of = (...rounds: RoundSetup[]) => ({ ...firstSetup('seed'), bank: 'bank', rounds })
const faults = (...rounds: RoundSetup[]) => {
  const picked = drawn(tree, of(...rounds), {})
  return rounds.map((round, index) =>
    faultOf(tree, round, picked[index] ?? { questions: [], columns: [], final: false }),
  )
}

describe('the rounds of an evening', () => {
  test('ask what the server draws for them, and nothing twice', () => {
    const setup = of(plain(['One', 'Two'], 4), board(['One', 'Two', 'Three']), plain(['One', 'Four']))
    const here = drawn(tree, setup, {})
    const { rounds, plan } = drawAll(bank, settingsOf(setup).rounds, setup.seed, {})
    expect(here.map(({ questions }) => questions.length)).toEqual(rounds.map(({ count }) => count))
    const asked = here.flatMap(({ questions }) => questions)
    expect(plan.slice(0, asked.length)).toEqual(asked)
    expect(new Set(asked).size).toBe(asked.length)
  })

  test('can change places, and end up where they were', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(moved(['a', 'b', 'c'], 0, 2), 2, 0)).toEqual(['a', 'b', 'c'])
  })

  test('begin with the rules of the one before, without its sections and its name', () => {
    const before = { ...inWay(plain(['One']), 'text'), title: 'Warm-up' }
    expect(roundAfter(before)).toMatchObject({ title: null, sections: [], board: null, rules: { typing: null } })
    expect(roundAfter(before).rules.pressSeconds).toBe(before.rules.pressSeconds)
  })

  test('are played the way that was chosen, and a board costs points until it is none any more', () => {
    for (const from of ways) for (const to of ways) expect(wayOf(inWay(inWay(firstRound, from), to))).toBe(to)
    expect(board(['One']).rules.scoring).toBe('penalty')
    expect(inWay(board(['One']), 'buzzer').rules.scoring).toBe('plain')
    expect(inWay(board(['One']), 'board')).toEqual(board(['One']))
  })
})

describe('why a round cannot be played', () => {
  test('nothing is ticked, or the rounds before it ask all of it', () => {
    expect(faults(plain(['One']), plain([]), plain(['One']), plain(['Two']))).toEqual([
      null,
      { code: 'no-sections' },
      { code: 'none-left' },
      null,
    ])
  })

  test('a board has more columns than can be read, or one without a question', () => {
    const all = Object.keys(sizes)
    expect(faults(board(all))).toEqual([{ code: 'too-many-columns', columns: 9 }])
    expect(faults(board(all.slice(0, mostColumns)))).toEqual([null])
    expect(faults(plain(['Two']), board(['One', 'Two', 'Three']))).toEqual([
      null,
      { code: 'empty-column', title: 'Two' },
    ])
  })
})

describe('the columns of a board', () => {
  test('stand as they were ticked, and say how many questions each has left', () => {
    const round = board(['Three', 'One', 'Two'])
    const [picked = { questions: [], columns: [], final: false }] = drawn(tree, of(round), {})
    const columns = columnsOf(tree, round, picked)
    expect(columns.map(({ section, cells }) => [section.title, cells])).toEqual([
      ['Three', 1],
      ['One', 5],
      ['Two', 5],
    ])
    expect(picked.final).toBe(true)
  })

  test('come last when they are ticked and go when they are ticked again, up to as many as there is room for', () => {
    const round = board(['Two'])
    expect(ticked(tree, round, called('One'))).toEqual(ids('Two', 'One'))
    expect(ticked(tree, round, called('Two'))).toEqual([])
    const full = board(Object.keys(sizes).slice(0, mostColumns))
    expect(ticked(tree, full, called('Nine'))).toBeNull()
    expect(ticked(tree, full, called('One'))).toHaveLength(mostColumns - 1)
  })

  test('never hold each other’s questions', () => {
    expect(ticked(tree, board(['Nine', 'One']), called('Below'))).toEqual(ids('One', 'Below'))
    expect(ticked(tree, board(['Below', 'One']), called('Nine'))).toEqual(ids('One', 'Nine'))
  })

  test('are no more than what is ticked: a heading above them is none itself', () => {
    const round = board(['Below'])
    const { picked } = pickedFrom(tree, round.sections)
    expect(tickIn(round, called('Below'), tickOf(picked, called('Below')))).toBe('all')
    expect(tickIn(round, called('Nine'), 'all')).toBe('some')
    expect(tickIn(inWay(round, 'buzzer'), called('Nine'), 'all')).toBe('all')
  })
})

describe('how long it takes', () => {
  test('grows with the questions, and is said as roughly as it is known', () => {
    const seconds = (round: RoundSetup) =>
      secondsOf(round, { questions: Array<string>(10).fill(''), columns: [], final: false })
    expect(seconds(firstRound)).toBe(600)
    expect(seconds(inWay(firstRound, 'board'))).toBe(700)
    expect(seconds(inWay(firstRound, 'text'))).toBe(700)
    expect([1, 100, 600, 700, 2500].map(roughMinutes)).toEqual([1, 2, 10, 10, 40])
  })
})

describe('set-ups that are saved', () => {
  const first = firstSetup('seed')
  const setup = of(plain(['One']))

  test('are the newest first, one for each name, and never hold the right to what a group has played', () => {
    const own = withSaved([], { name: 'Quick', setup: { ...setup, group: newGroup() } }) ?? []
    const both = withSaved(own, { name: 'Long', setup }) ?? []
    const again = withSaved(both, { name: 'Quick', setup }) ?? []
    expect([own, both, again].map((saved) => saved.map(({ name }) => name))).toEqual([
      ['Quick'],
      ['Long', 'Quick'],
      ['Quick', 'Long'],
    ])
    expect(own).toEqual([{ name: 'Quick', setup }])
    expect(readSaved(JSON.parse(JSON.stringify(again)), first)).toEqual(again)
  })

  test('are no more than there is room for, and what is none is left out', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ name: `${index}`, setup }))
    expect(withSaved(many, { name: 'new', setup })).toBeNull()
    expect(withSaved(many, { name: '7', setup })).toHaveLength(30)
    expect(
      readSaved([null, 5, {}, { name: '', setup }, { name: 'x', setup: {} }, { name: 'y', setup }], first),
    ).toEqual([{ name: 'y', setup }])
    expect(readSaved('nothing', first)).toEqual([])
  })
})
