import type { SentCommand } from '@knopka/shared/contracts'
import {
  decide,
  evolve,
  isRefusal,
  mineOf,
  unopened,
  viewOf,
  type Command,
  type EventOf,
  type RoomEvent,
  type RoomState,
  type Viewer,
} from '@knopka/shared/game'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ask, buzz, byHost, join, judge, openBuzzers, saidBy, settle, undo } from '../support/commands.ts'
import { evenings, viewersOf } from '../support/evenings.ts'
import { joined, roomOpened, teamPicked, teamScoreCorrected } from '../support/events.ts'
import { balanceOf, Ledger, type Records, type Sight } from '../support/ledger.ts'
import { enact, openNext, serve, takeFloor } from './scene.ts'

interface Played {
  log: RoomEvent[]
  records: Records
}

const fold = (log: RoomEvent[]): RoomState => log.reduce(evolve, unopened)

const viewers: Viewer[] = [
  { role: 'host', seat: 'host' },
  { role: 'screen', seat: null },
  { role: 'player', seat: 'ann' },
  { role: 'player', seat: 'bob' },
]

const nameOf = ({ role, seat }: Viewer) => seat ?? role

function sightOf(log: RoomEvent[], viewer: Viewer): Sight {
  const state = fold(log)
  const mine = viewer.role === 'player' && viewer.seat ? mineOf(state, log.length, viewer.seat) : null
  return { guest: nameOf(viewer), viewer, version: log.length, state: viewOf(state, viewer), mine }
}

const wrongThenRight = [
  ...[join('ann'), join('bob'), ask(1), openBuzzers(), buzz('ann'), buzz('bob', { scoreMs: 400 }), settle()],
  ...[judge('ann', 'wrong'), judge('bob', 'right')],
]

