import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import {
  advance,
  answerGroups,
  blankReplica,
  buttonFace,
  decide,
  everyone,
  evolve,
  isLockedOut,
  isQuiet,
  isRefusal,
  lookUp,
  mineOf,
  minesOf,
  nextDeadline,
  nextQuestionId,
  pressable,
  queueOf,
  redact,
  scoresOf,
  seatsOf,
  stageOf,
  standingsOf,
  teamStandingsOf,
  tiedForFirst,
  turnsOf,
  unopened,
  verdictOf,
  viewOf,
  whoseMine,
  whyNotAsk,
  whyNotBeginRound,
  whyNotBreakTie,
  whyNotBuzz,
  whyNotCallJury,
  whyNotChoose,
  whyNotCloseAnswers,
  whyNotJudge,
  whyNotOpen,
  whyNotPick,
  whyNotPause,
  whyNotPractise,
  whyNotReveal,
  whyNotShowStandings,
  whyNotSkip,
  whyNotStake,
  whyNotType,
  whyNotVote,
  type Command,
  type Commit,
  type Decision,
  type Mine,
  type Replica,
  type RoomEvent,
  type RoomState,
  type Turn,
  type Verdict,
  type Viewer,
  type Why,
} from '@knopka/shared/game'
import {
  ask,
  answer,
  buzz,
  byClock,
  byHost,
  callJury,
  choose,
  closeAnswers,
  judge,
  judgeAnswers,
  judgeGuesses,
  markChoices,
  openBuzzers,
  question,
  settle,
  undo,
  pickCell,
  stake,
  vote,
} from '../support/commands.ts'
import { chunksOf, commitOf, delivery } from '../support/commits.ts'
import { contestants, contested, contests, contestsIn, firstOf } from '../support/contests.ts'
import { commandIn, evenings, viewersOf, type Evening } from '../support/evenings.ts'
import { buzzersKeptOpen, foundFirst, removed, turnClosed } from '../support/events.ts'
import { deepFreeze } from '../support/freeze.ts'
import { after, roomWith } from '../support/given.ts'
import type { ofInterviews } from '../support/interviews.ts'
import type { ofStudies } from '../support/studies.ts'
import { kindsMissing } from '../support/kinds.ts'
import { hush, leaksIn } from '../support/leaks.ts'
import { wildMove } from '../support/moves.ts'
import { pointsInLog, teamPointsInLog } from '../support/points.ts'

// A busy machine takes its time over so many evenings.
vi.setConfig({ testTimeout: 300_000 })

const runs = { numRuns: 2000 }
const holds = (law: (evening: Evening) => void) => fc.assert(fc.property(evenings, law), runs)

/** As `toStrictEqual`, and quick where nothing differs. */
function same(actual: unknown, expected: unknown) {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected)
}

const stateAt = ({ states }: Evening, version: number) => states[version] as RoomState
/** The room after each command: those in which the next one may come. */
function roomsOf({ decided, states }: Evening): RoomState[] {
  let version = 0
  return decided.map(({ count }) => states[(version += count)] as RoomState)
}

/** All phones are shown the same. */
const phone: Viewer = { role: 'player', seat: 'seat-1' }
const finalState = (evening: Evening) => stateAt(evening, evening.events.length)
const fold = (state: RoomState, events: readonly RoomEvent[]) => events.reduce(evolve, state)

/** A log with a place in it, anywhere from its beginning to its end. */
const cutEvenings = fc.tuple(evenings, fc.nat(1_000_000)).map(([evening, cut]) => ({
  evening,
  cut: cut % (evening.events.length + 1),
}))

describe('the random evenings', () => {
  test('hold everything that can happen in a game', () => {
    const sample = fc.sample(evenings, { seed: 1, numRuns: 1000 })
    const seen = new Set(sample.flatMap(({ events }) => events.map(({ type }) => type)))
    expect(Object.keys(everyEvent).filter((type) => !seen.has(type as RoomEvent['type']))).toEqual([])
  })

  test('come to every way to play', () => {
    expect(kindsMissing(fc.sample(evenings, { seed: 1, numRuns: 1000 }))).toEqual([])
  })

  test('hold presses that phones are not told of, also by those who get the floor', () => {
    const sample = fc.sample(evenings, { seed: 1, numRuns: 500 }).flatMap(({ events }) => events)
    const isUntold = (event: RoomEvent) => event.type === 'buzzed' && isQuiet(redact(event, phone))
    expect(sample.some(isUntold)).toBe(true)
    expect(sample.some((event) => event.type === 'floorGiven' && event.press.arrival > 8)).toBe(true)
  })

  test('hold everything that makes it hard to say who was first', () => {
    const seen = new Set(fc.sample(evenings, { seed: 1, numRuns: 500 }).flatMap(contestsIn))
    expect([...seen].sort()).toEqual(['by chance', 'by the clock', 'late but first', 'passed over', 'two'])
  })
})

