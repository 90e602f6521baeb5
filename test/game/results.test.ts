import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { completed, resultsOf, verdictOnChoice, type Draft, type Mark, type RoomState } from '@knopka/shared/game'
import { closeAnswers, markChoices } from '../support/commands.ts'
import { evenings } from '../support/evenings.ts'
import {
  answeredBy,
  asked,
  askedByChoice,
  buzzed,
  choicesMarked,
  chosen,
  floorGiven,
  gameEnded,
  joined,
  opened,
  openedChoices,
  protestRuled,
  protested,
  removed,
  roomOpened,
  scoreCorrected,
  skipped,
  teamPicked,
  teamRenamed,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { at, given, under, type Fact } from '../support/given.ts'

// A busy machine takes its time over so many evenings.
vi.setConfig({ testTimeout: 120_000 })

const resultsAfter = (...facts: Fact[]) => resultsOf(given(...facts).state)
const awardsAfter = (...facts: Fact[]) => resultsAfter(...facts).awards

const answered = (seat: string, turn: number, scoreMs: number): Draft[] =>
  answeredBy(seat, turn).map((fact) => (fact.type === 'buzzed' ? buzzed(seat, { turn, scoreMs }) : fact))

const wrong = (seat: string, turn: number): Draft[] => [
  asked(turn),
  opened({ turn }),
  buzzed(seat, { turn }),
  floorGiven(seat, { turn }),
  verdictGiven(seat, 'wrong', 0, turn),
  turnClosed('nobody', turn),
]

/** Where options of a question stand, as a room shows them: the right ones, and one that is not. */
const shown = (turn: number, multiple = false) => {
  const { choices = [] } = askedByChoice(turn, multiple).secret
  const right = choices.flatMap((choice, option) => (choice.right ? [option] : []))
  return { right, wrong: [choices.findIndex((choice) => !choice.right)] }
}

/** A whole question that these seats answered by choosing, in this order, 2 s after they saw it. */
function answeredByChoice(turn: number, answers: Record<string, 'right' | 'wrong'>): Fact[] {
  const marks = Object.entries(answers).map(([seat, verdict]): Mark => ({
    seat,
    options: shown(turn)[verdict],
    afterMs: 2000,
    points: verdict === 'right' ? 1 : 0,
  }))
  return [
    askedByChoice(turn),
    openedChoices({ turn }),
    ...marks.map(({ seat, options }) => chosen(seat, options, 2000, turn)),
    turnClosed('answered', turn),
    choicesMarked(shown(turn).right, spreadOf(marks), marks, turn),
  ]
}

const spreadOf = (marks: Mark[]) =>
  [0, 1, 2].map((option) => marks.filter(({ options }) => options.includes(option)).length)

/** The question is taken back: nothing is right after all. */
const takenBack = (turn: number, answers: Record<string, 'right' | 'wrong'>): Fact[] => {
  const marks = Object.keys(answers).map((seat): Mark => ({
    seat,
    options: shown(turn).wrong,
    afterMs: 2000,
    points: 0,
  }))
  return [...answeredByChoice(turn, answers), choicesMarked([], spreadOf(marks), marks, turn)]
}

describe('results', () => {
  test('tell what the evening was and when it ended', () => {
    expect(resultsAfter(at(90_000, gameEnded()))).toMatchObject({ mode: 'quiz', title: 'Friday', endedAt: 90_000 })
  })

  test('hold every question in order, with its text, its note and who pressed', () => {
    const { questions } = resultsAfter(...answeredBy('ann', 1), ...skipped(2), gameEnded())
    expect(questions).toMatchObject([
      { turn: 1, text: 'Question 1?', note: 'Note 1', presses: [{ seat: 'ann' }], closed: 'answered' },
      { turn: 2, text: 'Question 2?', note: 'Note 2', presses: [], closed: 'skipped' },
    ])
  })

  test('hold the text where phones showed it, and no note where there is none', () => {
    const { state } = under({ textOnPhones: true }).given(asked(1, { onPhones: true, note: null }))
    expect(resultsOf(state).questions).toMatchObject([{ text: 'Question 1?', note: null }])
  })

  test('hold the presses in the order of the rules', () => {
    const { questions } = resultsAfter(
      asked(),
      opened(),
      buzzed('bob', { scoreMs: 400 }),
      buzzed('ann', { scoreMs: 200 }),
    )
    expect(questions[0]?.presses.map(({ seat }) => seat)).toEqual(['ann', 'bob'])
  })

  test('hold the standings and the corrections by hand', () => {
    const results = resultsAfter(...answeredBy('ann'), at(7000, scoreCorrected('bob', 2, 'Luck')), gameEnded())
    expect(results.standings.map(({ seat, score }) => [seat, score])).toEqual([
      ['bob', 2],
      ['ann', 1],
      ['cat', 0],
    ])
    expect(results.corrections).toEqual([{ seat: 'bob', points: 2, reason: 'Luck', at: 7000 }])
  })

  test('of an evening that never began are empty', () => {
    expect(resultsAfter(roomOpened(), gameEnded())).toMatchObject({
      standings: [],
      questions: [],
      awards: { fastest: null, streak: null, comeback: null },
    })
  })
})

describe('results of a question that everyone answered by choosing', () => {
  const texts = (askedByChoice().secret.choices ?? []).map(({ text }) => text)
  const [right, wrong] = [shown(1).right[0] as number, shown(1).wrong[0] as number]
  const choicesAfter = (...facts: Fact[]) => resultsAfter(...facts).questions[0]?.choices
  const isRight = (...options: number[]) => texts.map((text, option) => ({ text, right: options.includes(option) }))

  test('hold its options as they were shown, what was right, how often each was chosen and by whom', () => {
    const choices = choicesAfter(...answeredByChoice(1, { ann: 'wrong', bob: 'right', cat: 'right' }))
    const counts = [0, 1, 2].map((option) => (option === right ? 2 : option === wrong ? 1 : 0))
    expect(choices?.options).toEqual(isRight(right).map((option, index) => ({ ...option, count: counts[index] })))
    expect(choices?.marks).toEqual([
      { seat: 'ann', options: [wrong], afterMs: 2000, points: 0 },
      { seat: 'bob', options: [right], afterMs: 2000, points: 1 },
      { seat: 'cat', options: [right], afterMs: 2000, points: 1 },
    ])
  })

  test('take for right what was marked last, whatever the bank says', () => {
    const room = under({ choices: { points: 'plain', seconds: null } })
      .given(askedByChoice(), openedChoices(), chosen('ann', [wrong]), chosen('bob', [right]))
      .when(closeAnswers())
      .and()
    const marked = (...options: number[]) =>
      resultsOf(room.when(markChoices(options)).and().state).questions[0]?.choices
    expect(marked(wrong)).toMatchObject({
      options: isRight(wrong),
      marks: [
        { seat: 'ann', points: 1 },
        { seat: 'bob', points: 0 },
      ],
    })
    expect(marked()).toMatchObject({ options: isRight(), marks: [{ points: 0 }, { points: 0 }] })
  })

  test('hold no marks where it was skipped, and what the bank says is right', () => {
    const opened = [askedByChoice(), openedChoices(), chosen('ann', [wrong]), turnClosed('skipped')]
    for (const facts of [opened, [askedByChoice(), turnClosed('skipped')]]) {
      expect(choicesAfter(...facts)).toEqual({
        options: isRight(right).map((option) => ({ ...option, count: 0 })),
        marks: [],
      })
    }
  })

  test('are not there for a question by the buzzer, nor for one of a log that knew of no others', () => {
    expect(choicesAfter(...answeredBy('ann'))).toBeNull()
    const { state } = given(...answeredBy('ann'))
    const { choosing, ...turn } = state.turn as NonNullable<RoomState['turn']>
    expect(choosing).toBeNull()
    expect(resultsOf({ ...state, turn: turn as NonNullable<RoomState['turn']> })).toEqual(resultsOf(state))
  })

  test('say of each choice whether it was right, unless it counts for nothing', () => {
    const verdictsAfter = (facts: Fact[]) => {
      const choices = choicesAfter(...facts)
      return choices?.marks.map((mark) => verdictOnChoice(choices, mark))
    }
    expect(verdictsAfter(answeredByChoice(1, { ann: 'right', bob: 'wrong' }))).toEqual(['right', 'wrong'])
    expect(verdictsAfter(takenBack(1, { ann: 'right', bob: 'wrong' }))).toEqual([null, null])
  })
})

describe('results of an evening of teams', () => {
  const teams = { count: 3, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
  const playing = (...facts: Fact[]) =>
    under({ teams }).given(teamPicked(['ann', 1], ['bob', 2], ['cat', 2]), teamRenamed(2, 'Owls'), ...facts).state

  test('hold the teams, best first, with their people and points', () => {
    const { teams, standings } = resultsOf(
      playing(...answeredBy('ann', 1), ...answeredBy('bob', 2), ...answeredBy('cat', 3)),
    )
    expect(teams.map(({ number, name, size, score, place }) => [number, name, size, score, place])).toEqual([
      [2, 'Owls', 2, 2, 1],
      [1, null, 1, 1, 2],
      [3, null, 0, 0, 3],
    ])
    expect(standings.map(({ seat, team, score }) => [seat, team, score])).toEqual([
      ['ann', 1, 1],
      ['bob', 2, 1],
      ['cat', 2, 1],
    ])
  })

  test('have awards for people', () => {
    expect(resultsOf(playing(...answeredBy('cat', 1))).awards.fastest?.seat).toBe('cat')
  })

  test('hold none where everyone plays for themselves', () => {
    expect(resultsAfter(...answeredBy('ann')).teams).toEqual([])
  })
})

describe('results of a practice question', () => {
  const practice = (facts: Fact[]): Fact[] =>
    facts.map((fact) => (fact.type === 'questionAsked' ? { ...fact, practice: true } : fact))

  test('are marked, and its points are nobody’s', () => {
    const { questions, standings } = resultsAfter(...practice(answeredBy('ann', 1)), ...answeredBy('bob', 2))
    expect(questions.map(({ practice }) => practice)).toEqual([true, undefined])
    expect(standings.map(({ seat, score }) => [seat, score])).toEqual([
      ['bob', 1],
      ['ann', 0],
      ['cat', 0],
    ])
  })

  test('win no award', () => {
    expect(awardsAfter(...practice(answered('ann', 1, 100)), ...answered('bob', 2, 300)).fastest?.seat).toBe('bob')
    const row = [...answeredBy('ann', 1), ...practice(answeredBy('ann', 2))]
    expect(awardsAfter(...row).streak).toBeNull()
    expect(awardsAfter(...row, ...practice(wrong('ann', 3)), ...answeredBy('ann', 4)).streak?.length).toBe(2)
    const fallen = [...practice(answeredBy('ann', 1)), ...answeredBy('bob', 2)]
    expect(awardsAfter(...fallen).comeback).toBeNull()
  })
})

describe('results hold protests', () => {
  test('with who protested and what came of it', () => {
    const facts = [...answeredBy('ann', 1), at(5000, protested('bob')), protested('cat'), protestRuled('bob', true)]
    expect(resultsAfter(...facts).protests).toEqual([
      { turn: 1, seat: 'bob', at: 5000, upheld: true },
      { turn: 1, seat: 'cat', at: 0, upheld: null },
    ])
  })
})

test('results that were kept before there were teams and protests have none', () => {
  const results = resultsAfter(...answeredBy('ann'))
  const { teams: _teams, protests: _protests, ...old } = results
  expect(completed(old)).toEqual(results)
  expect(
    completed({ ...old, teams: [], protests: [{ turn: 1, seat: 'ann', at: 0, upheld: null }] }).protests,
  ).toHaveLength(1)
})

describe('the fastest finger', () => {
  test('is the quickest press that was answered right', () => {
    const { fastest } = awardsAfter(...answered('ann', 1, 400), ...answered('bob', 2, 300), ...answered('cat', 3, 500))
    expect(fastest).toEqual({ seat: 'bob', scoreMs: 300 })
  })

  test('is not a quicker press that was answered wrong', () => {
    expect(awardsAfter(...answered('ann', 1, 400), ...wrong('bob', 2)).fastest).toEqual({ seat: 'ann', scoreMs: 400 })
  })

  test('is not a press after the buzzers opened once more, which can be foreseen', () => {
    const { fastest } = awardsAfter(
      ...[asked(), opened(), buzzed('ann'), floorGiven('ann'), verdictGiven('ann', 'wrong', 0)],
      ...[opened(), buzzed('bob', { scoreMs: 20 }), floorGiven('bob'), verdictGiven('bob', 'right', 1)],
      ...[turnClosed('answered'), ...answered('cat', 2, 400)],
    )
    expect(fastest).toEqual({ seat: 'cat', scoreMs: 400 })
  })

  test('is a matter of the buzzer: no choice is a press', () => {
    expect(awardsAfter(...answeredByChoice(1, { bob: 'right' })).fastest).toBeNull()
    const facts = [...answered('ann', 1, 4000), ...answeredByChoice(2, { bob: 'right' })]
    expect(awardsAfter(...facts).fastest).toEqual({ seat: 'ann', scoreMs: 4000 })
  })

  test('is nobody where nobody was right', () => {
    expect(awardsAfter(...wrong('bob', 1)).fastest).toBeNull()
  })
})

describe('the longest streak', () => {
  test('counts right answers in a row, whatever others did between', () => {
    const { streak } = awardsAfter(
      ...answeredBy('ann', 1),
      ...answeredBy('bob', 2),
      ...skipped(3),
      ...answeredBy('ann', 4),
    )
    expect(streak).toEqual({ seat: 'ann', length: 2 })
  })

  test('is broken by a wrong answer', () => {
    const facts = [...answeredBy('ann', 1), ...wrong('ann', 2), ...answeredBy('ann', 3)]
    expect(awardsAfter(...facts).streak).toBeNull()
  })

  test('counts right choices as right answers, and goes on with spoken ones', () => {
    const facts = [...answeredByChoice(1, { ann: 'right', bob: 'right' }), ...answeredBy('ann', 2)]
    const { streak } = awardsAfter(...facts, ...answeredByChoice(3, { bob: 'wrong', ann: 'right' }))
    expect(streak).toEqual({ seat: 'ann', length: 3 })
  })

  test('is broken by a wrong choice', () => {
    const facts = [...answeredBy('ann', 1), ...answeredByChoice(2, { ann: 'wrong' }), ...answeredBy('ann', 3)]
    expect(awardsAfter(...facts).streak).toBeNull()
  })

  test('is neither longer nor broken where one did not choose', () => {
    const between = answeredByChoice(2, { bob: 'right' })
    const facts = [...answeredByChoice(1, { ann: 'right' }), ...between, ...answeredByChoice(3, { ann: 'right' })]
    expect(awardsAfter(...facts).streak).toEqual({ seat: 'ann', length: 2 })
  })

  test('is neither longer nor broken by a question that counts for nothing', () => {
    const facts = [...answeredBy('ann', 1), ...takenBack(2, { ann: 'right' }), ...answeredBy('ann', 3)]
    expect(awardsAfter(...facts).streak).toEqual({ seat: 'ann', length: 2 })
  })

  test('is neither longer nor broken by a question that was skipped after some had chosen', () => {
    const between = [
      askedByChoice(2),
      openedChoices({ turn: 2 }),
      chosen('ann', [0], 2000, 2),
      turnClosed('skipped', 2),
    ]
    const facts = [...answeredBy('ann', 1), ...between, ...answeredBy('ann', 3)]
    expect(awardsAfter(...facts).streak).toEqual({ seat: 'ann', length: 2 })
  })

  test('goes by what was marked last', () => {
    const [first, second] = [answeredByChoice(1, { ann: 'right' }), answeredByChoice(2, { ann: 'wrong' })]
    const { wrong } = shown(2)
    const marks: Mark[] = [{ seat: 'ann', options: wrong, afterMs: 2000, points: 1 }]
    const { streak } = awardsAfter(...first, ...second, choicesMarked(wrong, spreadOf(marks), marks, 2))
    expect(streak).toEqual({ seat: 'ann', length: 2 })
  })

  test('is more than one', () => {
    expect(awardsAfter(...answeredBy('ann')).streak).toBeNull()
  })
})

describe('the comeback', () => {
  test('is the longest way up from the lowest place after any question', () => {
    const { comeback } = awardsAfter(...answeredBy('ann', 1), ...answeredBy('ann', 2), ...threeOf('bob'))
    expect(comeback).toEqual({ seat: 'bob', places: 1 })
  })

  test('is nobody where the first led from the beginning', () => {
    expect(awardsAfter(...answeredBy('ann', 1), ...answeredBy('ann', 2)).comeback).toBeNull()
  })

  test('is not for those who were removed', () => {
    expect(awardsAfter(...answeredBy('ann', 1), ...threeOf('bob'), removed('bob')).comeback).toBeNull()
  })

  test('takes chosen answers into account, those in the end and those between', () => {
    const rise = [2, 3].flatMap((turn) => answeredByChoice(turn, { bob: 'right', ann: 'wrong' }))
    expect(awardsAfter(...answeredBy('ann', 1), ...rise).comeback).toEqual({ seat: 'bob', places: 1 })
    expect(awardsAfter(...answeredByChoice(1, { ann: 'right' }), ...threeOf('bob')).comeback).toEqual({
      seat: 'bob',
      places: 1,
    })
  })

  test('counts places of all who were there at the end', () => {
    const room = [roomOpened(), joined('ann'), joined('bob'), joined('cat'), joined('dan')]
    const facts = [
      ...room,
      ...answeredBy('ann', 1),
      ...answeredBy('bob', 2),
      ...answeredBy('cat', 3),
      ...threeOf('dan'),
    ]
    expect(awardsAfter(...facts).comeback).toEqual({ seat: 'dan', places: 3 })
  })
})

function threeOf(seat: string): Draft[] {
  return [11, 12, 13].flatMap((turn) => answeredBy(seat, turn))
}

describe('whatever happens in an evening', () => {
  test('the points of everyone in the results are those of their questions, and of the corrections by hand', () => {
    fc.assert(
      fc.property(evenings, ({ states }) => {
        const { standings, questions, corrections } = resultsOf(states.at(-1) as RoomState)
        const gains = [
          ...questions.flatMap(({ practice, verdicts, choices, typing }) =>
            practice ? [] : [...verdicts, ...(choices?.marks ?? []), ...(typing?.answers ?? [])],
          ),
          ...corrections.filter(({ team }) => team === undefined),
        ]
        for (const { seat, score } of standings) {
          const own = gains.filter((gain) => gain.seat === seat)
          expect(own.reduce((sum, { points }) => sum + points, 0)).toBe(score)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('every choice of a marked question is counted once, among the options that it names', () => {
    const seen = { right: 0, wrong: 0, nothing: 0 }
    fc.assert(
      fc.property(evenings, ({ states }) => {
        const played = resultsOf(states.at(-1) as RoomState).questions.flatMap(({ choices }) => choices ?? [])
        for (const choices of played) {
          const spread = choices.options.map(
            (_, option) => choices.marks.filter(({ options }) => options.includes(option)).length,
          )
          expect(choices.options.map(({ count }) => count)).toEqual(spread)
          for (const mark of choices.marks) seen[verdictOnChoice(choices, mark) ?? 'nothing']++
        }
      }),
      { numRuns: 500, seed: 1 },
    )
    expect(Object.values(seen).every((times) => times > 0)).toBe(true)
  })
})
