import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenedStudy, RoundSettings, Rules } from '@knopka/shared/contracts'
import { isOfMode, nextDeadline, seatsOf, stageOf, type RoomEvent, type RoomState } from '@knopka/shared/game'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  asHost,
  asMember,
  asPlayer,
  asScreen,
  askNext,
  enter,
  type Guest,
  type Knock,
  type Said,
} from '../support/guest.ts'
import { Ledger } from '../support/ledger.ts'
import { hush } from '../support/leaks.ts'
import type { OneRound } from '../support/one-round.ts'
import { openRoom } from '../support/server.ts'
import { ServerApart } from '../support/storm/apart.ts'
import { secretsIn, type Listener } from '../support/storm/heard.ts'
import { commandsByType, type CommandType } from '../support/storm/messages.ts'
import { Stage } from '../support/storm/stage.ts'
import { Storm } from '../support/storm/storm.ts'
import { answered } from './call.ts'
import { foldOf, withRules } from './scene.ts'
import type { Rest } from './storm-server.ts'

/**
 * `KNOPKA_SEED` says the same messages again. What they meet (the turn on the table, seats, tokens) is up to the
 * server's own chance and to who comes first.
 */
const seed = process.env.KNOPKA_SEED ?? randomBytes(4).toString('hex')

const messages = 100_000
/** After these the server has compiled and kept all that it will. */
const firstMessages = 10_000
/** What the rooms themselves have grown by, and what a heap is never sure of: a tenth of a kilobyte a message. */
const heapGrowthBytes = 10_000_000

/** The server notices within ten seconds that someone is gone; this is long enough on any machine. */
const patienceMs = 60_000

interface Scene {
  pin: string
  stage: Stage
  ledger: Ledger
}

let server: ServerApart
let banks: string
let calm: Scene
let wild: Scene[]
let study: Scene
let storm: Storm
let host: Guest
/** Comes in when the storm is over, to say half of what one host may not say within a second. */
let mate: Guest
let ann: Guest
let bob: Guest
let wall: Guest
const guests: Guest[] = []
let rests: { before: Rest; after: Rest }

const store = { rooms: { read: (pin: string) => server.log(pin) } }

/** A bank whose every word is marked, so that it is known again in any bytes. Every other question has options. */
async function markedBank(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'knopka-banks-'))
  const questions = Array.from({ length: 150 }, (_, index) => {
    const number = index + 1
    const options = number % 2 === 0 ? ['a', 'b', 'c'].map((letter) => markedOption(number, letter)) : []
    const text = `${hush('text', number)} {#${hush('plan', number)}}`
    return [text, ...options, `> ${hush('note', number)}\n`].join('\n')
  })
  await writeFile(join(folder, `${hush('bank', 1)}.md`), ['# Storm\n', '## One\n', ...questions].join('\n'))
  return folder
}

/** The first is right, and now and then the second too. */
const markedOption = (number: number, letter: string): string => {
  const isRight = letter === 'a' || (letter === 'b' && number % 4 === 0)
  return `- [${isRight ? 'x' : ' '}] ${hush('option', `${number}-${letter}`)}`
}

const open = (changes: Partial<OneRound> = {}) =>
  openRoom(server.address, { count: 120, seed: hush('seed', 1), ...changes })

const wholeOf = async (pin: string): Promise<RoomState> => foldOf(await server.log(pin))

function here(ledger: Ledger, name: string, guest: Guest): Guest {
  guests.push(guest)
  return ledger.follow(name, guest)
}

/** A room in which people play who do no harm, so that nobody may end their evening. */
async function calmRoom(): Promise<Scene> {
  const { pin, capability } = await open(withRules({ teams, choices: { points: 'penalty', seconds: null } }))
  const { address } = server
  const ledger = new Ledger()
  host = here(ledger, 'host', await asHost(address, pin, capability))
  ann = here(ledger, 'ann', await asPlayer(address, pin, 'Аня'))
  bob = here(ledger, 'bob', await asPlayer(address, pin, 'Борис'))
  wall = here(ledger, 'wall', await asScreen(address, pin))
  const spared = [ann.seat, bob.seat]
  const unsaid = ['end', 'replaceLink', 'mergeTeams', 'planRounds', 'beginRound', 'changeRules'] as const
  return { pin, ledger, stage: new Stage({ pin, watcher: host, spared, unsaid, whole: () => wholeOf(pin) }) }
}