describe('secrets', () => {
  test('folding what a viewer is sent gives what a viewer is shown', () => {
    fc.assert(
      fc.property(cutEvenings, ({ evening, cut }) => {
        for (const viewer of viewersOf(evening)) {
          const items = evening.events.map((event) => redact(event, viewer))
          const first = advance(firstLook(evening, 0, viewer), { from: 0, items: items.slice(0, cut) })
          same(first, firstLook(evening, cut, viewer))
          const last = advance(first as Replica, { from: cut, items: items.slice(cut) })
          same(last, firstLook(evening, items.length, viewer))
        }
      }),
      runs,
    )
  })

  test('an event is quiet only where it changes nothing', () => {
    holds((evening) => {
      for (const viewer of viewersOf(evening)) {
        evening.events.forEach((event, index) => {
          if (!isQuiet(redact(event, viewer))) return
          same(viewOf(stateAt(evening, index + 1), viewer), viewOf(stateAt(evening, index), viewer))
        })
      }
    })
  })

  test('no phone and no screen is sent what is not theirs', () => {
    fc.assert(
      fc.property(cutEvenings, ({ evening, cut }) => {
        for (const viewer of viewersOf(evening).filter(({ role }) => role === 'player' || role === 'screen')) {
          for (const event of evening.events) same(leaksIn(redact(event, viewer), viewer, [event], evening.events), [])
          for (const version of [cut, evening.events.length]) {
            const view = viewOf(stateAt(evening, version), viewer)
            same(leaksIn(view, viewer, evening.events.slice(0, version), evening.events), [])
          }
        }
      }),
      runs,
    )
  })

  test('what breaks ties and how far a seat is believed is for nobody, until ties are broken', () => {
    fc.assert(
      fc.property(cutEvenings, ({ evening, cut }) => {
        for (const viewer of viewersOf(evening)) {
          const view = viewOf(stateAt(evening, cut), viewer)
          const sent = evening.events.slice(0, cut).map((event) => redact(event, viewer))
          const bytes = JSON.stringify([view, ...sent])
          const out = new Set(
            evening.events.slice(0, cut).map((event) => event.type === 'floorGiven' && event.tieSecret),
          )
          same(
            (bytes.match(/hush-(tie|rank)-[\w-]+/g) ?? []).filter((leak) => !out.has(leak)),
            [],
          )
          same(bytes.match(/"(trust|tieRanks?|budgetMs)":/g), null)
        }
      }),
      runs,
    )
  })

  test('the link of a host and the ids of rooms, results and commands are not even for co-hosts', () => {
    holds((evening) => {
      const viewer: Viewer = { role: 'cohost', seat: 'cohost' }
      const received = [...evening.events.map((event) => redact(event, viewer)), viewOf(finalState(evening), viewer)]
      const ended = evening.events.some(({ type }) => type === 'gameEnded')
      const leaks = JSON.stringify(received).match(/hush-(host|cohost|room|command|results)-[\w-]+/g) ?? []
      same(
        leaks.filter((leak) => !(ended && leak === hush('results', 1))),
        [],
      )
    })
  })
})

describe('replicas', () => {
  test('a log folds to the same room, however it is cut into commits, also after it was written down', () => {
    fc.assert(
      fc.property(evenings, fc.array(fc.integer({ min: 1, max: 7 })), (evening, lengths) => {
        const stored = JSON.parse(JSON.stringify(evening.events)) as RoomEvent[]
        same(fold(unopened, stored), finalState(evening))
        same(deliver(blankReplica, chunksOf(stored, lengths)), { version: stored.length, state: finalState(evening) })
      }),
      runs,
    )
  })

  test('commits that come twice, overlap or leave a gap lead every viewer to the same replica', () => {
    fc.assert(
      fc.property(evenings, fc.array(delivery, { maxLength: 20 }), fc.nat(8), (evening, deliveries, which) => {
        const viewers = viewersOf(evening)
        const viewer = viewers[which % viewers.length] as Viewer
        const items = evening.events.map((event) => redact(event, viewer))
        let replica = firstLook(evening, 0, viewer)
        for (const { from, length, rejoins } of deliveries) {
          const commit = commitOf(items, from % (items.length + 1), length)
          const next = advance(replica, commit)
          if (next !== 'gap') replica = next
          else if (rejoins) replica = firstLook(evening, commit.from, viewer)
          else replica = advance(replica, commitOf(items, replica.version, length)) as Replica
          same(replica, firstLook(evening, replica.version, viewer))
        }
        const caughtUp = advance(replica, commitOf(items, replica.version, Infinity))
        same(caughtUp, firstLook(evening, evening.events.length, viewer))
      }),
      runs,
    )
  })
})

