import { buttonFace, mineOf, type Mine, type RoomState } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { captionOf } from '../../client/src/play/captions.ts'
import { faceInTeam, leaderOf, mayChangeTeam, mustPick } from '../../client/src/play/team.ts'
import { teamText } from '../../client/src/play/team-text.ts'
import { text } from '../../client/src/play/text.ts'
import { buzz, judge } from '../support/commands.ts'
import { asked, captainNamed, gameEnded, opened, skipped, teamPicked, teamRenamed } from '../support/events.ts'
import { under, type Fact } from '../support/given.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const rules = { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
const roomOf = (facts: Fact[], changes: Partial<{ formedBy: 'host'; presses: 'captain' }> = {}) =>
  under({ teams: { ...rules, ...changes } }).given(...facts)

/** Ann and Bob in the first team, Cat in the second. */
const formed = teamPicked(['ann', 1], ['bob', 1], ['cat', 2])

const mine = (state: RoomState, seat: string): Mine => {
  const own = mineOf(state, 1, seat)
  if (!own) throw new Error(`${seat} is not in the game`)
  return own
}
const now = 5000
const faceOf = (state: RoomState, seat: string) =>
  faceInTeam(buttonFace(state, mine(state, seat), now), state, mine(state, seat))
const captionFor = (state: RoomState, seat: string) => captionOf(faceOf(state, seat), state, mine(state, seat), now)

describe('who picks a team', () => {
  test('is whoever is in none, where players form them, until the evening ends', () => {
    const picks = (facts: Fact[], seat: string, changes = {}) => {
      const { state } = roomOf(facts, changes)
      return mustPick(state, mine(state, seat))
    }
    expect(picks([], 'ann')).toBe(true)
    expect(picks([formed], 'ann')).toBe(false)
    expect(picks([teamPicked(['bob', 1]), ...skipped()], 'ann')).toBe(true)
    expect(picks([], 'ann', { formedBy: 'host' })).toBe(false)
    expect(picks([gameEnded()], 'ann')).toBe(false)
  })

  test('may change it in the lobby alone', () => {
    expect(mayChangeTeam(roomOf([formed]).state)).toBe(true)
    expect(mayChangeTeam(roomOf([formed, ...skipped()]).state)).toBe(false)
    expect(mayChangeTeam(roomOf([formed], { formedBy: 'host' }).state)).toBe(false)
  })

  test('waits for the host, where the host forms them', () => {
    const lobby = roomOf([], { formedBy: 'host' }).state
    expect(captionFor(lobby, 'ann')).toEqual(teamText().awaited)
    const { state } = roomOf([asked(), opened()], { formedBy: 'host' })
    expect(captionFor(state, 'ann')).toMatchObject(teamText().none)
  })
})

describe('a captain', () => {
  test('is what only some rules want', () => {
    const leaders = (facts: Fact[], changes = {}) => {
      const { state } = roomOf(facts, changes)
      return ['ann', 'bob', 'cat'].map((seat) => leaderOf(state, mine(state, seat)))
    }
    const all = [formed, captainNamed(1, 'ann')]
    expect(leaders(all, { presses: 'captain' })).toEqual(['own', 'mate', 'nobody'])
    expect(leaders(all)).toEqual([null, null, null])
    expect(leaders([], { presses: 'captain' })).toEqual([null, null, null])
  })

  test('presses alone, and the others are told so', () => {
    const { state } = roomOf([formed, captainNamed(1, 'ann'), asked(), opened()], { presses: 'captain' })
    expect(['ann', 'bob', 'cat'].map((seat) => faceOf(state, seat))).toEqual(['press', 'locked', 'press'])
    expect(captionFor(state, 'bob')).toMatchObject(teamText().captainPresses)
  })

  test('leaves the others to see who answers', () => {
    const room = roomOf([formed, captainNamed(1, 'ann'), asked(), opened()], { presses: 'captain' })
    const { state } = room.whenSettled(buzz('cat')).and()
    expect(faceOf(state, 'bob')).toBe('other')
    expect(captionFor(state, 'bob').line).toBe(teamText().captainPresses.head)
  })
})

describe('in a team', () => {
  const annAnswers = roomOf([formed, teamRenamed(1, 'Owls'), asked(), opened()])
    .whenSettled(buzz('ann'))
    .and()

  test('one hears which team answers, and of one’s own who does', () => {
    expect(captionFor(annAnswers.state, 'cat').head).toBe(text().answers('Owls'))
    expect(captionFor(annAnswers.state, 'bob')).toMatchObject({
      head: teamText().mateAnswers('Ann'),
      line: teamText().ifWrong,
    })
  })

  test('nobody queues up behind a team-mate', () => {
    expect(['bob', 'cat'].map((seat) => faceOf(annAnswers.state, seat))).toEqual(['other', 'join-queue'])
  })

  test('a press holds the place in the queue for all', () => {
    const room = roomOf([formed, asked(), opened()]).whenSettled(buzz('cat')).and()
    const { state } = room.when(buzz('bob', { scoreMs: 338 })).and()
    const { line } = text().locked
    expect(captionFor(state, 'ann').line).toContain('38')
    expect(captionFor(state, 'ann').line).toBe(captionFor(state, 'bob').line)
    expect(captionFor(state, 'ann').line).not.toBe(line)
  })

  test('the one who answers hears which other team is next, and who of it', () => {
    const { state } = annAnswers
      .when(buzz('bob', { scoreMs: 310 }))
      .and()
      .when(buzz('cat', { scoreMs: 338 }))
      .and()
    expect(captionFor(state, 'ann').line).toContain('(Cat)')
    expect(captionFor(state, 'ann').line).toContain('38')
  })

  test('one answer is the answer of all', () => {
    const { state } = annAnswers.when(judge('ann', 'wrong')).and()
    expect(faceOf(state, 'bob')).toBe('locked')
    expect(captionFor(state, 'bob')).toMatchObject(teamText().answered)
    const { state: over } = annAnswers.when(judge('ann', 'right')).and()
    expect(captionFor(over, 'bob')).toMatchObject({ head: text().right('+1'), line: teamText().answeredBy('Ann') })
    expect(captionFor(over, 'cat').line).toBe(text().rightBy('Owls (Ann)'))
  })
})
