import {
  mineOf,
  noteFor,
  noteVersions,
  queueOf,
  seatNamed,
  turnsInSession,
  type Command,
  type RoomState,
} from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { lighting, saidBy, settle } from '../support/commands.ts'
import { opened, paused, removed, resumed, voted } from '../support/events.ts'
import { at, refusal, roomWith } from '../support/given.ts'
import {
  askedNext,
  askNext,
  begun,
  by,
  evening,
  floorOf,
  member,
  press,
  rate,
  revealedAll,
  session,
  sessionBegan,
  show,
  stepBack,
  studying,
  think,
  typingFirst,
  voteOut,
  writeNote,
} from '../support/study-room.ts'

const hour = 3_600_000
const second = evening + 1000
const open = begun
const annAnswers = [...open, ...floorOf('ann')]
const shown = [...annAnswers, revealedAll()]

/** What happens when everyone says one thing after the other, and nothing is refused. */
const saying = (state: RoomState, ...commands: Command[]): RoomState =>
  commands.reduce((state, command) => roomWith(state).when(command, second).and().state, state)
const sayingSo = (room: { state: RoomState }, ...commands: Command[]) => saying(room.state, ...commands)

describe('asking', () => {
  test('by anyone begins a session, and opens the buzzers at once', () => {
    studying()
      .when(askNext('bob', 1), evening)
      .then(...begun)
  })

  test('again within the session begins none', () => {
    studying(...shown)
      .when(askNext('cat', 2), evening + 6 * hour)
      .then(...askedNext(2, evening + 6 * hour))
  })

  test('more than six hours after the last question begins the next session, which has asked nothing', () => {
    const later = evening + 6 * hour + 1
    const { state } = studying(...shown)
      .when(askNext('ann', 2), later)
      .and()
    expect(session(state)).toEqual({ number: 2, beganAt: later, lastAt: later, endedAt: null })
    expect(turnsInSession(state).map(({ turn }) => turn)).toEqual([2])
  })

  test('after the session was ended begins the next one', () => {
    studying(...shown, { type: 'sessionEnded' })
      .when(askNext('ann', 2), second)
      .then(sessionBegan(2), ...askedNext(2, second))
  })

  test('of two at once asks once', () => {
    const room = studying().when(askNext('ann', 1), evening).and()
    room.when(askNext('bob', 1), evening).thenNothing()
  })

  test('for a number that is not the next is refused', () => {
    for (const turn of [1, 3])
      expect(refusal(studying().state, askNext('ann', turn))).toBe(turn === 1 ? null : 'question-closed')
    expect(refusal(studying(...open, ...askedNext(2)).state, askNext('ann', 1))).toBe('question-closed')
  })

  test('where nothing is left, or in a pause, is refused', () => {
    studying()
      .when(askNext('ann', 1, null))
      .refused('nothing-to-study')
    studying(...open, paused())
      .when(askNext('ann', 2))
      .refused('paused')
  })

  test('moves on from a question that nobody has answered', () => {
    studying(...open)
      .when(askNext('cat', 2), second)
      .then(...askedNext(2, second))
  })
})

describe('the buzzers', () => {
  test('a press waits for those that may beat it, and then has the floor', () => {
    const { state } = studying(...open)
      .whenSettled(press('bob'), second)
      .and()
    expect(state.turn?.floor).toMatchObject({ seat: 'bob', endsAt: null })
  })

  test('the earlier press has the floor, though it came in later', () => {
    const state = saying(studying(...open).state, press('bob', 1, 320), press('ann', 1, 290), settle())
    expect(state.turn?.floor?.seat).toBe('ann')
    expect(queueOf(state.turn as never).map(({ seat }) => seat)).toEqual(['ann', 'bob'])
  })

  test('whoever presses before the light is locked for a moment', () => {
    const { state } = studying(sessionBegan(), askedNext()[0], opened({ opensAt: evening + 500 }))
      .when(press('ann', 1, -100), second)
      .and()
    expect(mineOf(state, 0, 'ann')?.earlyUntil).toBe(evening - 100 + 250)
    expect(state.turn?.presses).toEqual([])
  })

  test('others press while one answers, and wait', () => {
    const state = sayingSo(studying(...annAnswers), press('bob'), press('cat'))
    expect(queueOf(state.turn as never).map(({ seat }) => seat)).toEqual(['ann', 'bob', 'cat'])
    expect(state.turn?.floor?.seat).toBe('ann')
  })

  test('are closed once all is shown', () => {
    studying(...shown)
      .when(press('bob'))
      .refused('question-closed')
  })
})