describe('undo', () => {
  const verdicts: Verdict[] = ['right', 'partly', 'wrong']

  test('of a verdict just given restores the standings, the floor and who is locked out', () => {
    holds((evening) => {
      roomsOf(evening).forEach((state, index) => {
        for (const { turn, seat } of unjudged(state)) {
          const verdict = verdicts[index % verdicts.length] as Verdict
          const given = decide(state, judge(seat, verdict, turn), evening.now)
          if (isRefusal(given)) continue
          const judged = fold(state, given)
          const undone = decide(judged, undo(seat, turn), evening.now)
          if (isRefusal(undone)) throw new Error(`Undo was refused: ${undone.refused}`)
          const restored = fold(judged, undone)
          same(standingsOf(restored), standingsOf(state))
          same(restored.turn && tableOf(restored.turn), state.turn && tableOf(state.turn))
        }
      })
    })
  })

  test('of a word on what was typed, or of other options that are right, restores the standings', () => {
    holds((evening) => {
      roomsOf(evening).forEach((state, index) => {
        const verdict = verdicts[index % verdicts.length] as Verdict
        for (const [said, takenBack] of [...wordsOnTyped(state, verdict), ...otherOptions(evening, state)]) {
          const given = decide(state, said, evening.now)
          if (isRefusal(given)) throw new Error(`${said.type} was refused: ${given.refused}`)
          const judged = fold(state, given)
          const undone = decide(judged, takenBack, evening.now)
          if (isRefusal(undone)) throw new Error(`Undo was refused: ${undone.refused}`)
          const restored = fold(judged, undone)
          same(standingsOf(restored), standingsOf(state))
          same(teamStandingsOf(restored), teamStandingsOf(state))
        }
      })
    })
  })
})

describe('the order of presses', () => {
  test('gives the floor to the same seat, in whatever order they come in', () => {
    fc.assert(
      fc.property(contests, ({ arrivals, gone }) => {
        const found = arrivals.map((presses) => {
          const room = presses.reduce((room, press) => room.when(press).and(), contested)
          return roomWith(after(room.state, gone.map(removed)))
        })
        const first = firstOf(arrivals[0] ?? [], gone)
        const nobody = gone.length < contestants.length ? buzzersKeptOpen() : turnClosed('nobody')
        for (const room of found) {
          room.when(settle()).then(first ? foundFirst(first) : nobody)
          room.when(byClock(), 60_000).then(first ? foundFirst(first) : nobody)
        }
      }),
      runs,
    )
  })

  test('calls everyone in the same order, in whatever order they came in', () => {
    fc.assert(
      fc.property(contests, ({ arrivals, gone }) => {
        for (const presses of arrivals) {
          const came = presses.reduce((room, press) => room.when(press).and(), contested)
          let room = roomWith(after(came.state, gone.map(removed)))
            .when(settle())
            .and()
          for (let left = presses; firstOf(left, gone);) {
            const first = firstOf(left, gone)
            same(room.state.turn?.floor?.seat, first)
            left = left.filter(({ by }) => by !== first)
            room = room.when(judge(first ?? '', 'wrong')).and()
          }
          same(room.state.turn?.floor, null)
        }
      }),
      runs,
    )
  })

  test('gives the floor while others are waited for, never before, and never twice', () => {
    holds(({ events, states }) => {
      events.forEach((event, index) => {
        const { turn: before } = states[index] as RoomState
        const { turn } = states[index + 1] as RoomState
        if (event.type === 'buzzed') same(turn?.floor, before?.floor)
        if (turn && turn.settlesAt !== null) same([stageOf(turn), queueOf(turn).length > 0], ['open', true])
        if (event.type === 'floorGiven' && event.tieSecret) {
          same(typeof before?.settlesAt === 'number', true)
          same(event.tieSecret, before?.secret.tieSecret)
        }
      })
    })
  })
})

