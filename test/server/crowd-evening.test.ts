import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import {
  evolve,
  fitScoring,
  mineOf,
  seatsOf,
  teamStandingsOf,
  unopened,
  viewOf,
  type Mine,
  type RoomEvent,
  type RoomState,
  type Rules,
} from '@knopka/shared/game'
import type { RoundSettings, TypingRules } from '@knopka/shared/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { addedUp, splitsAstray, type TeamLine } from '../support/hall/by-hand.ts'
import { hallBanks } from '../support/hall/bank.ts'
import { Night } from '../support/hall/night.ts'
import { overheard } from '../support/hall/overheard.ts'
import { wanted, type Refused, type Tastes } from '../support/hall/phone.ts'
import { whyNot } from '../support/hall/why-not.ts'
import { openRoom, settings, startServer, type TestServer } from '../support/server.ts'

// Every wait ends with a state. How long two hundred phones take is up to the machine.
vi.setConfig({ testTimeout: 600_000 })

/** `KNOPKA_SEED` makes everyone want the same again; who comes first is up to the machine. */
const seed = process.env.KNOPKA_SEED ?? randomBytes(4).toString('hex')
const report = (text: string) => void process.stdout.write(`${text}\n`)

const phones = 200
const teams = 30

const rules: Record<string, Partial<Rules>> = {
  'in which teams form themselves, and the next in the queue may answer': {
    ...{ afterWrong: 'next-in-queue', scoring: 'penalty', choices: { points: 'penalty', seconds: null } },
    teams: { count: teams, formedBy: 'players', presses: 'anyone', score: 'sum' },
  },
  'in which the host deals teams that captains press for, and buzzers open again': {
    ...{ afterWrong: 'reopen', scoring: 'by-place', choices: { points: 'by-time', seconds: 600 } },
    teams: { count: teams, formedBy: 'host', presses: 'captain', score: 'per-head' },
  },
}

/** How many of a hundred do what they can. The second question all answer, so that the last choice ends it. */
const tastes: Tastes = {
  ...{ pick: 70, 'name-team': 20, lead: 30, rename: 2, clash: 1, early: 4, again: 50, revote: 20 },
  ...{ press: 15, 'press/3': 90, 'press/7': 2, 'press/9': 60, 'press/13': 60, follow: 30, choose: 95, 'choose/2': 100 },
  ...{ protest: 4, appeal: 4 },
}

let server: TestServer
let banks: string
beforeAll(async () => {
  report(`KNOPKA_SEED=${seed}`)
  banks = await hallBanks()
  server = await startServer({ KNOPKA_BANKS: banks })
})
afterAll(async () => {
  await server.close()
  await rm(banks, { recursive: true })
})

describe.each(Object.entries(rules))('an evening of two hundred phones in thirty teams, %s', (_, changes) => {
  test('is the same for everyone, and no phone is refused or told anything that cannot be explained', async () => {
    const rules = { ...settings.rules, ...changes }
    const room = await openRoom(server.address, { count: 10, rules, rounds: await laterRounds(rules) })
    const night = await Night.begin({ server, room, seed, phones, tastes })
    await formTeams(night)
    await play(night)
    const log = await night.log()

    const seen = new Set(log.map(({ type }) => type))
    expect(played.filter((type) => !seen.has(type))).toEqual([])
    expect(splitsAstray(log)).toEqual([])
    expect(unexplained(night, log)).toEqual([])
    await expectOneAccount(night, log)
    for (const { guest } of night.phones) expect(overheard(guest.received, guest.seat, log)).toEqual([])
    expect(server.faults).toEqual([])
  })
})

/** Whatever else happens, this does. */
const played: RoomEvent['type'][] = [
  ...(['removed', 'letBackIn', 'renamed', 'teamPicked', 'teamRenamed', 'captainNamed', 'teamsMerged'] as const),
  ...(['buzzed', 'floorGiven', 'verdictGiven', 'verdictUndone', 'paused', 'resumed', 'scoreCorrected'] as const),
  ...(['roundBegan', 'typed', 'answersJudged', 'cellPicked', 'staked'] as const),
  ...(['breakBegan', 'breakEnded', 'extraTimeGiven'] as const),
  ...(['chosen', 'choicesMarked', 'juryCalled', 'voted', 'juryClosed', 'protested', 'protestRuled'] as const),
]