describe('a vote', () => {
  test('is for all but the one who answers, and the last of each counts', () => {
    studying(...annAnswers)
      .when(think('ann', 'right'))
      .refused('own-answer')
    const state = sayingSo(
      studying(...annAnswers),
      think('bob', 'wrong'),
      think('bob', 'partly'),
      think('cat', 'right'),
    )
    roomWith(state)
      .when(show('cat'), second)
      .then({
        type: 'studyRevealed',
        turn: 1,
        note: 'Note 1',
        shown: [
          { seat: 'bob', text: null, vote: 'partly' },
          { seat: 'cat', text: null, vote: 'right' },
        ],
      })
  })

  test('comes while somebody answers, and not before or after', () => {
    studying(...open)
      .when(think('bob', 'right'))
      .refused('nobody-answers')
    studying(...shown)
      .when(think('bob', 'right'))
      .refused('question-closed')
    studying(...annAnswers, paused())
      .when(think('bob', 'right'))
      .refused('paused')
  })
})

describe('typing first', () => {
  const write = (seat: string, text: string) => member(seat, { type: 'write', turn: 1, text })

  test('is for rooms that are set so', () => {
    studying(...open)
      .when(write('ann', 'A lock'))
      .refused('not-by-typing')
    typingFirst(...open)
      .when(write('ann', 'A lock'))
      .then({ type: 'written', turn: 1, secret: { written: 'A lock' } })
  })

  test('shows the last of what each wrote, when all is shown, and then takes no more', () => {
    const state = sayingSo(
      typingFirst(...open),
      write('ann', 'A lick'),
      write('ann', 'A lock'),
      write('cat', 'A mutex'),
    )
    expect(state.turn?.secret.whoWrote).toEqual(['ann', 'cat'])
    const after = saying(state, show('bob'))
    expect(after.turn?.studied?.shown).toEqual([
      { seat: 'ann', text: 'A lock', vote: null },
      { seat: 'cat', text: 'A mutex', vote: null },
    ])
    expect(refusal(after, write('bob', 'A latch'))).toBe('question-closed')
  })
})

describe('showing all', () => {
  const note = (state: RoomState) => state.turn?.revealed?.note
  const noted = (...versions: string[]) =>
    versions.reduce((state, text, was) => saying(state, writeNote('bob', text, was)), studying(...open).state)

  test('carries the bank’s note, or the room’s where there is one', () => {
    expect(note(sayingSo(studying(...open), show('ann')))).toBe('Note 1')
    expect(note(saying(noted('Ours', 'Ours, better'), show('ann')))).toBe('Ours, better')
  })

  test('carries the bank’s again where the room’s was emptied', () => {
    expect(note(saying(noted('Ours', ''), show('ann')))).toBe('Note 1')
    expect(noteFor(noted('Ours', ''), 'q1', undefined)).toBeNull()
  })

  test('says who has answered', () => {
    expect(sayingSo(studying(...annAnswers), show('bob')).turn).toMatchObject({
      floor: null,
      closed: 'answered',
      studied: { answered: 'ann' },
    })
    expect(sayingSo(studying(...open), show('bob')).turn?.studied?.answered).toBeNull()
  })

  test('is done once', () => {
    studying(...shown)
      .when(show('cat'))
      .thenNothing()
    studying(...shown)
      .when(show('cat', 2))
      .refused('question-closed')
    studying().when(show('cat')).refused('question-closed')
  })
})