describe('how far a seat is believed', () => {
  const fresh = { budgetMs: 20, stalls: 1, lateLights: 1 }
  const trustIn = (state: RoomState, seat: string) => (state.secret.trust && lookUp(state.secret.trust, seat)) ?? fresh

  test('is told by its presses alone, and no false start adds to it', () => {
    holds(({ events, states, seats }) => {
      events.forEach((event, index) => {
        for (const seat of seats) {
          const [before, now] = [states[index], states[index + 1]].map((state) => trustIn(state as RoomState, seat))
          if (event.type === 'buzzed' && event.seat === seat) same({ seat, ...now }, event.secret?.trust)
          else if (event.type !== 'falseStarted' || event.by !== seat) same(now, before)
          else
            for (const part of ['budgetMs', 'stalls', 'lateLights'] as const) {
              expect(now?.[part]).toBeLessThanOrEqual(before?.[part] ?? 0)
            }
        }
      })
    })
  })
})

describe('a strict room', () => {
  test('counts no press that no reaction can have made, and locks those that were until half a second', () => {
    holds(({ events, states, decided }) => {
      let version = 0
      for (const { command, count } of decided) {
        const { rules, turn } = states[version] as RoomState
        const event = events[version] as RoomEvent
        version += count
        if (command.type !== 'buzz' || !rules.strict || !turn || stageOf(turn) !== 'open') continue
        const sinceLight = (instant: number) => instant - (turn.opensAt ?? 0)
        if (event.type === 'buzzed') expect(sinceLight(command.at)).toBeGreaterThanOrEqual(100)
        else if (event.type === 'falseStarted') {
          expect(sinceLight(event.secret?.early?.until ?? 0)).toBeGreaterThanOrEqual(500)
        }
      }
    })
  })
})