/** A room that only a projector watches. */
async function wildRoom({ unsaid, ...rules }: Wild): Promise<Scene> {
  const { pin } = await open(withRules(rules))
  const ledger = new Ledger()
  const watcher = here(ledger, 'wall', await asScreen(server.address, pin))
  return {
    pin,
    ledger,
    stage: new Stage({ pin, watcher, spared: null, unsaid, whole: () => wholeOf(pin) }),
  }
}

/** A room that nobody runs: whoever does no harm in it watches, and is not voted out. */
async function studyRoom(): Promise<Scene> {
  const { address } = server
  const [{ id, sections } = { id: '', sections: [] }] = await answered<{ id: string; sections: { id: string }[] }[]>(
    fetch(`${address}/api/banks`),
  )
  const settings = { sections: sections.map((section) => section.id), newPercent: 50, typesFirst: true }
  const body = JSON.stringify({ title: 'Вторник', bank: id, study: settings })
  const headers = { 'content-type': 'application/json' }
  const { pin, invitation } = await answered<OpenedStudy>(
    fetch(`${address}/api/studies`, { method: 'POST', headers, body }),
  )
  const ledger = new Ledger()
  const watcher = here(ledger, 'vera', await asMember(address, pin, 'Вера', invitation))
  const spared = [watcher.seat]
  return { pin, ledger, stage: new Stage({ pin, watcher, spared, unsaid: [], whole: () => wholeOf(pin) }) }
}

const teams = { count: 30, formedBy: 'players', presses: 'anyone', score: 'sum' } as const

interface Wild extends Partial<Rules> {
  unsaid: readonly CommandType[]
}

const wildRules: Wild[] = [
  {
    unsaid: [],
    ...{ setting: 'friends', scoring: 'penalty', afterWrong: 'reopen', pressSeconds: 3, answerSeconds: 3 },
    ...{ teams: { ...teams, presses: 'captain', score: 'per-head' }, choices: { points: 'by-time', seconds: 3 } },
  },
  {
    unsaid: ['end'],
    ...{ setting: 'call', scoring: 'by-place', approveNames: true, textOnPhones: true },
    ...{ teams: { ...teams, count: 5, formedBy: 'host' }, choices: { points: 'plain', seconds: null } },
  },
  { unsaid: ['end'], setting: 'screen', afterWrong: 'reopen', answerSeconds: 5 },
  { unsaid: ['end', 'planRounds', 'changeRules'], typing: { kind: 'text', seconds: 5 } },
]

let beats = 0
/** What those say in between who do no harm. */
async function meanwhile(): Promise<void> {
  const number = ++beats
  const turn = host.state.turn?.turn ?? 1
  await Promise.all([
    host.say({ type: 'correctScore', seat: ann.seat, points: 1, reason: hush('reason', number) }),
    ann.say({ type: 'rename', seat: ann.seat, name: `Аня ${number}` }),
    bob.press(turn),
    bob.say({ type: 'choose', turn, options: [number % 3], pressedAt: bob.clock() }),
    ann.say({ type: 'vote', turn, verdict: 'partly' }),
  ])
}

/** When everyone has left who does not belong here, or stays for good. */
async function atRest(): Promise<Rest> {
  const until = performance.now() + patienceMs
  for (;;) {
    const rest = await server.rest()
    if (rest.connections === guests.length || performance.now() > until) return rest
  }
}

const report = (text: string) => void process.stdout.write(`${text}\n`)
const megabytes = ({ heapBytes }: Rest) => (heapBytes / 1e6).toFixed(1)

beforeAll(async () => {
  report(`KNOPKA_SEED=${seed}`)
  banks = await markedBank()
  server = await ServerApart.start({ KNOPKA_BANKS: banks, KNOPKA_TRUST_PROXY: 'loopback' })
  calm = await calmRoom()
  wild = await Promise.all(wildRules.map(wildRoom))
  study = await studyRoom()
  storm = new Storm({
    address: server.address,
    seed,
    stages: [calm.stage, ...wild.map(({ stage }) => stage), study.stage],
    meanwhile,
  })
  await Promise.race([storm.rage(firstMessages), server.crash])
  const before = await atRest()
  const began = performance.now()
  await Promise.race([storm.rage(messages - firstMessages), server.crash])
  // What takes much chance may take some more of it.
  for (let more = 0; more < 10 && (await chaptersMissing()).length > 0; more++)
    await Promise.race([storm.rage(firstMessages), server.crash])
  const seconds = (performance.now() - began) / 1000
  rests = { before, after: await atRest() }
  report(`${storm.tally.toString()}\n  ${seconds.toFixed(1)} s, ${storm.heard.frames} frames heard`)
  report(`  heap: ${megabytes(rests.before)} MB before, ${megabytes(rests.after)} MB after`)
}, 600_000)