describe('rating', () => {
  test('comes once all is shown, for oneself, and again as often as one likes', () => {
    studying(...annAnswers)
      .when(rate('bob', 'good'))
      .refused('not-shown')
    studying(...shown)
      .when(rate('bob', 'good'))
      .then({ type: 'rated', turn: 1, secret: { rated: { rating: 'good', revision: 1 } } })
    const state = sayingSo(studying(...shown), rate('bob', 'good'), rate('ann', 'hard'), rate('bob', null))
    roomWith(state)
      .when(rate('bob', 'again'))
      .then({ type: 'rated', turn: 1, secret: { rated: { rating: 'again', revision: 3 } } })
    roomWith(state).when(rate('bob', null)).thenNothing()
    expect([mineOf(state, 0, 'ann')?.study?.rating, mineOf(state, 0, 'bob')?.study?.rating]).toEqual(['hard', null])
  })

  test('is for earlier questions of the session too, and for none of the session before', () => {
    const next = studying(...shown, ...askedNext(2)).state
    expect(refusal(next, rate('bob', 'easy'))).toBeNull()
    expect(refusal(next, rate('bob', 'easy', 2))).toBe('not-shown')
    const later = studying(...shown, sessionBegan(2), ...askedNext(2)).state
    expect(refusal(later, rate('bob', 'easy'))).toBe('question-closed')
  })

  test('goes on in a pause, and after the session was ended', () => {
    for (const fact of [paused(), { type: 'sessionEnded' } as const]) {
      expect(refusal(studying(...shown, fact).state, rate('bob', 'easy'))).toBeNull()
    }
  })
})

describe('a step back', () => {
  const steppedBack = (to: 'answer' | 'question' | 'previous', turn = 1) => ({ type: 'steppedBack', turn, to }) as const

  test('from what is shown leads to the one who answered, and keeps what was thought and rated', () => {
    const state = sayingSo(studying(...annAnswers), think('bob', 'partly'), show('ann'), rate('cat', 'hard'))
    const room = roomWith(state)
    room.when(stepBack('cat')).then(steppedBack('answer'))
    const { turn } = room.when(stepBack('cat')).and().state
    expect(turn).toMatchObject({ revealed: null, closed: null, floor: { seat: 'ann' }, studied: { shown: null } })
    const again = saying({ ...state, turn }, show('ann'))
    expect(again.turn?.studied).toMatchObject({ answered: 'ann', shown: [{ seat: 'bob', vote: 'partly' }] })
    expect(mineOf(again, 0, 'cat')?.study?.rating).toBe('hard')
  })

  test('from the answer opens the buzzers again, to whoever pressed too', () => {
    const room = studying(...annAnswers)
    room.when(stepBack('bob'), second).then(steppedBack('question'), opened({ opensAt: second }))
    const { state } = room.when(stepBack('bob'), second).and()
    expect(state.turn?.floor).toBeNull()
    const { turn } = saying(state, press('ann'), settle({ opening: 2 }))
    expect(turn?.floor?.seat).toBe('ann')
  })

  test('from the answer forgets what was thought of it: the next one is another', () => {
    const state = sayingSo(studying(...annAnswers), think('bob', 'wrong'), think('cat', 'right'), stepBack('cat'))
    expect(mineOf(state, 0, 'bob')?.study?.vote).toBeNull()
    const next = saying(state, press('bob'), settle({ opening: 2 }))
    roomWith(next).when(think('ann', 'right')).then(voted('right', 1))
    expect(saying(next, think('ann', 'right'), show('cat')).turn?.studied?.shown).toEqual([
      { seat: 'ann', text: null, vote: 'right' },
    ])
  })

  test('from a question that nobody answers leads to the one before, and its number is never used again', () => {
    const room = studying(...shown, ...askedNext(2))
    room.when(stepBack('bob', 2)).then(steppedBack('previous', 2))
    const { state } = room.when(stepBack('bob', 2)).and()
    expect(state.turn).toMatchObject({ turn: 1, revealed: { note: 'Note 1' } })
    expect(turnsInSession(state)).toHaveLength(1)
    expect(refusal(state, askNext('ann', 2))).toBe('question-closed')
    roomWith(state)
      .when(askNext('ann', 3), second)
      .then(...askedNext(3, second))
  })

  test('goes no farther than the first question of the session, and not in a pause', () => {
    studying().when(stepBack('ann')).refused('question-closed')
    studying(...open)
      .when(stepBack('ann'))
      .refused('no-step-back')
    studying(...shown, sessionBegan(2), ...askedNext(2))
      .when(stepBack('ann', 2))
      .refused('no-step-back')
    studying(...shown, paused())
      .when(stepBack('ann'))
      .refused('paused')
  })

  test('is taken once by two who press at once', () => {
    const { state } = studying(...shown, ...askedNext(2))
      .when(stepBack('ann', 2))
      .and()
    roomWith(state).when(stepBack('bob', 2)).refused('question-closed')
  })
})