/** One in writing, one of a number, and a board of two cells, of which the second is a double, with a final. */
async function laterRounds({ pressSeconds, answerSeconds, scoring, afterWrong }: Rules): Promise<RoundSettings[]> {
  const [bank] = (await (await fetch(`${server.address}/api/banks`)).json()) as { sections: { id: string }[] }[]
  const rules = { pressSeconds, answerSeconds, scoring, afterWrong }
  const typed = (kind: TypingRules['kind']) => ({ rules: { ...rules, typing: { kind, seconds: null } } })
  const board = { rows: 2, step: 1, doubles: 1, final: true }
  const round = { title: null, sections: bank?.sections.map(({ id }) => id) ?? [], count: 1, order: 'bank' } as const
  return [typed('text'), typed('number'), { rules, board }].map((play) => {
    return { ...round, ...play, rules: { ...play.rules, scoring: fitScoring(play) } }
  })
}

async function formTeams(night: Night): Promise<void> {
  await night.quiet()
  await night.tell(night.host, { type: 'dealTeams' }, { type: 'renameTeam', team: 1, name: 'Первые' })
  await night.nameCaptains(8)
  for (const { guest } of night.some(2)) {
    await night.tell(night.mate, { type: 'giveExtraTime', seat: guest.seat, percent: 50 })
  }
  await night.correct({ team: 2 }, 1)
  await night.merge()
  await expectKnown(night)
}

/** Odd questions have options, even ones are for the buzzer; those in reserve come for practice and for the tie-break. */
async function play(night: Night): Promise<void> {
  await night.playByBuzzer(await night.ask({ practice: true }))
  await night.playByChoice(await night.ask(), 'last')
  await expectKnown(night)

  const dropped = night.some(8)
  await night.move(night.some(3))
  await night.playByBuzzer(await night.ask(), async () => {
    for (const phone of dropped) phone.leave()
    await night.join(4)
  })
  await night.rule()
  await night.tell(night.mate, { type: 'dealTeams' })
  await night.playByChoice(await night.ask(), 'quiet', () => night.pauseAWhile())
  await expectKnown(night)

  const heard = await night.ask()
  await night.playByBuzzer(heard, nothing, 'heard')
  await night.rule()
  const removed = night.some(5)
  await night.playByChoice(await night.ask(), 'at once', async () => {
    await Promise.all(dropped.map((phone) => phone.comeBack()))
    await night.remove(removed)
  })
  await night.playByBuzzer(await night.ask(), () => night.pauseAWhile())
  await night.undo(heard)
  await expectKnown(night)

  const away = night.some(6)
  const marked = await night.ask()
  await night.playByChoice(marked, 'quiet', async () => {
    for (const phone of away) phone.leave()
    await night.join(2)
    await Promise.all(away.map((phone) => phone.comeBack()))
  })
  await night.tell(night.host, { type: 'markChoices', turn: marked, right: [0, 3] })
  await night.tell(night.mate, { type: 'markChoices', turn: marked - 2, right: [] })
  for (const { guest } of night.some(2)) await night.correct({ seat: guest.seat }, 3)
  await night.letBackIn(removed)
  await night.merge()
  await night.tell(night.host, { type: 'dealTeams' })
  await night.move(night.some(3))
  await night.playByBuzzer(await night.ask(), undefined, 'cut short')
  await night.rule()
  await night.playByChoice(await night.ask(), 'at once')
  await expectKnown(night)

  await night.begin(2)
  await night.playByTyping(await night.ask())
  await night.breakAWhile()
  await night.begin(3)
  await night.playByTyping(await night.ask())
  await expectKnown(night)
  await night.begin(4)
  await night.win(await night.askCell())
  await night.playDouble(await night.askCell())
  await night.playFinal()
  await expectKnown(night)

  await night.tie()
  await night.playByBuzzer(await night.ask({ tieBreak: true }))
  await night.rule()
  await night.tell(night.host, { type: 'end' })
  await expectKnown(night)
}