afterAll(async () => {
  guests.forEach((guest) => guest.leave())
  await server.end()
  await rm(banks, { recursive: true })
}, patienceMs)

test('every message that is due an answer got one', () => {
  expect(storm.tally.unanswered).toEqual([])
  expect(storm.tally.sent).toBeGreaterThanOrEqual(messages)
})

test('a large part of it reached the parser and the rules', () => {
  const { tally } = storm
  expect(tally.share('too-many')).toBeLessThan(0.1)
  expect(tally.share('bad-request')).toBeGreaterThan(0.25)
  expect(tally.shareOfRules).toBeGreaterThan(0.25)
})

test('what they said came about in every chapter of the rules', async () => {
  expect(await chaptersMissing()).toEqual([])
})

async function chaptersMissing(): Promise<RoomEvent['type'][]> {
  const logs = await Promise.all([calm, ...wild, study].map(({ pin }) => server.log(pin)))
  const own = new Set(guests.map(({ seat }) => seat))
  const seen = new Set(logs.flat().flatMap(({ by, type }) => (own.has(by) ? [] : [type])))
  return chapters.filter((type) => !seen.has(type))
}

/** Of each chapter what is hardest to bring about. */
const chapters: RoomEvent['type'][] = [
  ...(['letBackIn', 'teamsMerged', 'captainNamed', 'teamRenamed', 'teamPicked', 'linksReplaced'] as const),
  ...(['chosen', 'typed', 'choicesMarked', 'juryCalled', 'voted', 'protested', 'protestRuled'] as const),
  ...(['sessionBegan', 'sessionEnded', 'written', 'studyRevealed', 'rated', 'steppedBack', 'votedOut'] as const),
  ...(['noteWritten', 'progressBrought', 'mapShared', 'studyChanged'] as const),
  ...(['falseStarted', 'floorGiven', 'verdictUndone', 'answerRevealed', 'breakBegan', 'scoreCorrected'] as const),
]

test('the server lives and logged no fault', async () => {
  expect(await server.faults()).toEqual([])
  expect(storm.tally.share('server-error')).toBe(0)
})

test('nobody was kept from their own seat, also who came and went in haste', async () => {
  expect(storm.tally.keptOut).toBe(0)
  for (const { pin, stage } of [calm, ...wild, study]) {
    const said = await Promise.all(stage.hasty.map((as) => doorSays(pin, as)))
    expect(said.filter((code) => code === 'too-many')).toEqual([])
  }
})

const doorSays = (pin: string, as: Knock): Promise<string> =>
  enter(server.address, pin, as).then(
    (guest) => (guest.leave(), 'come in'),
    ({ message }: Error) => message,
  )

test('every connection is accounted for', async () => {
  const players = new Set([ann.seat, bob.seat])
  await host.until(({ presence }) => Object.keys(presence).length === players.size)
  expect(new Set(Object.keys(host.presence))).toEqual(players)
  expect(rests.after.connections).toBe(guests.length)
})

test('memory is back to where it was', () => {
  expect(rests.after.heapBytes - rests.before.heapBytes).toBeLessThan(heapGrowthBytes)
})

test('those who did no harm play on, with every kind of command', async () => {
  await calm.ledger.caughtUp(store, calm.pin)
  await settleIn()
  // One of two that follow each other has options.
  for (let number = 0; number < 2; number++) {
    const turn = await askNext(host)
    await tell(host, { type: 'openBuzzers', turn })
    await (host.state.turn?.choosing ? choose(turn) : press(turn))
  }
  await tell(mate, { type: 'takeBreak', minutes: 5 }, { type: 'endBreak' })
  await moreRounds()
  await tell(mate, { type: 'end' })
  await Promise.all([ann, bob, wall].map((guest) => guest.until(({ state }) => state.phase === 'over')))
  const all = [...commandsByType.keys()].filter((type) => isOfMode(type, 'quiz'))
  expect(new Set([...said, 'ask', 'buzz'])).toEqual(new Set(all))
})

/** What those were told a yes to who did no harm. */
const said = new Set<string>()

async function tell(guest: Guest, ...commands: Said[]): Promise<void> {
  for (const command of commands) {
    said.add(command.type)
    expect([command.type, await guest.say(command)]).toEqual([command.type, expect.objectContaining({ ok: true })])
  }
}

