import { describe, expect, test } from 'vitest'
import {
  buttonFace,
  mineOf,
  minesOf,
  nextInQueue,
  queueOf,
  teamStandingsOf,
  tiedForFirst,
  viewOf,
  whyNotBuzz,
  whyNotPick,
  type Mine,
  type RoomState,
  type Rules,
  type Turn,
} from '@knopka/shared/game'
import { ask, buzz, byHost, byPlayer, judge, moveTo, openBuzzers, pickTeam, undo } from '../support/commands.ts'
import {
  asked,
  buzzed,
  captainNamed,
  floorGiven,
  joined,
  opened,
  removed,
  roomOpened,
  scoreCorrected,
  skipped,
  teamPicked,
  teamRenamed,
  teamScoreCorrected,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, play, under, type Fact } from '../support/given.ts'

const teams = { count: 3, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
const rules = (change: Partial<NonNullable<Rules['teams']>> = {}): Partial<Rules> => ({
  teams: { ...teams, ...change },
})

/** Ann and Bob against Cat; Dan came later and is in none. */
const seated: Fact[] = [joined('dan'), teamPicked(['ann', 1], ['bob', 1], ['cat', 2])]
const playing = (...facts: Fact[]) => under(rules()).given(...seated, ...facts)
const captains = (...facts: Fact[]) => under(rules({ presses: 'captain' })).given(...seated, ...facts)
const open = [asked(), opened()]
const own = (state: RoomState, seat: string) => mineOf(state, 1, seat) as Mine

describe('a team', () => {
  test('is picked by whoever joins it, and left again, while the evening has not begun', () => {
    under(rules())
      .given()
      .when(pickTeam('ann', 2))
      .then(teamPicked(['ann', 2]))
    playing()
      .when(pickTeam('ann', 2))
      .then(teamPicked(['ann', 2]))
    playing()
      .when(pickTeam('ann', null))
      .then(teamPicked(['ann', null]))
    playing().when(pickTeam('ann', 1)).thenNothing()
  })

  test('is set once the game is on, but for those who come late', () => {
    playing(asked()).when(pickTeam('ann', 2)).refused('teams-set')
    playing(asked())
      .when(pickTeam('dan', 2))
      .then(teamPicked(['dan', 2]))
    playing(...skipped())
      .when(moveTo('ann', 2))
      .then(teamPicked(['ann', 2]))
  })

  test('is not left while a question is on, also by the host’s hand: who is out of it would be in again', () => {
    for (const team of [2, null]) playing(asked()).when(moveTo('ann', team)).refused('turn-open')
    playing(asked())
      .when(moveTo('dan', 2))
      .then(teamPicked(['dan', 2]))
  })

  test('is the host’s to form, where the rules say so', () => {
    const room = under(rules({ formedBy: 'host' })).given()
    room.when(pickTeam('ann', 1)).refused('teams-set')
    room.when(moveTo('ann', 1)).then(teamPicked(['ann', 1]))
  })

  test('is not picked for others, nor by those who are out, nor where there is none', () => {
    playing()
      .when(byPlayer('ann', { type: 'pickTeam', seat: 'bob', team: 2 }))
      .refused('not-yours')
    playing(removed('ann')).when(pickTeam('ann', 2)).refused('removed')
    playing().when(pickTeam('eve', 2)).refused('no-seat')
    playing().when(pickTeam('dan', 4)).refused('no-such-team')
    under({}).given().when(pickTeam('ann', 1)).refused('no-teams')
  })

  test('gets those who are in none, the smallest first', () => {
    under(rules())
      .given(joined('dan'), teamPicked(['ann', 1]))
      .when(byHost({ type: 'dealTeams' }))
      .then(teamPicked(['bob', 2], ['cat', 3], ['dan', 1]))
    under(rules())
      .given(teamPicked(['ann', 1], ['bob', 1], ['cat', 1]))
      .when(byHost({ type: 'dealTeams' }))
      .thenNothing()
  })

  test('has a name of its own that its members may give it before the game, and a host at any time', () => {
    const name = (say: typeof byHost, team = 1) => say({ type: 'renameTeam', team, name: 'Ёжики' })
    const byAnn = (unspoken: Parameters<typeof byHost>[0]) => byPlayer('ann', unspoken)
    playing().when(name(byAnn)).then(teamRenamed(1, 'Ёжики'))
    playing().when(name(byAnn, 2)).refused('not-yours')
    playing(asked()).when(name(byAnn)).refused('teams-set')
    playing(asked()).when(name(byHost)).then(teamRenamed(1, 'Ёжики'))
    playing(teamRenamed(2, 'ежики')).when(name(byHost)).refused('name-taken')
    playing().when(name(byHost, 9)).refused('no-such-team')
  })

  test('takes in another one, points and all, which is then no more', () => {
    const { state } = playing(scoreCorrected('ann', 2, 'x'), scoreCorrected('cat', 3, 'x'))
      .when(byHost({ type: 'mergeTeams', from: 2, into: 1 }))
      .and()
    expect(teamStandingsOf(state).map(({ number, size, score }) => [number, size, score])).toEqual([
      [1, 3, 5],
      [3, 0, 0],
    ])
    playing(asked())
      .when(byHost({ type: 'mergeTeams', from: 2, into: 1 }))
      .refused('turn-open')
    playing()
      .when(byHost({ type: 'mergeTeams', from: 2, into: 2 }))
      .refused('no-such-team')
  })
})

describe('a start for a team', () => {
  const give = (team: number, points: number) => byHost({ type: 'correctScore', team, points, reason: 'Start' })
  const scores = (state: RoomState) => teamStandingsOf(state).map(({ number, score }) => [number, score])

  test('is the team’s alone, and may come before anyone is in it', () => {
    playing()
      .when(give(3, 2))
      .then(teamScoreCorrected(3, 2, 'Start'))
    const { state } = playing(teamScoreCorrected(3, 2, 'Start'), teamScoreCorrected(1, -1, 'Start'))
    expect(scores(state)).toEqual([
      [3, 2],
      [2, 0],
      [1, -1],
    ])
    expect(own(state, 'ann')).toMatchObject({ score: 0, teamScore: -1, place: 3 })
    expect(minesOf(state, 1).find(({ seat }) => seat === 'ann')).toEqual(own(state, 'ann'))
  })

  test('is not divided by heads', () => {
    const { state } = under(rules({ score: 'per-head' })).given(
      ...seated,
      scoreCorrected('ann', 3, 'x'),
      teamScoreCorrected(1, 2, 'Start'),
    )
    expect(scores(state)[0]).toEqual([1, 3.5])
  })

  test('goes over with the team that is taken in', () => {
    const { state } = playing(teamScoreCorrected(2, 4, 'Start'), scoreCorrected('ann', 1, 'x'))
      .when(byHost({ type: 'mergeTeams', from: 2, into: 1 }))
      .and()
    expect(scores(state)).toEqual([
      [1, 5],
      [3, 0],
    ])
  })

  test('is for a team that is there, and of nothing is nothing', () => {
    playing().when(give(9, 1)).refused('no-such-team')
    given().when(give(1, 1)).refused('no-teams')
    playing().when(give(1, 0)).thenNothing()
  })
})

test('a team that is taken in brings its pick along, and plays a double with its new mates', () => {
  const board = { columns: [{ title: 'Python', cells: 3 }], step: 100, doubles: 2, final: false }
  const won = [
    { ...asked(), worth: { cell: 0, value: 100, kind: 'plain', picker: null } as const },
    opened(),
    buzzed('ann'),
    floorGiven('ann'),
    { ...verdictGiven('ann', 'right', 100), team: 1 },
    turnClosed('answered'),
  ]
  const { state } = under({})
    .given(
      roomOpened({ rules: rules(), rounds: [{ title: null, count: 3, board }] }),
      ...[joined('ann'), joined('bob'), joined('cat'), teamPicked(['ann', 1], ['bob', 2], ['cat', 3])],
      ...won,
    )
    .when(byHost({ type: 'mergeTeams', from: 1, into: 2 }))
    .and()
  expect(['ann', 'bob', 'cat'].map((seat) => whyNotPick(state, seat))).toEqual([null, null, 'not-your-pick'])
  expect(play(state, ask(2, { cell: 1 })).turn).toMatchObject({ worth: { kind: 'double' }, only: ['ann', 'bob'] })
})

describe('a press', () => {
  test('is for one’s team; without one nobody presses', () => {
    playing(...open)
      .when(buzz('ann'))
      .then({ ...buzzed('ann', { settlesAt: 1150 }), team: 1 })
    playing(...open)
      .when(buzz('dan'))
      .refused('no-team')
  })

  test('of a team that was wrong is refused, whoever makes it, and counts again after undo', () => {
    const wrong: Fact[] = [
      ...open,
      { ...buzzed('ann'), team: 1 },
      floorGiven('ann'),
      { ...verdictGiven('ann', 'wrong', 0), team: 1 },
      opened(),
    ]
    playing(...wrong)
      .when(buzz('bob'))
      .refused('team-answered')
    playing(...wrong)
      .when(buzz('ann'))
      .refused('locked-out')
    playing(...wrong)
      .when(buzz('cat'))
      .then({ ...buzzed('cat', { settlesAt: 1150 }), team: 2 })
    const { state } = playing(...wrong)
      .when(undo('ann'))
      .and()
    expect(whyNotBuzz(state, 'bob')).toBeNull()
  })

  test('behind a team-mate’s does not make a second place in the queue', () => {
    const { state } = playing(
      ...open,
      { ...buzzed('ann', { scoreMs: 300 }), team: 1 },
      { ...buzzed('bob', { scoreMs: 310 }), team: 1 },
      { ...buzzed('cat', { scoreMs: 320 }), team: 2 },
      floorGiven('ann'),
    )
    expect(queueOf(state.turn as Turn).map(({ seat }) => seat)).toEqual(['ann', 'cat'])
    playing(
      ...open,
      { ...buzzed('ann', { scoreMs: 300 }), team: 1 },
      { ...buzzed('bob', { scoreMs: 310 }), team: 1 },
      { ...buzzed('cat', { scoreMs: 320 }), team: 2 },
      floorGiven('ann'),
    )
      .when(judge('ann', 'wrong'))
      .then({ ...verdictGiven('ann', 'wrong', 0), team: 1 }, floorGiven('cat'))
  })

  test('of a team-mate stands in where the first who pressed was removed', () => {
    const { state } = playing(
      ...open,
      { ...buzzed('ann', { scoreMs: 300 }), team: 1 },
      { ...buzzed('bob', { scoreMs: 310 }), team: 1 },
      removed('ann'),
    )
    expect(nextInQueue(state, state.turn as Turn)?.seat).toBe('bob')
  })

  test('after the last team was wrong finds the question closed', () => {
    playing(removed('cat'), ...open, { ...buzzed('ann'), team: 1 }, floorGiven('ann'))
      .when(judge('ann', 'wrong'))
      .then({ ...verdictGiven('ann', 'wrong', 0), team: 1 }, turnClosed('nobody'))
  })
})

describe('a captain', () => {
  test('alone presses, where the rules say so; without one, anyone does', () => {
    captains(captainNamed(1, 'ann'), ...open)
      .when(buzz('bob'))
      .refused('not-captain')
    captains(captainNamed(1, 'ann'), ...open)
      .when(buzz('ann'))
      .then({ ...buzzed('ann', { settlesAt: 1150 }), team: 1 })
    captains(...open)
      .when(buzz('bob'))
      .then({ ...buzzed('bob', { settlesAt: 1150 }), team: 1 })
    playing(captainNamed(1, 'ann'), ...open)
      .when(buzz('bob'))
      .then({ ...buzzed('bob', { settlesAt: 1150 }), team: 1 })
  })

  const forward = (seat: string, by = seat) => byPlayer(by, { type: 'nameCaptain', team: 1, seat })

  test('is named by the host, or comes forward', () => {
    captains().when(forward('ann')).then(captainNamed(1, 'ann'))
    captains(asked()).when(forward('ann')).then(captainNamed(1, 'ann'))
    captains().when(forward('cat')).refused('no-seat')
    captains().when(forward('bob', 'ann')).refused('not-yours')
    captains(captainNamed(1, 'ann')).when(forward('ann', 'ann')).thenNothing()
    captains(captainNamed(1, 'ann'))
      .when(byPlayer('ann', { type: 'nameCaptain', team: 1, seat: null }))
      .refused('not-yours')
    captains(captainNamed(1, 'ann'))
      .when(byHost({ type: 'nameCaptain', team: 1, seat: 'bob' }))
      .then(captainNamed(1, 'bob'))
  })

  test('is relieved by a team-mate between two questions, and never while one is on', () => {
    const led = [captainNamed(1, 'ann'), asked()]
    captains(...led)
      .when(forward('bob'))
      .refused('turn-open')
    captains(...led, opened())
      .when(forward('bob'))
      .refused('turn-open')
    captains(...led, turnClosed('skipped'))
      .when(forward('bob'))
      .then(captainNamed(1, 'bob'))
    captains(...led, turnClosed('skipped'))
      .when(forward('cat'))
      .refused('no-seat')
  })

  test('is nobody who was removed', () => {
    captains(removed('bob'))
      .when(byHost({ type: 'nameCaptain', team: 1, seat: 'bob' }))
      .refused('removed')
  })

  test('who leaves or is removed leaves the team without one, so that it can press', () => {
    captains(captainNamed(1, 'ann'))
      .when(moveTo('ann', 2))
      .then(teamPicked(['ann', 2]), captainNamed(1, null))
    captains(captainNamed(1, 'ann'))
      .when(byHost({ type: 'remove', seat: 'ann' }))
      .then(removed('ann'), captainNamed(1, null))
  })
})

describe('the score of a team', () => {
  const points = [scoreCorrected('ann', 3, 'x'), scoreCorrected('bob', 2, 'x'), scoreCorrected('cat', 4, 'x')]
  const scores = (state: RoomState) => teamStandingsOf(state).map(({ number, place, score }) => [number, place, score])

  test('is the sum of its members’ points, also of those who were removed', () => {
    expect(scores(playing(...points).state)).toEqual([
      [1, 1, 5],
      [2, 2, 4],
      [3, 3, 0],
    ])
    expect(scores(playing(...points, removed('bob')).state)[0]).toEqual([1, 1, 5])
  })

  test('or that divided by how many they are', () => {
    const { state } = under(rules({ score: 'per-head' })).given(...seated, ...points)
    expect(scores(state)).toEqual([
      [2, 1, 4],
      [1, 2, 2.5],
      [3, 3, 0],
    ])
  })

  test('is one that is shown: what comes out of it beyond a tenth decides nothing', () => {
    const third = [scoreCorrected('ann', 1, 'x'), scoreCorrected('cat', 1, 'x'), scoreCorrected('eve', 0.04, 'x')]
    const { state } = under(rules({ score: 'per-head' })).given(
      joined('dan'),
      joined('eve'),
      teamPicked(['ann', 1], ['cat', 2], ['eve', 2], ['bob', 1]),
      ...third,
    )
    expect(scores(state).slice(0, 2)).toEqual([
      [1, 1, 0.5],
      [2, 1, 0.5],
    ])
  })

  test('is that of the first, once it was given what it is seen to lack', () => {
    const facts = [
      ...['dan', 'eve'].map((seat) => joined(seat)),
      teamPicked(['ann', 1], ['bob', 1], ['dan', 1], ['eve', 1], ['cat', 2]),
      ...[scoreCorrected('ann', 1, 'x'), scoreCorrected('cat', 0.7, 'x')],
    ]
    const all = under(rules({ score: 'per-head' }))
    expect(scores(all.given(...facts).state).slice(0, 2)).toEqual([
      [2, 1, 0.7],
      [1, 2, 0.3],
    ])
    expect(scores(all.given(...facts, teamScoreCorrected(1, 0.7 - 0.3, 'x')).state).slice(0, 2)).toEqual([
      [1, 1, 0.7],
      [2, 1, 0.7],
    ])
  })

  test('goes with who earned it', () => {
    expect(scores(playing(...points, teamPicked(['ann', 2])).state)[0]).toEqual([2, 1, 7])
  })

  test('and its place are what its members’ phones show', () => {
    const { state } = playing(...points)
    expect(own(state, 'bob')).toMatchObject({ team: 1, score: 2, teamScore: 5, place: 1, of: 3 })
    expect(own(state, 'dan')).toMatchObject({ team: null, score: 0, teamScore: null, place: 4, of: 4 })
    for (const mine of minesOf(state, 1)) expect(mineOf(state, 1, mine.seat)).toEqual(mine)
  })
})

describe('a tie', () => {
  test('is between teams, and all of their members break it', () => {
    const tied = [scoreCorrected('ann', 2, 'x'), scoreCorrected('cat', 2, 'x')]
    const { state } = playing(...tied, ...skipped())
    expect(tiedForFirst(state).sort()).toEqual(['ann', 'bob', 'cat'])
    playing(...tied, ...skipped())
      .when(ask(2, { tieBreak: true, questionId: 'q4' }))
      .and()
      .when(openBuzzers(2))
      .and()
    playing(scoreCorrected('ann', 2, 'x'), scoreCorrected('bob', 2, 'x'), ...skipped())
      .when(ask(2, { tieBreak: true, questionId: 'q4' }))
      .refused('no-tie')
  })
})

test('a phone, which holds no roster, draws its button by what it knows of itself', () => {
  const wrong = [
    ...open,
    { ...buzzed('ann'), team: 1 },
    floorGiven('ann'),
    { ...verdictGiven('ann', 'wrong', 0), team: 1 },
  ]
  const { state } = playing(...wrong, opened())
  const face = (seat: string) => buttonFace(viewOf(state, { role: 'player', seat }), own(state, seat), 1)
  expect([face('ann'), face('bob'), face('cat'), face('dan')]).toEqual(['locked', 'locked', 'press', 'locked'])
})

test('a room without teams has none', () => {
  expect(under({}).given(roomOpened()).state.teams).toEqual([])
  expect(teamStandingsOf(under({}).given().state)).toEqual([])
})
