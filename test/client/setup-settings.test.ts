import { GroupKey, maxColumns, maxQuestions, maxRounds, RoomSettings, RoundSettings } from '@knopka/shared/contracts'
import { isScoringFit, wayOf, ways } from '@knopka/shared/game'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { longestSeed, newSeed } from '../../client/src/lib/seed.ts'
import { tidy } from '../../client/src/lib/text/tidy.ts'
import { readSetup } from '../../client/src/setup/read-setup.ts'
import { fragmentOf, setupOf, withoutGroup } from '../../client/src/setup/settings-link.ts'
import {
  afterWrongs,
  answerChoices,
  choosingChoices,
  difficulties,
  fewestTeams,
  firstRound,
  firstRoundRules,
  firstSetup,
  firstTeamRules,
  formers,
  longestTitle,
  mostQuestions,
  mostRounds,
  mostTeams,
  newGroup,
  orders,
  pressChoices,
  pressers,
  scorings,
  settings,
  settingsOf,
  standings,
  teamScores,
  typingChoices,
  type RoundSetup,
  type Setup,
} from '../../client/src/setup/settings.ts'
import {
  choicePoints,
  doublesChoices,
  firstBoard,
  inWay,
  usedRules,
  mostColumns,
  mostRows,
  stepChoices,
  withClock,
} from '../../client/src/ui/round-setup.ts'

const first = firstSetup('сова-000000')

const lines = (longest: number) =>
  fc
    .string({ unit: 'grapheme', maxLength: longest })
    .map(tidy)
    .filter((line) => line.length > 0 && line.length <= longest)

const choices = fc.option(
  fc.record({ points: fc.constantFrom(...choicePoints), seconds: fc.constantFrom(...choosingChoices) }).map(withClock),
)

const rounds: fc.Arbitrary<RoundSetup> = fc.record({
  title: fc.option(lines(longestTitle)),
  sections: fc.array(fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme-ascii' })),
  count: fc.integer({ min: 1, max: mostQuestions }),
  order: fc.constantFrom(...orders),
  rules: fc.record({
    pressSeconds: fc.constantFrom(...pressChoices),
    answerSeconds: fc.constantFrom(...answerChoices),
    scoring: fc.constantFrom(...scorings),
    afterWrong: fc.constantFrom(...afterWrongs),
    choices,
    typing: fc.option(
      fc.record({
        kind: fc.constantFrom('text' as const, 'number' as const),
        seconds: fc.constantFrom(...typingChoices),
      }),
    ),
  }),
  board: fc.option(
    fc.record({
      rows: fc.integer({ min: 1, max: mostRows }),
      step: fc.constantFrom(...stepChoices),
      doubles: fc.constantFrom(...doublesChoices),
      final: fc.boolean(),
    }),
  ),
})

const eveningRules = fc.record({
  setting: fc.constantFrom(...settings),
  textOnPhones: fc.boolean(),
  approveNames: fc.boolean(),
  strict: fc.boolean(),
  standings: fc.constantFrom(...standings),
  teams: fc.option(
    fc.record({
      count: fc.integer({ min: fewestTeams, max: mostTeams }),
      formedBy: fc.constantFrom(...formers),
      presses: fc.constantFrom(...pressers),
      score: fc.constantFrom(...teamScores),
    }),
  ),
})

const bare: fc.Arbitrary<Setup> = fc.record({
  bank: fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme-ascii' }),
  rounds: fc.array(rounds, { minLength: 1, maxLength: 4 }),
  seed: lines(longestSeed),
  title: fc.option(lines(longestTitle)),
  fresh: fc.boolean(),
  difficulty: fc.constantFrom(...difficulties),
  rules: eveningRules,
})

const setups = fc
  .tuple(bare, fc.boolean())
  .map(([setup, has]): Setup => (has ? { ...setup, group: newGroup() } : setup))

/** Something that was a set-up before somebody meddled with it. */
const meddled = fc
  .tuple(
    setups,
    fc.dictionary(fc.constantFrom(...Object.keys(first), 'group'), fc.anything()),
    fc.anything(),
    fc.anything(),
  )
  .map(([setup, changes, rule, part]) => ({
    ...setup,
    rules: { ...setup.rules, standings: rule, teams: { ...setup.rules.teams, count: part, presses: rule } },
    rounds: setup.rounds.map((round) => ({
      ...round,
      title: part,
      rules: {
        ...round.rules,
        scoring: rule,
        choices: { points: 'by-time', seconds: part },
        typing: { kind: rule, seconds: part },
      },
      board: { ...round.board, rows: part, step: rule, doubles: part, final: rule },
    })),
    ...changes,
  }))

/** As the server is told it, once each round has what it needs. */
const asRoom = (setup: Setup) => {
  const rounds = setup.rounds.map((round) => ({
    ...round,
    sections: round.sections.length > 0 ? round.sections.slice(0, mostColumns) : ['one'],
  }))
  return { ...settingsOf({ ...setup, rounds }), mode: 'quiz', title: setup.title ?? 'Вечер' }
}

/** What the page kept and linked before there were rounds. */
const formerly = ({ rounds: [round = firstRound], rules, ...evening }: Setup) => {
  const { sections, count, order } = round
  return { ...evening, sections, count, order, rules: { ...rules, ...round.rules } }
}

const onlyRound = (value: unknown, otherwise = first): RoundSetup =>
  readSetup(value, otherwise)?.rounds[0] ?? firstRound

describe('a link to a set-up', () => {
  test('brings the same set-up back', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        expect(setupOf(`#${fragmentOf(setup)}`, first)).toEqual(setup)
      }),
    )
  })

  test('holds nothing that a messenger would break', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        expect(fragmentOf(setup)).toMatch(/^[A-Za-z0-9_-]+$/)
      }),
    )
  })

  test('is no set-up when its end is cut off', () => {
    fc.assert(
      fc.property(setups, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (setup, share) => {
        const fragment = fragmentOf(setup)
        // The last letter may carry no more than padding.
        expect(setupOf(fragment.slice(0, share * (fragment.length - 1)), first)).toBeNull()
      }),
    )
  })

  test('never breaks the page, whatever stands in the address', () => {
    fc.assert(
      fc.property(fc.string(), (fragment) => {
        expect(setupOf(fragment, first)).toBeNull()
      }),
    )
  })
})

