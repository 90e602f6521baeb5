import { textOf, type Turn } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { contendersOf, heirOf, peopleOf, quickestOf, sceneOf, starOf, wrongOf } from '../../client/src/screen/scene.ts'
import {
  answeredBy,
  answerTimedOut,
  asked,
  askedByChoice,
  buzzed,
  choicesMarked,
  floorGiven,
  gameEnded,
  breakBegan,
  breakEnded,
  joined,
  opened,
  openedChoices,
  paused,
  removed,
  revealed,
  roomOpened,
  skipped,
  standingsShown,
  teamPicked,
  teamRenamed,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, noRoom, under, type Fact } from '../support/given.ts'

vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['en'] }))

const inTeams = { teams: { count: 3, formedBy: 'players', presses: 'anyone', score: 'sum' } } as const

const turnOf = (...facts: Parameters<typeof given>) => given(...facts).state.turn as Turn

describe('the scene', () => {
  test('is the lobby until the first question', () => {
    expect(sceneOf(noRoom().state)).toBe('lobby')
    expect(sceneOf(given(roomOpened()).state)).toBe('lobby')
  })

  test('is the question while the host reads, while the buzzers are open, and after nobody took it', () => {
    expect(sceneOf(given(asked()).state)).toBe('question')
    expect(sceneOf(given(asked(), opened()).state)).toBe('question')
    expect(sceneOf(given(asked(), opened(), turnClosed('time-out')).state)).toBe('question')
    expect(sceneOf(given(...skipped()).state)).toBe('question')
  })

  test('is who pressed, from the floor to the right answer, also when their time is up', () => {
    const floor = [asked(), opened(), buzzed('ann'), floorGiven('ann')]
    expect(sceneOf(given(...floor).state)).toBe('pressed')
    expect(sceneOf(given(...floor, answerTimedOut('ann')).state)).toBe('pressed')
    expect(sceneOf(given(...answeredBy('ann')).state)).toBe('pressed')
  })

  test('is the question again when the buzzers are opened anew', () => {
    const facts = [asked(), opened(), buzzed('ann'), floorGiven('ann'), verdictGiven('ann', 'wrong', 0), opened()]
    expect(sceneOf(given(...facts).state)).toBe('question')
  })

  test('is the answer once it is revealed', () => {
    expect(sceneOf(given(...answeredBy('ann'), revealed('Note 1')).state)).toBe('answer')
  })

  test('is the score when the host shows it, until the next question', () => {
    expect(sceneOf(given(...answeredBy('ann'), revealed('Note 1'), standingsShown()).state)).toBe('standings')
    expect(sceneOf(given(...answeredBy('ann'), standingsShown(), asked(2)).state)).toBe('question')
  })

  test('is the options from when everyone may choose, and the question while the host reads it', () => {
    const open = [askedByChoice(), openedChoices()]
    const closed = [...open, turnClosed('answered'), choicesMarked([0], [1, 0, 0], [])]
    expect(sceneOf(given(askedByChoice()).state)).toBe('question')
    expect(sceneOf(given(...open).state)).toBe('choices')
    expect(sceneOf(given(...open, turnClosed('skipped')).state)).toBe('choices')
    expect(sceneOf(given(...closed).state)).toBe('choices')
    expect(sceneOf(given(...closed, revealed('Note 1')).state)).toBe('answer')
    expect(sceneOf(given(...closed, standingsShown()).state)).toBe('standings')
  })

  test('is the podium when the evening is over, whatever stood there', () => {
    expect(sceneOf(given(...answeredBy('ann'), standingsShown(), gameEnded()).state)).toBe('podium')
    expect(sceneOf(given(gameEnded()).state)).toBe('podium')
  })

  test('is the break while there is one, over the score and the answer', () => {
    const facts = [...answeredBy('ann'), revealed('Note 1'), standingsShown(), breakBegan(60_000)]
    expect(sceneOf(given(...facts).state)).toBe('break')
    expect(sceneOf(given(...facts, breakEnded()).state)).toBe('standings')
    expect(sceneOf(given(...facts, gameEnded()).state)).toBe('podium')
  })

  test('stays under a pause', () => {
    expect(sceneOf(given(asked(), opened(), paused()).state)).toBe('question')
  })
})

describe('the star', () => {
  test('is who answers now, without a verdict', () => {
    expect(starOf(turnOf(asked(), opened(), buzzed('bob'), floorGiven('bob')))).toEqual({ seat: 'bob', judged: null })
  })

  test('is who closed the question, with the verdict', () => {
    const star = starOf(turnOf(...answeredBy('bob')))
    expect(star).toMatchObject({ seat: 'bob', judged: { verdict: 'right', points: 1 } })
  })

  test('is nobody where the last one was wrong', () => {
    const facts = [asked(), opened(), buzzed('ann'), verdictGiven('ann', 'wrong', 0), turnClosed('nobody')]
    expect(starOf(turnOf(...facts))).toBeNull()
  })
})

