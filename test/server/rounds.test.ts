import type { RoundSettings } from '@knopka/shared/contracts'
import { kindOfRound, nextQuestionId, stageOf } from '@knopka/shared/game'
import { rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { firstRound, firstSetup, settingsOf } from '../../client/src/setup/settings.ts'
import { choiceBanks } from '../support/choice-bank.ts'
import { asHost, asPlayer, asScreen, askNext, type Guest } from '../support/guest.ts'
import { settings } from '../support/server.ts'
import { openRoom, type TestServer } from '../support/server.ts'
import { serve } from './scene.ts'

const { pressSeconds, answerSeconds, scoring, afterWrong } = settings.rules
const rules = { pressSeconds, answerSeconds, scoring, afterWrong }

async function sectionsOf({ address }: TestServer, least = 20): Promise<string[]> {
  const [bank] = (await (await fetch(`${address}/api/banks`)).json()) as { sections: { id: string; total: number }[] }[]
  return (bank?.sections ?? []).filter(({ total }) => total > least).map(({ id }) => id)
}

const round = (sections: string[], changes: Partial<RoundSettings> = {}): RoundSettings => ({
  ...{ title: null, sections, count: 2, order: 'bank', rules },
  ...changes,
})

async function sit(server: TestServer, rounds: RoundSettings[]) {
  const [first, ...more] = rounds
  if (!first) throw new Error('An evening has a round')
  const { title: _title, rules: own, ...flat } = first
  const evening = { ...flat, rules: { ...settings.rules, ...own }, rounds: more }
  const { pin, capability } = await openRoom(server.address, evening)
  const host = await asHost(server.address, pin, capability)
  const ann = await asPlayer(server.address, pin, 'Аня')
  return { pin, host, ann, wall: await asScreen(server.address, pin) }
}

async function skipAll(host: Guest): Promise<void> {
  while (nextQuestionId(host.state) !== undefined) {
    await say(host, { type: 'skip', turn: await askNext(host) })
    await host.until(({ state }) => state.turn !== null && stageOf(state.turn) === 'closed')
  }
}

async function say(guest: Guest, said: Parameters<Guest['say']>[0]): Promise<void> {
  expect([said.type, await guest.say(said)]).toEqual([said.type, expect.objectContaining({ ok: true })])
}

test('an evening of three rounds asks what each of them holds, and nothing twice', async () => {
  const server = await serve()
  const [one = '', two = '', three = ''] = await sectionsOf(server)
  const { host } = await sit(server, [round([one]), round([one, two]), round([three], { count: 3 })])
  for (const number of [1, 2, 3]) {
    if (number > 1) await say(host, { type: 'beginRound', round: number })
    await host.until(({ state }) => state.round === number)
    await skipAll(host)
  }
  const { turn, secret, total } = host.state
  const asked = [...(secret.past ?? []), ...(turn ? [turn] : [])]
  expect(asked.map(({ round }) => round)).toEqual([1, 1, 2, 2, 3, 3, 3])
  expect(total).toBe(7)
  expect(new Set(asked.map(({ secret }) => secret.questionId)).size).toBe(7)
})

test('what was missed comes again as a round of its own, what was known does not, and a tie may still be broken', async () => {
  const server = await serve()
  const [one = ''] = await sectionsOf(server)
  const { pin, host, ann } = await sit(server, [round([one], { count: 3 })])
  const known = await askNext(host)
  await say(host, { type: 'openBuzzers', turn: known })
  await ann.lit(known)
  expect(await ann.buzz(known)).toMatchObject({ ok: true })
  await host.until(({ state }) => state.turn?.floor?.seat === ann.seat)
  await say(host, { type: 'giveVerdict', turn: known, seat: ann.seat, verdict: 'right' })
  await host.until(({ state }) => state.turn?.closed === 'answered')
  await skipAll(host)
  const missed = host.state.secret.plan?.slice(1, 3)
  await say(host, { type: 'planRounds', kept: 1, rounds: [round([], { missed: true, count: 40 })] })
  await say(host, { type: 'beginRound', round: 2 })
  await host.until(({ state }) => state.round === 2)
  expect(host.state.rounds[1]?.count).toBe(2)
  const first = nextQuestionId(host.state)
  expect(missed).toContain(first)
  await skipAll(host)
  expect(host.state.turn?.turn).toBe(5)
  await asPlayer(server.address, pin, 'Борис')
  await say(host, { type: 'giveVerdict', turn: known, seat: ann.seat, verdict: 'wrong' })
  const questionId = nextQuestionId(host.state, true) ?? 'none'
  await say(host, { type: 'ask', turn: 6, questionId, tieBreak: true })
  await host.until(({ state }) => state.turn?.turn === 6 && state.turn.only?.length === 2)
})

test('there is no round of what was missed where nothing was, nor of sections without a question', async () => {
  const server = await serve()
  const [one = ''] = await sectionsOf(server)
  const { host } = await sit(server, [round([one])])
  for (const empty of [round([], { missed: true }), round(['nowhere'])]) {
    expect(await host.say({ type: 'planRounds', kept: 0, rounds: [empty] })).toEqual({
      ok: false,
      code: 'nothing-missed',
    })
  }
})

test('a board is picked by whoever was right, and hides its final from phones and wall until it opens', async () => {
  const server = await serve()
  const sections = (await sectionsOf(server)).slice(0, 2)
  const board = { rows: 2, step: 100, doubles: 0, final: true }
  const { host, ann, wall } = await sit(server, [round(sections, { board })])
  await say(host, { type: 'beginRound', round: 1 })
  await ann.until(({ state }) => state.phase === 'playing')
  expect(ann.state.rounds[0]?.board?.columns.map(({ cells }) => cells)).toEqual([2, 2])
  const turn = await askNext(host, 3)
  await say(host, { type: 'openBuzzers', turn })
  expect(await ann.buzz(turn)).toMatchObject({ ok: true })
  await host.until(({ state }) => state.turn?.floor?.seat === ann.seat)
  await say(host, { type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  await ann.until(({ state }) => state.turn?.closed === 'answered')
  await say(ann, { type: 'pickCell', cell: 0 })
  await wall.until(({ state }) => state.picked === 0)
  const final = await askNext(host, 4)
  const text = host.state.turn?.secret.sealed ?? 'none'
  await wall.until(({ state }) => state.turn?.turn === final)
  await say(ann, { type: 'stake', turn: final, seat: ann.seat, points: 150 })
  for (const guest of [ann, wall]) expect(JSON.stringify(guest.state)).not.toContain(text)
  await say(host, { type: 'openBuzzers', turn: final })
  await wall.until(({ state }) => state.turn?.secret.text === text)
  await say(ann, { type: 'answer', turn: final, text: 'Redis', pressedAt: ann.clock() })
  await host.until(({ state }) => state.turn?.closed === 'answered')
  await say(host, { type: 'judgeAnswers', turn: final, answers: ['redis'], verdict: 'right' })
  await ann.until(({ mine }) => mine?.score === 200 + 150)
})

test('a round of the usual set-up is by the buzzer where no question has options, and by choosing where some have', async () => {
  const shown = async (server: TestServer, count: number) => {
    const sections = (await sectionsOf(server, 0)).slice(0, 1)
    const { rounds } = settingsOf({
      ...firstSetup('seed'),
      rounds: [{ ...firstRound, sections, count, order: 'bank' }],
    })
    const { host, ann, wall } = await sit(server, rounds)
    await say(host, { type: 'beginRound', round: 1 })
    for (const guest of [ann, wall]) await guest.until(({ state }) => state.phase === 'playing')
    return [host, ann, wall].map(({ state }) => state.rounds.map((round) => kindOfRound(round, state.rules)))
  }
  const all = (kind: string) => [[kind], [kind], [kind]]
  expect(await shown(await serve(), 40)).toEqual(all('buzzer'))
  const folder = await choiceBanks()
  onTestFinished(() => rm(folder, { recursive: true }))
  const withOptions = await serve({ KNOPKA_BANKS: folder })
  expect(await shown(withOptions, 3)).toEqual(all('mixed'))
  expect(await shown(withOptions, 2)).toEqual(all('choices'))
})