/** Whatever the storm left is put right: the room, who is in it, and in which team. */
async function settleIn(): Promise<void> {
  await tell(host, { type: 'resume' }, { type: 'lockRoom', locked: false }, { type: 'showStandings', shown: true })
  await tell(host, { type: 'chooseAddress', address: server.address }, { type: 'replaceLink', link: 'cohost' })
  const link = host.state.secret.links?.cohost ?? ''
  mate = here(calm.ledger, 'mate', await asHost(server.address, calm.pin, link))
  const { turn: left } = host.state
  if (left && stageOf(left) !== 'closed') await tell(host, { type: 'skip', turn: left.turn })
  const others = seatsOf(host.state).filter(({ seat, removed }) => !removed && !calm.stage.isSpared(seat))
  const other = others[0]?.seat ?? ''
  await tell(mate, { type: 'rename', seat: other, name: 'Кто-то' })
  await tell(mate, { type: 'remove', seat: other }, { type: 'letBackIn', seat: other })
  await tell(ann, { type: 'rename', seat: ann.seat, name: 'Анна' })
  await tell(mate, { type: 'hideName', seat: ann.seat, hidden: false })
  await tell(mate, { type: 'correctScore', seat: bob.seat, points: 1, reason: hush('reason', 'last') })
  await teamUp()
}

/** Ann and Bob play against each other. */
async function teamUp(): Promise<void> {
  const [one, other, third, fourth] = host.state.teams.map(({ number }) => number)
  if (!one || !other || !third || !fourth) throw new Error('Too few teams are left')
  await tell(mate, { type: 'dealTeams' }, { type: 'mergeTeams', from: fourth, into: third })
  await tell(mate, { type: 'pickTeam', seat: ann.seat, team: one }, { type: 'pickTeam', seat: bob.seat, team: null })
  await tell(bob, { type: 'pickTeam', seat: bob.seat, team: other })
  await tell(mate, { type: 'renameTeam', team: one, name: 'Последние' })
  await tell(mate, { type: 'nameCaptain', team: one, seat: null })
  await tell(ann, { type: 'nameCaptain', team: one, seat: ann.seat })
}

/** A wrong answer that was right after all, once the hall was heard, and a protest. */
async function press(turn: number): Promise<void> {
  expect(await ann.buzz(turn)).toMatchObject({ ok: true })
  expect(await bob.buzz(turn)).toMatchObject({ ok: true })
  await host.until(({ state }) => Boolean(state.turn?.floor))
  const [first, second] = host.state.turn?.floor?.seat === ann.seat ? [ann, bob] : [bob, ann]
  await tell(host, { type: 'pause' }, { type: 'resume' }, { type: 'callJury', turn })
  await tell(second, { type: 'vote', turn, verdict: 'right' })
  await tell(host, { type: 'giveVerdict', turn, seat: first.seat, verdict: 'wrong' })
  await second.until(({ state }) => state.turn?.floor?.seat === second.seat)
  await tell(first, { type: 'protest', turn })
  await tell(mate, { type: 'ruleOnProtest', turn, seat: first.seat, upheld: true })
  await tell(host, { type: 'undoVerdict', turn, seat: first.seat })
  await tell(host, { type: 'giveVerdict', turn, seat: first.seat, verdict: 'right' })
  const before = first.mine?.score ?? 0
  await tell(host, { type: 'reveal', turn })
  const note = host.state.turn?.secret.note ?? ''
  await wall.until(({ state }) => state.turn?.revealed?.note === note)
  await first.until(({ mine }) => (mine?.score ?? 0) >= before)
}