describe('a set-up for others', () => {
  test('is the same but for the right to what the group has played', () => {
    fc.assert(
      fc.property(bare, (setup) => {
        const group = newGroup()
        expect(withoutGroup({ ...setup, group })).toEqual(setup)
        expect(
          atob(
            fragmentOf(withoutGroup({ ...setup, group }))
              .replaceAll('-', '+')
              .replaceAll('_', '/'),
          ),
        ).not.toContain(group)
      }),
    )
  })
})

describe('a set-up that is read', () => {
  test('is one that the server takes, whatever was in it', () => {
    fc.assert(
      fc.property(fc.oneof(meddled, fc.anything()), (value) => {
        const setup = readSetup(value, first)
        if (setup) expect(RoomSettings.safeParse(asRoom(setup.bank ? setup : first)).error).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  test('has the usual rules where its own are missing', () => {
    const usual = { ...first, bank: 'b', rounds: [{ ...firstRound, sections: ['s'] }] }
    expect(readSetup({ bank: 'b', sections: ['s'] }, first)).toEqual(usual)
    expect(readSetup({ bank: 'b', rounds: [{ sections: ['s'] }] }, first)).toEqual(usual)
  })

  test('of the time before there were rounds is an evening of one round, with all its rules', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const [round = firstRound] = setup.rounds
        const one = { ...round, title: null, board: null }
        expect(readSetup(formerly(setup), first)).toEqual({ ...setup, rounds: [one] })
      }),
    )
  })

  test('has as many rounds as there may be; what is no round is none', () => {
    const round = { sections: ['s'] }
    const many = readSetup({ bank: 'b', rounds: [null, 5, {}, ...Array.from({ length: 30 }, () => round)] }, first)
    expect(many?.rounds).toHaveLength(mostRounds)
    expect(readSetup({ bank: 'b', rounds: [{}] }, first)).toBeNull()
    expect(readSetup({ bank: 'b', rounds: [] }, first)).toBeNull()
  })

  test('has of a board and of typing what is within bounds, else the usual', () => {
    const read = (part: object) => onlyRound({ bank: 'b', rounds: [{ sections: [], ...part }] })
    expect(read({ board: { rows: 3, step: 10, doubles: 0, final: false } }).board).toEqual({
      rows: 3,
      step: 10,
      doubles: 0,
      final: false,
    })
    expect(read({ board: { rows: 11, step: 3, doubles: 5, final: 1 } }).board).toEqual(firstBoard)
    expect(read({ board: 'yes' }).board).toBeNull()
    expect(read({ rules: { typing: { kind: 'song', seconds: 1 } } }).rules.typing).toEqual({
      kind: 'text',
      seconds: 30,
    })
  })

  test('plays questions with options as the one before did, unless it says how', () => {
    const choicesOf = (choices: unknown) => onlyRound({ bank: 'b', sections: [], rules: { choices } }).rules.choices
    expect(choicesOf(undefined)).toEqual({ points: 'plain', seconds: 20 })
    expect(choicesOf(null)).toBeNull()
    expect(choicesOf({ points: 'penalty', seconds: null })).toEqual({ points: 'penalty', seconds: null })
    expect(choicesOf({ points: 'by-luck', seconds: 7 })).toEqual(firstRoundRules.choices)
  })

  test('never gives points by time without a time', () => {
    const byTime = { points: 'by-time', seconds: null }
    expect(onlyRound({ bank: 'b', sections: [], rules: { choices: byTime } }).rules.choices).toEqual({
      points: 'by-time',
      seconds: 20,
    })
  })

  test('plays in teams as the one before did, unless it says how; what is wrong in it is as usual', () => {
    const teamsOf = (teams: unknown) => readSetup({ bank: 'b', sections: [], rules: { teams } }, first)?.rules.teams
    const own = { count: 30, formedBy: 'host', presses: 'captain', score: 'per-head' }
    expect(teamsOf(undefined)).toBeNull()
    expect(teamsOf(null)).toBeNull()
    expect(teamsOf(own)).toEqual(own)
    expect(teamsOf({})).toEqual(firstTeamRules)
    for (const count of [1, 31, 2.5, '4', null]) expect(teamsOf({ ...own, count })).toEqual({ ...own, count: 4 })
    expect(teamsOf({ ...own, formedBy: 'chance', presses: 'nobody', score: 'most' })).toEqual({
      ...firstTeamRules,
      count: 30,
    })
  })

  test('has a group only where it was given the whole of one, else that of the device', () => {
    const own = newGroup()
    const groupOf = (group: unknown, otherwise = first) =>
      readSetup({ bank: 'b', sections: [], group }, otherwise)?.group
    expect(groupOf(own)).toBe(own)
    for (const broken of [undefined, null, 5, '', own.slice(1), `${own}A`, `${own.slice(1)}/`, [own]]) {
      expect(groupOf(broken)).toBeUndefined()
      expect(groupOf(broken, { ...first, group: own })).toBe(own)
    }
    expect(groupOf(newGroup(), { ...first, group: own })).not.toBe(own)
  })

  test('draws what is new, of any difficulty, unless it says otherwise', () => {
    const read = (more: object) => {
      const setup = readSetup({ bank: 'b', sections: [], ...more }, first)
      return [setup?.fresh, setup?.difficulty]
    }
    expect(read({})).toEqual([true, 'any'])
    expect(read({ fresh: false, difficulty: 'hard' })).toEqual([false, 'hard'])
    expect(read({ fresh: 'no', difficulty: 'impossible' })).toEqual([true, 'any'])
  })

  test('may close a question after a wrong answer', () => {
    const afterWrongOf = (afterWrong: string) =>
      onlyRound({ bank: 'b', sections: [], rules: { afterWrong } }).rules.afterWrong
    expect(afterWrongOf('close')).toBe('close')
    expect(afterWrongOf('explode')).toBe('next-in-queue')
  })

  test('is none without a bank and its sections', () => {
    for (const value of [null, [], {}, 'setup', { bank: 'b' }, { bank: 1, sections: [] }])
      expect(readSetup(value, first)).toBeNull()
  })

  test('knows the room’s own limits', () => {
    expect([mostQuestions, mostRounds, mostColumns]).toEqual([maxQuestions, maxRounds, maxColumns])
    const longest = {
      ...first,
      bank: 'b',
      title: 'ы'.repeat(longestTitle),
      seed: 'x'.repeat(longestSeed),
    }
    expect(RoomSettings.safeParse(asRoom(longest)).success).toBe(true)
    expect(RoomSettings.safeParse(asRoom({ ...longest, title: `${longest.title}ы` })).success).toBe(false)
    expect(RoomSettings.safeParse(asRoom({ ...longest, seed: `${longest.seed}x` })).success).toBe(false)
  })
})

describe('a round as the server is told it', () => {
  test('is played as it is set up, and has no rule that this way of playing has no use for', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const [told] = settingsOf({ ...first, rounds: [round] }).rounds
        const way = wayOf(round)
        expect(ways).toContain(way)
        expect(told?.board ?? null).toEqual(round.board)
        expect(told?.rules.typing ?? null).toEqual(way === 'board' ? null : round.rules.typing)
        expect(told?.rules.choices).toEqual(way === 'buzzer' ? round.rules.choices : null)
        expect(told && isScoringFit(told)).toBe(true)
      }),
    )
  })
})