describe('every room that can be reached', () => {
  test('answers every command, and neither the command nor its events change what was', () => {
    fc.assert(
      fc.property(cutEvenings, fc.array(wildMove, { minLength: 20, maxLength: 20 }), ({ evening, cut }, moves) => {
        const state = stateAt(evening, cut)
        for (const move of moves) {
          const decision = decide(state, deepFreeze(commandIn(evening, state, move)), evening.now)
          if (!isRefusal(decision)) fold(state, deepFreeze(decision))
        }
      }),
      runs,
    )
  })

  test('knows a command that comes again', () => {
    holds(({ decided, states, now }) => {
      let version = 0
      for (const { command, count } of decided) {
        version += count
        if (command.type !== 'open') same(decide(states[version] as RoomState, command, now), [])
      }
    })
  })

  test('lets time run out once', () => {
    holds((evening) => {
      for (const state of roomsOf(evening)) {
        const deadline = nextDeadline(state)
        if (deadline === null) {
          same(decide(state, byClock(), Number.MAX_SAFE_INTEGER), [])
          continue
        }
        same(decide(state, byClock(), deadline - 1), [])
        const expired = decide(state, byClock(), deadline) as RoomEvent[]
        same(expired.length > 0, true)
        // Two clocks may run out at the same instant: the time to answer, and the hall's time to vote.
        const next = decide(fold(state, expired), byClock(), deadline) as RoomEvent[]
        const goesOn = new Set(next.map(({ type }) => type))
        same(
          expired.filter(({ type }) => goesOn.has(type)),
          [],
        )
      }
    })
  })

  test('draws no key that the rules refuse, and hides none that they allow', () => {
    holds((evening) => {
      for (const state of roomsOf(evening)) {
        const turn = state.turn?.turn ?? 1
        const decided = (command: Command) => decide(state, command, evening.now)
        const floor = state.turn?.floor?.seat
        agree(whyNotPause(state), decided(byHost({ type: 'pause' })))
        if (state.turn) {
          agree(whyNotOpen(state), decided(openBuzzers(turn)))
          agree(whyNotSkip(state), decided(byHost({ type: 'skip', turn })))
          agree(whyNotReveal(state), decided(byHost({ type: 'reveal', turn })))
          agree(whyNotCallJury(state), decided(callJury(turn)))
          agree(whyNotCloseAnswers(state), decided(closeAnswers(turn)))
        } else {
          for (const why of keysInPlay) same(why(state) === null, false)
        }
        if (floor) agree(whyNotJudge(state), decided(judge(floor, 'right', turn)))
        else same(whyNotJudge(state) === null, false)
        for (const how of ['planned', 'tieBreak', 'practice'] as const)
          agree(whyNot(state, how), decided(askNext(state, how)))
        state.cells.forEach((_, cell) => agree(whyNotAsk(state, cell), decided(askCell(state, cell))))
        for (const round of [1, 2, 3, 4])
          agree(whyNotBeginRound(state, round), decided(byHost({ type: 'beginRound', round })))
        for (const shown of [false, true]) {
          if (state.standingsShown !== shown && shown)
            agree(whyNotShowStandings(state), decided(byHost({ type: 'showStandings', shown })))
        }
      }
    })
  })

  test('gives hosts the same answers on their own replicas', () => {
    holds((evening) => {
      const state = finalState(evening)
      for (const viewer of viewersOf(evening).filter(({ role }) => role === 'host' || role === 'cohost')) {
        const view = viewOf(state, viewer)
        same(answersOf(view), answersOf(state))
      }
    })
  })

  test('draws every button as a press would end', () => {
    holds((evening) => {
      const { now, seats } = evening
      for (const state of roomsOf(evening)) {
        const view = viewOf(state, phone)
        for (const seat of seats) {
          const mine = mineOf(state, 1, seat)
          if (!mine) continue
          const decision = decide(state, buzz(seat, { turn: state.turn?.turn ?? 1, at: now }), now)
          agree(whyNotBuzz(view, seat, mine), decision)
          const counts = !isRefusal(decision) && decision.length > 0
          same({ seat, counts }, { seat, counts: pressable.includes(buttonFace(view, mine, now)) })
        }
      }
    })
  })

  test('offers every phone the choices and the votes that count', () => {
    holds((evening) => {
      const { now, seats } = evening
      for (const state of roomsOf(evening)) {
        const { turn = 0 } = state.turn ?? {}
        if (turn === 0) continue
        const view = viewOf(state, phone)
        for (const seat of seats) {
          const mine = mineOf(state, 1, seat)
          if (!mine || !view.turn) continue
          const isTimeUp = now > ownEndOf(view.turn, mine)
          agree(whyNotVote(view, seat), decide(state, vote(seat, 'right', turn), now))
          const why = whyNotChoose(view, seat) ?? (mine.chosen ? 'already-chosen' : isTimeUp ? 'time-is-up' : null)
          agree(why, decide(state, { ...choose(seat, [0], { turn }), at: now } as Command, now))
          const notType = whyNotType(view, seat) ?? (mine.typed ? 'already-typed' : isTimeUp ? 'time-is-up' : null)
          agree(notType, decide(state, { ...answer(seat, '12', { turn }), at: now } as Command, now))
          agree(whyNotStake(view, seat), decide(state, stake(seat, 0, turn), now))
          const cell = state.cells.indexOf(null)
          if (cell >= 0) agree(whyNotPick(view, seat, mine), decide(state, pickCell(seat, cell), now))
        }
      }
    })
  })

  test('has one who answers at most, who pressed and is not judged', () => {
    holds(({ states }) => {
      for (const { turn, secret } of states) {
        if (!turn) continue
        if (turn.floor) {
          const { seat } = turn.floor
          const pressed = turn.presses.some((press) => press.seat === seat)
          same([pressed, verdictOf(turn, seat), turn.closed], [true, undefined, null])
        }
        same(
          (secret.past ?? []).filter((past) => stageOf(past) !== 'closed'),
          [],
        )
      }
    })
  })

  test('counts a press once for each seat and opening, and one verdict for each seat and question', () => {
    holds((evening) => {
      for (const { presses, verdicts } of turnsOf(finalState(evening))) {
        const counted = presses.map(({ seat, opening }) => `${seat} in opening ${opening}`)
        same(counted, [...new Set(counted)])
        const judged = verdicts.map(({ seat }) => seat)
        same(judged, [...new Set(judged)])
      }
    })
  })

  test('asks each question of the plan once, in its order, and never more than it says', () => {
    holds((evening) => {
      const { secret, total } = finalState(evening)
      const asked = turnsOf(finalState(evening))
      same(
        asked.map(({ turn, secret }) => [turn, secret.questionId]),
        asked.map((_, index) => [index + 1, secret.plan?.[index]]),
      )
      expect(asked.length).toBeLessThanOrEqual(total)
      expect(finalState(evening).rounds.reduce((sum, { count }) => sum + count, 0)).toBe(total)
      expect(total).toBeLessThanOrEqual(secret.plan?.length ?? 0)
    })
  })

  test('scores the sum of the verdicts and marks that stand, and of the corrections', () => {
    holds((evening) => {
      const points = pointsInLog(evening.events)
      const given = teamPointsInLog(evening.events)
      const state = finalState(evening)
      for (const seat of evening.seats) expect(scoresOf(state).get(seat) ?? 0).toBe(points.get(seat) ?? 0)
      const teams = teamStandingsOf(state)
      for (const { number, score, size } of teams) {
        const members = seatsOf(state).filter(({ team }) => team === number)
        const sum = members.reduce((sum, { seat }) => sum + (points.get(seat) ?? 0), 0)
        const heads = state.rules.teams?.score === 'per-head' ? Math.max(1, size) : 1
        expect(Math.abs(score - sum / heads - (given.get(number) ?? 0))).toBeLessThanOrEqual(heads > 1 ? 0.051 : 0)
      }
      for (const standings of [standingsOf(state), teams]) {
        for (const { score, place } of standings) {
          expect(place).toBe(1 + standings.filter((other) => other.score > score).length)
        }
      }
    })
  })

  test('finds the same for one seat alone as among all', () => {
    holds((evening) => {
      for (const state of roomsOf(evening)) {
        const mines = minesOf(state, 1)
        const inGame = seatsOf(state).filter(({ removed }) => !removed)
        same(mines.map(({ seat }) => seat).sort(), inGame.map(({ seat }) => seat).sort())
        for (const mine of mines) same(mineOf(state, 1, mine.seat), mine)
      }
    })
  })

  test('tells everyone of their points, and of those of their team, whenever they change', () => {
    holds(({ events, states, decided, seats }) => {
      const told = new Map<string, Mine | null>()
      let version = 0
      for (const { count } of decided) {
        const state = states[version + count] as RoomState
        const whose = events.slice(version, version + count).map((event) => whoseMine(event, state))
        version += count
        for (const seat of seats) {
          const mine = mineOf(state, version, seat)
          if (!told.get(seat) || whose.includes(seat) || whose.includes(everyone)) told.set(seat, mine)
          same(pointsOf(told.get(seat)), pointsOf(mine))
        }
      }
    })
  })
})