/** Words, a number to guess, and a board with a final. */
async function moreRounds(): Promise<void> {
  const { programme = [], past = [] } = host.state.secret
  const [first] = programme
  if (!first || past.length === 0) throw new Error('The room has no round')
  const round = (rules: Partial<RoundSettings['rules']>, board: RoundSettings['board'] = null): RoundSettings => ({
    ...first,
    count: 1,
    board,
    rules: { ...first.rules, choices: null, ...rules },
  })
  const last = round({}, { rows: 1, step: 100, doubles: 0, final: true })
  const rounds = [
    round({ typing: { kind: 'text', seconds: null } }),
    round({ typing: { kind: 'number', seconds: null } }),
  ]
  await tell(host, { type: 'giveExtraTime', seat: bob.seat, percent: 50 })
  await tell(mate, { type: 'planRounds', kept: 1, rounds: [...rounds, last] }, { type: 'beginRound', round: 2 })
  const words = await typed('Redis', 'редис')
  await tell(host, { type: 'judgeAnswers', turn: words, answers: ['redis'], verdict: 'right' })
  await tell(mate, { type: 'beginRound', round: 3 })
  await tell(host, { type: 'judgeGuesses', turn: await typed('40', '44'), right: 42 })
  await tell(
    mate,
    { type: 'beginRound', round: 4 },
    { type: 'changeRules', rules: round({ scoring: 'penalty' }).rules },
  )
  await tell(mate, { type: 'pickCell', cell: 0 })
  await tell(host, { type: 'skip', turn: await askNext(host, 0) })
  const final = await askNext(host, 1)
  await tell(ann, { type: 'stake', turn: final, seat: ann.seat, points: 0 })
  await tell(host, { type: 'skip', turn: final })
}

/** What these two answer, each in writing. @returns the question */
async function typed(anns: string, bobs: string): Promise<number> {
  const turn = await askNext(host)
  await tell(mate, { type: 'openBuzzers', turn })
  await tell(ann, { type: 'answer', turn, text: anns, pressedAt: ann.clock() })
  await tell(bob, { type: 'answer', turn, text: bobs, pressedAt: bob.clock() })
  await tell(mate, { type: 'closeAnswers', turn })
  return turn
}

/** Both choose the same, which is right after all. */
async function choose(turn: number): Promise<void> {
  for (const guest of [ann, bob]) await tell(guest, { type: 'choose', turn, options: [0], pressedAt: guest.clock() })
  await tell(host, { type: 'closeAnswers', turn })
  await ann.until(({ state }) => state.turn?.closed === 'answered')
  const right = ann.state.turn?.choosing?.right?.includes(0) ? [1] : [0]
  await tell(mate, { type: 'markChoices', turn, right })
  await wall.until(({ state }) => state.turn?.choosing?.right?.join() === right.join())
}

test('the log of those who did no harm holds what they were told, once, and they see what it says', async () => {
  await calm.ledger.caughtUp(store, calm.pin)
  const balance = await calm.ledger.balance(store, calm.pin)
  report(`  ledger: ${JSON.stringify(balance)}`)
  expect(balance).toMatchObject({ lost: 0, doubled: 0, replicas: 5, complaints: [] })
  expect(balance.acknowledged).toBeGreaterThan(beats)
})

test('the other rooms are what their logs say', async () => {
  for (const { pin, ledger, stage } of wild) {
    await ended(pin, stage)
    await ledger.caughtUp(store, pin)
    expect(await ledger.balance(store, pin)).toMatchObject({ doubled: 0, replicas: 1, complaints: [] })
  }
})

test('so is the study room', async () => {
  const { pin, ledger } = study
  await ledger.caughtUp(store, pin)
  expect(await ledger.balance(store, pin)).toMatchObject({ lost: 0, doubled: 0, replicas: 1, complaints: [] })
})

/** Whatever clock the storm left running. */
async function ended(pin: string, { watcher }: Stage): Promise<void> {
  const { phase, secret } = await wholeOf(pin)
  if (phase !== 'over') {
    const last = await asHost(server.address, pin, secret.links?.host ?? '')
    expect(await last.say({ type: 'end' })).toMatchObject({ ok: true })
    last.leave()
  }
  await watcher.until(({ state }) => state.phase === 'over' && nextDeadline(state) === null)
}

test('no byte told anyone what was not theirs to know yet', async () => {
  const logs = new Map<string, RoomEvent[]>()
  for (const { pin } of [calm, ...wild, study]) logs.set(pin, await server.log(pin))
  for (const guest of [ann, bob, wall, study.stage.watcher]) listenTo(guest)
  const secrets = [...logs].flatMap(([, log]) => secretsIn(log))
  expect(secrets.length).toBeGreaterThan(1000)
  expect(storm.heard.leaks).toEqual([])
  expect(storm.heard.leaksToStrangers(secrets)).toEqual([])
  for (const [pin, log] of logs) expect(storm.heard.leaksOf(pin, secretsIn(log))).toEqual([])
})

/** All that came for them, as if the storm had heard it. */
function listenTo({ received }: Guest): void {
  const listener: Listener = { ears: 'stranger', pin: '', version: -1 }
  for (const message of received) storm.heard.hear(listener, `42${message}`)
}