/** As a server without a fault plays it: everyone is told what is done, and sees all that is theirs. */
function played(...commands: Command[]): Played {
  const opened = { ...roomOpened(), at: 0, by: 'server' } as RoomEvent
  const log = [opened]
  const records: Records = { acknowledgements: [], seated: [], sights: [] }
  for (const command of commands) {
    const decision = decide(fold(log), command, 1000)
    if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${decision.refused}`)
    log.push(...decision)
    tell(records, command, log.length)
  }
  records.sights = viewers.map((viewer) => sightOf(log, viewer))
  return { log, records }
}

function tell({ seated, acknowledgements }: Records, command: Command, version: number): void {
  const { by, role } = command
  if (role === 'server') return
  if (command.type === 'join') seated.push({ guest: by, seat: by, version })
  else {
    const said = { guest: by, viewer: { role, seat: by }, command: command as SentCommand }
    acknowledgements.push({ ...said, ack: { ok: true, version } })
  }
}

const placeOf = (log: RoomEvent[], type: RoomEvent['type']) => log.findLastIndex((event) => event.type === type)

const without = (log: RoomEvent[], type: RoomEvent['type']) => log.filter((_, index) => index !== placeOf(log, type))

/** At the end, where it moves nothing else. */
const withTwo = (log: RoomEvent[], type: RoomEvent['type'], change: Partial<RoomEvent> = {}): RoomEvent[] => [
  ...log,
  { ...log[placeOf(log, type)], ...change } as RoomEvent,
]

/** What it says of a log, where everyone sees what that log gives. */
const balanceAfter = (log: RoomEvent[], records: Records) =>
  balanceOf(log, { ...records, sights: viewers.map((viewer) => sightOf(log, viewer)) })

describe('the ledger has nothing to say', () => {
  test('of a game in which all that was told is so', () => {
    const { log, records } = played(...wrongThenRight)
    const figures = { events: log.length, acknowledged: 8, lost: 0, doubled: 0, replicas: 4, complaints: [] }
    expect(balanceOf(log, records)).toEqual(figures)
  })

  test('of a yes to what was done already', () => {
    const lock = (locked: boolean) => byHost({ type: 'lockRoom', locked })
    const again = lock(true)
    const { log, records } = played(
      lock(true),
      lock(true),
      again,
      again,
      byHost({ type: 'showStandings', shown: false }),
    )
    expect(log).toHaveLength(2)
    expect(balanceOf(log, records)).toMatchObject({ acknowledged: 5, complaints: [] })
  })

  test('of a command that was sent again and done once', () => {
    const lock = byHost({ type: 'lockRoom', locked: true })
    const { log, records } = played(lock, byHost({ type: 'lockRoom', locked: false }), lock)
    expect(log).toHaveLength(3)
    expect(balanceOf(log, records)).toMatchObject({ acknowledged: 3, complaints: [] })
  })

  test('of a no', () => {
    const { log, records } = played(...wrongThenRight)
    const said = { guest: 'ann', viewer: viewers[2] as Viewer, command: judge('ann', 'right') as SentCommand }
    records.acknowledgements.push({ ...said, ack: { ok: false, code: 'not-yours' } })
    expect(balanceOf(log, records)).toMatchObject({ acknowledged: 8, complaints: [] })
  })

  test('of a floor that an undo gives back', () => {
    const commands = wrongThenRight.slice(0, -1)
    const { log, records } = played(...commands, undo('ann'), judge('ann', 'partly'))
    expect(balanceOf(log, records).complaints).toEqual([])
  })

  test('of a phone that has not heard what is quiet for it', () => {
    const { log, records } = played(...wrongThenRight, saidBy('cat', 'player', { type: 'join', name: 'Cat' }))
    records.sights = [{ ...sightOf(log, { role: 'player', seat: 'ann' }), version: log.length - 1 }]
    expect(balanceOf(log, records).complaints).toEqual([])
  })

  test('of any evening that came out of the rules', () => {
    fc.assert(
      fc.property(evenings, (evening) => {
        const records: Records = { acknowledgements: [], seated: [], sights: [] }
        let version = 0
        for (const { command, count } of evening.decided) tell(records, command, (version += count))
        records.sights = viewersOf(evening).map((viewer) => sightOf(evening.events, viewer))
        expect(balanceOf(evening.events, records)).toMatchObject({ lost: 0, doubled: 0, complaints: [] })
      }),
      { numRuns: 50 },
    )
  })
})

describe('the ledger sees', () => {
  test('a correction that was acknowledged and is gone', () => {
    const correction = byHost({ type: 'correctScore', seat: 'ann', points: 1, reason: 'kind' })
    const { log, records } = played(...wrongThenRight, correction, byHost({ type: 'lockRoom', locked: true }))
    const { lost, doubled, complaints } = balanceAfter(without(log, 'scoreCorrected'), records)
    expect([lost, doubled]).toEqual([2, 0])
    expect(complaints[0]).toMatch(/host was told .* correctScore .* not in the log/)
  })

  test('a press that was acknowledged and is gone, behind one that is there', () => {
    const { log, records } = played(...wrongThenRight.slice(0, 7))
    const { lost, complaints } = balanceAfter(without(log, 'buzzed'), records)
    expect(lost).toBe(1)
    expect(complaints.join()).toMatch(/bob was told .* buzz .* not in the log/)
  })

  test('a log that ends before what was acknowledged', () => {
    const { log, records } = played(...wrongThenRight)
    expect(balanceAfter(log.slice(0, -2), records).complaints.join()).toMatch(/giveVerdict .* the log ends at/)
  })

  test('a yes that came before it was done', () => {
    const { log, records } = played(...wrongThenRight)
    const [first] = records.acknowledgements
    if (first) first.ack = { ok: true, version: 1 }
    expect(balanceOf(log, records)).toMatchObject({ lost: 1, doubled: 0 })
  })

  test('a command that the log gives to someone else', () => {
    const { log, records } = played(...wrongThenRight)
    const others = log.map((event) => (event.type === 'buzzed' && event.by === 'bob' ? { ...event, by: 'ann' } : event))
    expect(balanceAfter(others, records).complaints.join()).toMatch(/done by ann/)
  })

  test('a seat that was given and nobody joined, or that joined twice', () => {
    const { log, records } = played(...wrongThenRight)
    expect(balanceAfter(without(log, 'joined'), records).complaints.join()).toMatch(/bob was given the seat bob/)
    const { doubled, complaints } = balanceAfter(withTwo(log, 'joined', { secret: { seat: joinOf(log) } }), records)
    expect(doubled).toBe(1)
    expect(complaints).toEqual(['The seat bob joined more than once'])
  })

  test('a command that was done twice', () => {
    const { log, records } = played(...wrongThenRight, byHost({ type: 'pause' }))
    const { lost, doubled, complaints } = balanceAfter(withTwo(log, 'paused'), records)
    expect([lost, doubled]).toEqual([0, 1])
    expect(complaints.join()).toMatch(/more than once/)
  })

  test('an award that was given twice, under an id of its own too', () => {
    const { log, records } = played(...wrongThenRight)
    const { doubled, complaints } = balanceAfter(withTwo(log, 'verdictGiven', { secret: {} }), records)
    expect(doubled).toBe(1)
    expect(complaints.join()).toMatch(/bob has two verdicts at once/)
    expect(complaints.join()).toMatch(/bob has 2 points, but the log gave 1/)
  })

  test('a verdict that was taken back and never stood', () => {
    const { log, records } = played(...wrongThenRight, undo('ann'))
    expect(balanceAfter(withTwo(log, 'verdictUndone', { secret: {} }), records)).toMatchObject({ doubled: 1 })
  })

  test('two who have the floor at once', () => {
    const { log, records } = played(...wrongThenRight.slice(0, 7))
    const second: Partial<EventOf<'floorGiven'>> = { seat: 'bob' }
    const { doubled, complaints } = balanceAfter(withTwo(log, 'floorGiven', { ...second, secret: {} }), records)
    expect(doubled).toBe(1)
    expect(complaints.join()).toMatch(/bob got the floor in turn 1 while ann had it/)
  })

  test('a replica that is behind', () => {
    const { log, records } = played(...wrongThenRight)
    records.sights = viewers.map((viewer) => sightOf(log.slice(0, -1), viewer))
    const { replicas, complaints } = balanceOf(log, records)
    expect(replicas).toBe(4)
    expect(complaints).toHaveLength(4)
    for (const complaint of complaints) expect(complaint).toMatch(/is behind/)
  })

  test('a replica that is ahead of the log', () => {
    const { log, records } = played(...wrongThenRight)
    records.sights = [{ ...sightOf(log, viewers[1] as Viewer), version: log.length + 1 }]
    expect(balanceOf(log, records).complaints).toHaveLength(1)
  })

  test('a replica that sees something else, and a phone with other points', () => {
    const { log, records } = played(...wrongThenRight)
    const [host, , ann] = viewers.map((viewer) => sightOf(log, viewer))
    if (!host || !ann?.mine) throw new Error('Nobody looks')
    records.sights = [
      { ...host, state: { ...host.state, locked: true } },
      { ...ann, mine: { ...ann.mine, score: 3 } },
    ]
    expect(balanceOf(log, records).complaints).toEqual([
      'host sees something else than the log says: locked',
      expect.stringMatching(/^ann sees 3 points instead of/),
    ])
  })
})

function joinOf(log: RoomEvent[]) {
  const event = log[placeOf(log, 'joined')]
  if (event?.type !== 'joined' || !event.secret?.seat) throw new Error('Nobody joined')
  return event.secret.seat
}

test('it sees points of a team that a phone was not told of', () => {
  const rules = { teams: { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } } as const
  const drafts = [roomOpened({ rules }), joined('ann'), teamPicked(['ann', 1]), teamScoreCorrected(1, 2, 'Start')]
  const log = drafts.map((draft) => ({ ...draft, at: 0, by: 'host' }))
  const sight = sightOf(log, { role: 'player', seat: 'ann' })
  const mine = sight.mine && { ...sight.mine, teamScore: 0 }
  const records: Records = { acknowledgements: [], seated: [], sights: [{ ...sight, mine }] }
  expect(balanceOf(log, records).complaints).toEqual(['ann sees 0 points of the team instead of 2'])
})

test('it follows guests of a real room, and reads the log from its store', async () => {
  const server = await serve()
  const { pin, host, player, screen, log } = await enact(server)
  const ledger = new Ledger()
  const ann = await player('Аня')
  for (const [name, guest] of Object.entries({ host, ann, wall: await screen() })) ledger.follow(name, guest)
  const turn = await openNext(host)
  await takeFloor(ann, turn)
  await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  await ann.say({ type: 'rename', seat: ann.seat, name: 'Анна' })
  await ledger.caughtUp(server.store, pin)
  const { length: events } = await log()
  const figures = { events, acknowledged: 6, lost: 0, doubled: 0, replicas: 3, complaints: [] }
  expect(await ledger.balance(server.store, pin)).toEqual(figures)

  const forgetful = { rooms: { read: async () => without(await log(), 'renamed') } }
  expect((await ledger.balance(forgetful, pin)).complaints.join()).toMatch(/ann was told .* rename .* the log ends at/)
})