/** A new event does not compile until it is named here, and the random evenings have to hold it. */
const everyEvent: Record<Exclude<RoomEvent['type'], keyof typeof ofInterviews | keyof typeof ofStudies>, true> = {
  addressChosen: true,
  answerRevealed: true,
  answerTimedOut: true,
  answersJudged: true,
  answersUnjudged: true,
  breakBegan: true,
  breakEnded: true,
  buzzed: true,
  buzzersKeptOpen: true,
  buzzersOpened: true,
  captainNamed: true,
  cellPicked: true,
  choicesMarked: true,
  chosen: true,
  extraTimeGiven: true,
  falseStarted: true,
  floorGiven: true,
  gameEnded: true,
  joined: true,
  juryCalled: true,
  juryClosed: true,
  letBackIn: true,
  linksReplaced: true,
  nameHidden: true,
  paused: true,
  protestRuled: true,
  protested: true,
  questionAsked: true,
  questionDropped: true,
  removed: true,
  renamed: true,
  resumed: true,
  roomLocked: true,
  roomOpened: true,
  roundBegan: true,
  roundsPlanned: true,
  rulesChanged: true,
  scoreCorrected: true,
  staked: true,
  standingsShown: true,
  teamPicked: true,
  teamRenamed: true,
  teamsMerged: true,
  turnClosed: true,
  typed: true,
  verdictGiven: true,
  verdictUndone: true,
  voted: true,
}

function firstLook(evening: Evening, version: number, viewer: Viewer): Replica {
  return { version, state: viewOf(stateAt(evening, version), viewer) }
}

/** Verdicts that could be given, were the one who presses on the floor or the question closed. */
const unjudged = (state: RoomState) =>
  turnsOf(state).flatMap((turn) =>
    [...new Set(turn.presses.map(({ seat }) => seat))]
      .filter((seat) => !verdictOf(turn, seat))
      .map((seat) => ({ turn: turn.turn, seat })),
  )