describe('the heir', () => {
  const queue = [asked(), opened(), buzzed('ann'), floorGiven('ann'), buzzed('cat', { scoreMs: 420 })]

  test('is the next in the queue', () => {
    const { state } = given(...queue, buzzed('bob', { scoreMs: 380 }))
    expect(heirOf(state, state.turn as Turn)?.seat).toBe('bob')
  })

  test('is never someone who had an answer', () => {
    const { state } = given(...queue, verdictGiven('ann', 'wrong', 0), floorGiven('cat'))
    expect(heirOf(state, state.turn as Turn)).toBeNull()
  })

  test('is never someone who was removed', () => {
    const { state } = given(...queue, buzzed('bob', { scoreMs: 380 }), removed('bob'))
    expect(heirOf(state, state.turn as Turn)?.seat).toBe('cat')
  })

  test('is of another team than the one that answers, and than those that have answered', () => {
    const seated: Fact[] = [joined('dan'), teamPicked(['ann', 1], ['bob', 1], ['cat', 2], ['dan', 3])]
    const press = (seat: string, team: number, scoreMs: number): Fact => ({ ...buzzed(seat, { scoreMs }), team })
    const presses = [press('ann', 1, 300), press('bob', 1, 310), press('cat', 2, 320), press('dan', 3, 330)]
    const { state } = under(inTeams).given(...seated, asked(), opened(), ...presses, floorGiven('ann'))
    expect(heirOf(state, state.turn as Turn)?.seat).toBe('cat')
    const second = [{ ...verdictGiven('ann', 'wrong', 0), team: 1 }, floorGiven('cat')]
    const later = under(inTeams).given(...seated, asked(), opened(), ...presses, floorGiven('ann'), ...second).state
    expect(heirOf(later, later.turn as Turn)?.seat).toBe('dan')
  })

  test('is nobody where a wrong answer opens the buzzers again', () => {
    const { state } = under({ afterWrong: 'reopen' }).given(...queue)
    expect(heirOf(state, state.turn as Turn)).toBeNull()
  })
})

describe('the quickest', () => {
  const mark = (seat: string, options: number[], afterMs: number, points: number) => ({
    seat,
    options,
    afterMs,
    points,
  })
  const marks = [
    mark('ann', [0], 9000, 7),
    mark('bob', [1], 1000, 0),
    mark('cat', [0], 2000, 10),
    mark('dan', [0], 4000, 9),
    mark('eve', [0], 9500, 6),
  ]
  const closed = [askedByChoice(), openedChoices(), turnClosed('answered'), choicesMarked([0], [4, 1, 0], marks)]
  const quickest = (points: 'plain' | 'by-time', ...facts: Parameters<typeof given>) => {
    const room = under({ choices: { points, seconds: 20 } })
    const { state } = room.given(joined('dan'), joined('eve', { number: 5 }), ...closed, ...facts)
    return quickestOf(state, state.turn as Turn).map(({ seat, points }) => [seat, points])
  }

  test('are the first three of those who were right, with what they earned', () => {
    expect(quickest('by-time')).toEqual([
      ['cat', 10],
      ['dan', 9],
      ['ann', 7],
    ])
  })

  test('are nobody where time earns nothing', () => {
    expect(quickest('plain')).toEqual([])
  })

  test('are those who are still in the game', () => {
    expect(quickest('by-time', removed('cat')).map(([seat]) => seat)).toEqual(['dan', 'ann', 'eve'])
  })
})

test('the text of a question is read wherever it lies', () => {
  expect(textOf(turnOf(asked(1, { onPhones: true })))).toBe('Question 1?')
  expect(textOf(turnOf(asked(1, { onPhones: false })))).toBe('Question 1?')
})

test('whoever was wrong is named, in the order of the answers', () => {
  const facts = [asked(), opened(), buzzed('bob'), buzzed('ann'), verdictGiven('bob', 'wrong', 0)]
  const { state } = given(...facts, verdictGiven('ann', 'wrong', 0), opened())
  const names = peopleOf(state, wrongOf(state.turn as Turn)).map(({ name }) => name)
  expect(names).toEqual(['Bob', 'Ann'])
})

describe('who plays', () => {
  test('is the person, where everyone plays for themselves', () => {
    expect(contendersOf(given().state, ['bob'])).toEqual([{ number: 2, name: 'Bob', person: null }])
  })

  test('is the team, with the person beside it; a team is named once', () => {
    const { state } = under(inTeams).given(teamPicked(['ann', 3], ['bob', 3], ['cat', 1]), teamRenamed(3, 'Owls'))
    expect(contendersOf(state, ['bob', 'cat', 'ann'])).toEqual([
      { number: 3, name: 'Owls', person: 'Bob' },
      { number: 1, name: 'Team A', person: 'Cat' },
    ])
  })

  test('is the person again, who is in no team', () => {
    const { state } = under(inTeams).given()
    expect(contendersOf(state, ['bob'])).toEqual([{ number: 2, name: 'Bob', person: null }])
  })
})