describe('voting somebody out', () => {
  const votedOut = (out = true) => ({ type: 'votedOut', seat: 'cat', out }) as const
  const gone = [removed('cat'), { type: 'invitationChanged', secret: { invitation: 'next-invitation' } } as const]

  test('takes more than half of those who are here', () => {
    const room = studying()
    room.when(voteOut('ann', 'cat')).then(votedOut())
    roomWith(sayingSo(room, voteOut('ann', 'cat')))
      .when(voteOut('bob', 'cat'))
      .then(votedOut(), ...gone)
    room.when(voteOut('ann', 'cat', ['ann', 'cat'])).then(votedOut())
    // Somebody who is alone there cannot close it to all who are away.
    room.when(voteOut('ann', 'cat', ['ann'])).then(votedOut())
  })

  test('half of four is not enough, and who is away has no voice and is not counted', () => {
    const four = studying({ type: 'joined', secret: { seat: { ...dan, id: 'dan' } } }).state
    const all = ['ann', 'bob', 'cat', 'dan']
    roomWith(saying(four, voteOut('ann', 'cat', all)))
      .when(voteOut('bob', 'cat', all))
      .then(votedOut())
    roomWith(saying(four, voteOut('ann', 'cat', all)))
      .when(voteOut('bob', 'cat', ['bob', 'cat', 'dan']))
      .then(votedOut())
    roomWith(saying(four, voteOut('ann', 'cat', all)))
      .when(voteOut('bob', 'cat', ['ann', 'bob', 'cat']))
      .then(votedOut(), ...gone)
  })

  test('may be thought better of, and is not for oneself', () => {
    const state = sayingSo(studying(), voteOut('ann', 'cat'))
    roomWith(state).when(voteOut('ann', 'cat')).thenNothing()
    const back = saying(state, voteOut('ann', 'cat', undefined, false))
    roomWith(back).when(voteOut('bob', 'cat')).then(votedOut())
    studying().when(voteOut('cat', 'cat')).refused('not-yours')
    studying().when(voteOut('ann', 'nobody')).refused('no-seat')
    studying(removed('cat')).when(voteOut('ann', 'cat')).thenNothing()
  })

  test('changes the invitation, and whoever left says nothing more', () => {
    const state = sayingSo(studying(...annAnswers), voteOut('ann', 'cat'), voteOut('bob', 'cat'))
    expect(state.secret.invitation).toBe('next-invitation')
    expect(seatNamed(state, 'cat')?.removed).toBe(true)
    expect(everything('cat').map((command) => [command.type, refusal(state, command)])).toEqual(
      everything('cat').map(({ type }) => [type, 'removed']),
    )
    expect(everything('stranger').map((command) => refusal(state, command))).toEqual(
      everything('stranger').map(() => 'no-seat'),
    )
    expect(refusal(state, member('cat', { type: 'join', name: 'Cat' }))).toBe('removed')
  })
})

const dan = { number: 4, name: 'Dan', hidden: false, removed: false }

/** Whatever members may say. */
const everything = (seat: string): Command[] => [
  member(seat, { type: 'changeStudy', study: { sections: ['sql'], newPercent: 0, typesFirst: true } }),
  askNext(seat, 2),
  press(seat),
  think(seat, 'right'),
  show(seat),
  member(seat, { type: 'write', turn: 1, text: 'A lock' }),
  rate(seat, 'good'),
  stepBack(seat),
  voteOut(seat, 'ann'),
  writeNote(seat, 'Mine'),
  member(seat, { type: 'bringProgress', key: 'k', progress: 'name' }),
  member(seat, { type: 'shareMap', shared: true }),
  member(seat, { type: 'endSession' }),
  member(seat, { type: 'rename', seat, name: 'New' }),
  member(seat, { type: 'pause' }),
  member(seat, { type: 'resume', leadMs: 0 }),
]