/** Words that a host could say of answers in writing that are not judged, each with what takes it back. */
function wordsOnTyped(state: RoomState, verdict: Verdict): [Command, Command][] {
  return turnsOf(state).flatMap((turn): [Command, Command][] => {
    if (!turn.typing || !turn.closed) return []
    const { turn: number, typing, secret } = turn
    if (typing.kind === 'number')
      return typing.right === null ? [[judgeGuesses(40, number), judgeGuesses(null, number)]] : []
    const marked = new Set(secret.typedMarks?.map(({ seat }) => seat))
    return answerGroups(turn)
      .filter(({ seats }) => !seats.some((seat) => marked.has(seat)))
      .map(({ answers }) => [judgeAnswers(answers, verdict, number), judgeAnswers(answers, null, number)])
  })
}

/** Marked as before, a choice earns what it did, unless what it is marked by has changed meanwhile. */
function otherOptions({ events }: Evening, state: RoomState): [Command, Command][] {
  if (events.some(({ type }) => type === 'rulesChanged' || type === 'extraTimeGiven')) return []
  return turnsOf(state).flatMap(({ turn, choosing }): [Command, Command][] => {
    if (!choosing?.right) return []
    const other = choosing.right.join() === '1' ? [0] : [1]
    return [[markChoices(other, turn), markChoices(choosing.right, turn)]]
  })
}

/** What undo brings back: whose turn it is to do something, and who is out. */
const tableOf = (turn: Turn) => ({
  stage: stageOf(turn),
  floor: turn.floor?.seat,
  lockedOut: turn.presses.filter((press) => isLockedOut(turn, press)).map(({ seat }) => seat),
})

const deliver = (replica: Replica, commits: Commit[]) =>
  commits.reduce((replica, commit) => advance(replica, commit) as Replica, replica)

type How = 'planned' | 'tieBreak' | 'practice'

function whyNot(state: RoomState, how: How): Why {
  if (how === 'tieBreak') return whyNotBreakTie(state, tiedForFirst(state).length)
  return how === 'practice' ? whyNotPractise(state) : whyNotAsk(state)
}

function askNext(state: RoomState, how: How): Command {
  const questionId = nextQuestionId(state, how !== 'planned') ?? 'none'
  const special = { tieBreak: how === 'tieBreak', practice: how === 'practice' }
  return ask((state.turn?.turn ?? 0) + 1, { questionId, ...special, question: { ...question(1), id: questionId } })
}

function askCell(state: RoomState, cell: number): Command {
  const questionId = state.secret.cellIds?.[cell] ?? 'none'
  return ask((state.turn?.turn ?? 0) + 1, { questionId, cell, question: { ...question(1), id: questionId } })
}

/** What a host may do to the question on the table. */
const keysInPlay = [whyNotOpen, whyNotSkip, whyNotReveal, whyNotCallJury, whyNotCloseAnswers]

/** No reason not to, and the rules say yes; a reason, and they give the same, or find it done already. */
function agree(why: Why, decision: Decision) {
  if (isRefusal(decision)) same(decision.refused, why)
  else if (why !== null) same(decision, [])
}

const answersOf = (state: RoomState) => ({
  ask: whyNot(state, 'planned'),
  practice: whyNot(state, 'practice'),
  tieBreak: whyNot(state, 'tieBreak'),
  beginRound: whyNotBeginRound(state, state.round + 1),
  standings: whyNotShowStandings(state),
  open: whyNotOpen(state),
  skip: whyNotSkip(state),
  reveal: whyNotReveal(state),
  callJury: whyNotCallJury(state),
  closeAnswers: whyNotCloseAnswers(state),
  judge: whyNotJudge(state),
  pause: whyNotPause(state),
})

/** Until when this phone may answer along. */
const ownEndOf = ({ opensAt, endsAt }: Turn, { extraTime }: Mine): number =>
  endsAt === null ? Infinity : endsAt + ((endsAt - (opensAt ?? endsAt)) * extraTime) / 100

/** What a phone that is in a team shows of points; who plays alone is not told of each newcomer among whom they are. */
const pointsOf = (mine: Mine | null | undefined) =>
  mine && { ...own(mine, 'score', 'team', 'teamScore'), ...(mine.team === null ? {} : own(mine, 'place', 'of')) }

const own = (mine: Mine, ...keys: (keyof Mine)[]) => Object.fromEntries(keys.map((key) => [key, mine[key]]))