describe('points of a round', () => {
  test.each([
    ['by-place', 'text'],
    ['by-place', 'number'],
    ['penalty', 'number'],
    ['by-place', 'board'],
  ] as const)('are not counted %s where it is played by %s', (scoring, way) => {
    const round = inWay({ ...firstRound, sections: ['a'] }, way)
    const told = (scoring: RoundSetup['rules']['scoring']) =>
      RoundSettings.safeParse({ ...round, rules: { ...usedRules(round), scoring } }).success
    expect([told('plain'), told(scoring)]).toEqual([true, false])
  })
})

describe('a seed', () => {
  test('can be read out: an animal and six letters or digits', () => {
    for (let n = 0; n < 50; n++) {
      expect(newSeed('ru')).toMatch(/^[а-я]+-[0-9a-hj-km-np-tv-z]{6}$/)
      expect(newSeed('en')).toMatch(/^[a-z]+-[0-9a-hj-km-np-tv-z]{6}$/)
    }
  })

  test('hardly comes twice', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newSeed('ru'))).size).toBe(1000)
  })
})

describe('a group', () => {
  test('has a key that the server takes and that never comes twice', () => {
    const keys = Array.from({ length: 1000 }, newGroup)
    expect(keys.filter((key) => !GroupKey.safeParse(key).success)).toEqual([])
    expect(new Set(keys).size).toBe(1000)
  })
})