describe('an answer note', () => {
  test('has versions with their authors, and the last one stands', () => {
    const state = sayingSo(studying(), writeNote('ann', 'One'), writeNote('bob', 'Two', 1))
    expect(noteVersions(state, 'q1')).toEqual([
      { text: 'One', by: 'ann', name: 'Ann', at: second },
      { text: 'Two', by: 'bob', name: 'Bob', at: second },
    ])
    roomWith(state)
      .when(writeNote('cat', 'Two', 0))
      .thenNothing()
  })

  test('that somebody wrote meanwhile is not written over unseen', () => {
    const state = sayingSo(studying(), writeNote('ann', 'One'))
    for (const was of [0, 2])
      roomWith(state)
        .when(writeNote('bob', 'Two', was))
        .refused('written-meanwhile')
    studying().when(writeNote('bob', '')).thenNothing()
  })

  test('may belong to a question of any name', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const state = sayingSo(studying(), writeNote('ann', 'One', 0, name), writeNote('ann', 'Two', 1, name))
      expect(noteVersions(state, name).map(({ text }) => text)).toEqual(['One', 'Two'])
      expect(noteVersions(studying().state, name)).toEqual([])
    }
  })
})

describe('a pause, and the end of a session', () => {
  test('anyone may pause and go on', () => {
    studying(...open)
      .when(member('bob', { type: 'pause' }))
      .then(paused())
    studying(...open, at(evening, paused()))
      .when(member('cat', { type: 'resume', leadMs: 0 }), second)
      .then(resumed(1000))
  })

  test('a session that ends in a pause does not leave the next one in it', () => {
    const room = studying(...open, at(evening, paused()))
    room.when(member('ann', { type: 'endSession' }), second).then(resumed(1000), { type: 'sessionEnded' })
    const { state } = room.when(member('ann', { type: 'endSession' }), second).and()
    expect(refusal(state, askNext('ann', 2))).toBeNull()
    expect([state.phase, session(state)?.endedAt]).toEqual(['lobby', second])
  })

  test('a session that is over already ends no more', () => {
    const end = member('ann', { type: 'endSession' })
    studying().when(end).thenNothing()
    studying(...shown, { type: 'sessionEnded' })
      .when(end, second)
      .thenNothing()
    studying(...shown)
      .when(end, evening + 7 * hour)
      .thenNothing()
  })

  test('a week later a room that was left in a pause goes on', () => {
    const week = evening + 7 * 24 * hour
    const { state } = studying(...open, at(evening, paused()))
      .when(member('bob', { type: 'resume', leadMs: 0 }), week)
      .and()
    roomWith(state)
      .when(askNext('bob', 2), week)
      .then(sessionBegan(2), ...askedNext(2, week))
  })
})

test('what is set for the room is set by anyone, and once', () => {
  const study = { sections: ['sql'], newPercent: 50, typesFirst: true }
  const change = () => member('cat', { type: 'changeStudy', study })
  studying().when(change()).then({ type: 'studyChanged', study })
  studying({ type: 'studyChanged', study }).when(change()).thenNothing()
})

test('whose progress is kept, and who shares their map, is said once', () => {
  const bring = (progress: string | null) => member('ann', { type: 'bringProgress', key: 'k', progress })
  const room = studying()
  room.when(bring('name')).then({ type: 'progressBrought', secret: { brought: { seat: 'ann', progress: 'name' } } })
  room.when(bring(null)).thenNothing()
  const state = sayingSo(room, bring('name'), bring('other'))
  expect([state.secret.progress, mineOf(state, 0, 'ann')?.study?.keepsProgress]).toEqual([{ ann: 'other' }, true])
  const shared = sayingSo(room, member('bob', { type: 'shareMap', shared: true }))
  expect(shared.study?.sharing).toEqual(['bob'])
  roomWith(shared)
    .when(member('bob', { type: 'shareMap', shared: true }))
    .thenNothing()
})

test('nobody else has a say in a study room', () => {
  const { state } = studying(...annAnswers)
  for (const role of ['player', 'screen', 'candidate', 'host', 'cohost'] as const) {
    const said = everything('ann').map((command) => refusal(state, { ...command, role }))
    expect(new Set(said)).toEqual(new Set(['not-yours']))
  }
  expect(refusal(state, saidBy('ann', 'member', { type: 'openBuzzers', turn: 1, ...lighting }))).toBe('not-yours')
})

test('what one seat rates and thinks is by that seat alone', () => {
  const state = studying(...annAnswers, by('bob', voted('wrong', 1))).state
  expect([mineOf(state, 0, 'bob')?.study?.vote, mineOf(state, 0, 'cat')?.study?.vote]).toEqual(['wrong', null])
})