const nothing = () => Promise.resolve()

/** Every phone knows of its own, and of its team's, what the log says now. */
async function expectKnown(night: Night): Promise<void> {
  await night.quiet()
  const log = await night.log()
  const state = log.reduce(evolve, unopened)
  const here = night.phones.filter(({ isHere }) => isHere)
  // What a phone was told before it was answered has come: to call oneself what one is called changes nothing.
  const name = ({ mine }: { mine: Mine | null }) => mine?.name ?? ''
  await Promise.all(here.map(({ guest }) => guest.say({ type: 'rename', seat: guest.seat, name: name(guest) })))
  const known = here.map(({ guest }) => [guest.seat, ownOf(guest.mine)])
  expect(known).toEqual(here.map(({ guest }) => [guest.seat, ownOf(mineOf(state, log.length, guest.seat))]))
}

/** Whoever is in no team yet is not told of each newcomer among whom they are. */
const ownOf = (mine: Mine | null) =>
  mine && [mine.score + 0, mine.team, ...(mine.team === null ? [] : [(mine.teamScore ?? 0) + 0, mine.place, mine.of])]

/** What was acknowledged is in the log, and all see the same standings: those that the log adds up to by hand. */
async function expectOneAccount(night: Night, log: RoomEvent[]): Promise<void> {
  const balance = await night.crowd.balance(server.store)
  expect(balance).toMatchObject({ lost: 0, doubled: 0, replicas: night.phones.length + 3, complaints: [] })
  report(`${JSON.stringify(balance)} ${JSON.stringify(countsOf(night.phones.flatMap(({ refused }) => refused)))}`)
  const lines = addedUp(log)
  const state = log.reduce(evolve, unopened)
  for (const seen of [state, night.host.state, night.mate.state, night.screen.state]) {
    expect(teamStandingsOf(seen).map(lineOf)).toEqual(lines)
  }
  const teamOf = new Map(seatsOf(state).map(({ seat, team }) => [seat, team]))
  for (const { guest } of night.phones) {
    const line = lines.find(({ number }) => number === teamOf.get(guest.seat))
    expect({ ...guest.mine, teamScore: (guest.mine?.teamScore ?? 0) + 0 }).toMatchObject({
      ...{ team: line?.number, teamScore: (line?.score ?? 0) + 0, place: line?.place, of: lines.length },
    })
  }
}

const lineOf = ({ number, size, score, place }: TeamLine): TeamLine => ({ number, size, score, place })

function countsOf(refused: Refused[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { said, code } of refused) counts[`${said.type} ${code}`] = (counts[`${said.type} ${code}`] ?? 0) + 1
  return counts
}

/** One sentence for each no that no rule explains. */
function unexplained(night: Night, log: RoomEvent[]): string[] {
  const states = log.reduce<RoomState[]>(
    (states, event) => [...states, evolve(states.at(-1) ?? unopened, event)],
    [unopened],
  )
  const refused = night.phones.flatMap(({ refused }) => refused)
  expect(refused.length).toBeGreaterThan(0)
  return refused
    .filter((one) => one.why !== null || !isExplained(one, states))
    .map(({ phone, said, code, why, version, until }) => {
      return `${phone} was refused ${said.type}: ${code}, between ${version} (${why}) and ${until}`
    })
}

/**
 * A phone spoke by what it knew, and meanwhile the log had moved: on the way to where the log was when it was answered
 * there is a room in which its own replica would have said just this. What others are called no phone knows.
 */
function isExplained({ seat, said, code, version, until }: Refused, states: RoomState[]): boolean {
  const since = states.slice(version + 1, until + 1)
  if (said.type === 'rename') return code === 'name-taken' && said.name.startsWith(wanted)
  return since.some((state, index) => {
    const view = viewOf(state, { role: 'player', seat })
    return whyNot(said, view, mineOf(state, version + 1 + index, seat)) === code
  })
}
