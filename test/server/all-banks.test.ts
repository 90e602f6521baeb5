import { allBanks } from '@knopka/shared/bank'
import type { BankUse, PlayedByGroup, RoundSettings } from '@knopka/shared/contracts'
import { nextQuestionId } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import { askNext } from '../support/guest.ts'
import type { TestServer } from '../support/server.ts'
import { enact, folderWith, openNext, serve, takeFloor, type Scene } from './scene.ts'

const key = 'AAAAAAAAAAAAAAAAAAAA-_'
const aloud = ['# Aloud', '## Basics', 'What? {#same}', 'Why? {#why}', 'When? {#when}', 'Who? {#who}']
const chosen = ['# Chosen', '## Basics', 'Which? {#same}\n- [x] this\n- [ ] that\n> This one', 'Where? {#where}']
const banks = { 'aloud.md': aloud.join('\n\n'), 'chosen.md': chosen.join('\n\n') }

const house = async (): Promise<TestServer> => serve({ KNOPKA_BANKS: await folderWith(banks) })

const get = async <Body>({ address }: TestServer, path: string) => (await (await fetch(address + path)).json()) as Body

const playedBy = async (server: TestServer, bank: string): Promise<string[]> =>
  (await get<PlayedByGroup>(server, `/api/groups/${key}?bank=${bank}`)).played.toSorted()

const { choices, ...rules } = {
  ...({ pressSeconds: null, answerSeconds: null, scoring: 'plain', afterWrong: 'close' } as const),
  choices: { points: 'plain', seconds: null } as const,
}

/** An evening of two rounds: what is answered aloud, and behind it what is chosen. */
async function mixed(server: TestServer, group = {}): Promise<Scene> {
  const outlines = await get<{ id: string; sections: { id: string }[] }[]>(server, '/api/banks')
  const [one = '', other = ''] = outlines.find(({ id }) => id === allBanks)?.sections.map(({ id }) => id) ?? []
  const behind: RoundSettings = {
    title: null,
    sections: [other],
    count: 9,
    order: 'bank',
    rules: { ...rules, choices },
  }
  return enact(server, { bank: allBanks, sections: [one], count: 2, order: 'bank', rounds: [behind], ...group })
}

test('one evening asks of two banks: a round by the buzzer, a round by choosing', async () => {
  const scene = await mixed(await house())
  const { host } = scene
  const ann = await scene.player('Ann')
  expect(host.state.secret.plan?.slice(0, 4)).toEqual(['aloud/same', 'aloud/why', 'chosen/same', 'chosen/where'])
  for (const text of ['What?', 'Why?']) {
    const turn = await askNext(host)
    expect(host.state.turn).toMatchObject({ path: ['Basics'], choosing: null, secret: { text } })
    await host.say({ type: 'skip', turn })
  }
  expect(await host.say({ type: 'beginRound', round: 2 })).toMatchObject({ ok: true })
  await openNext(host)
  await ann.until(({ state }) => !!state.turn?.choosing?.options)
  expect(host.state.turn).toMatchObject({ secret: { text: 'Which?', note: 'This one' } })
  expect(ann.state.turn?.choosing?.options?.toSorted()).toEqual(['that', 'this'])
})

test('what was played of each bank is new in no evening any more, whether it plays of one bank or of all', async () => {
  const server = await house()
  const { host } = await mixed(server, { group: key })
  await host.say({ type: 'skip', turn: await askNext(host) })
  await host.say({ type: 'beginRound', round: 2 })
  await host.say({ type: 'skip', turn: await askNext(host) })
  expect(await playedBy(server, allBanks)).toEqual(['aloud/same', 'chosen/same'])
  expect([await playedBy(server, 'aloud'), await playedBy(server, 'chosen')]).toEqual([['same'], ['same']])

  const next = await mixed(server, { group: key })
  expect(next.host.state.secret.plan?.slice(0, 4)).toEqual(['aloud/why', 'aloud/when', 'chosen/where', 'chosen/same'])
  const own = await enact(server, { group: key, count: 4, order: 'bank' })
  expect(own.host.state.secret.plan).toEqual(['why', 'when', 'who', 'same'])
})

test('an answer is counted for the bank that its question is of', async () => {
  const server = await house()
  const scene = await mixed(server)
  const { host } = scene
  const ann = await scene.player('Ann')
  const turn = await openNext(host)
  await takeFloor(ann, turn)
  await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  await host.say({ type: 'end' })
  const counted = { asked: 1, right: 1, ms: expect.any(Number) as number }
  expect(await get<BankUse>(server, '/api/banks/aloud/use')).toEqual({ same: counted })
  expect(await get<BankUse>(server, '/api/banks/chosen/use')).toEqual({})
  expect(await get<BankUse>(server, `/api/banks/${allBanks}/use`)).toEqual({ 'aloud/same': counted })
})

test('what was missed of both comes again, and what stands in reserve is of both', async () => {
  const { host } = await mixed(await house())
  const practised = nextQuestionId(host.state, true) ?? ''
  expect(practised).toMatch(/^aloud\//)
  const practice = { type: 'ask', turn: 1, questionId: practised, tieBreak: false, practice: true } as const
  expect(await host.say(practice)).toMatchObject({ ok: true })
  await host.say({ type: 'skip', turn: 1 })
  await host.say({ type: 'skip', turn: await askNext(host) })
  await host.say({ type: 'beginRound', round: 2 })
  await host.say({ type: 'skip', turn: await askNext(host) })
  const missed: RoundSettings = { title: null, sections: [], missed: true, count: 9, order: 'bank', rules }
  expect(await host.say({ type: 'planRounds', kept: 2, rounds: [missed] })).toMatchObject({ ok: true })
  const { total, secret } = host.state
  // Behind the evening's own lies what is in reserve.
  expect(secret.plan?.slice(total - 2, total)).toEqual(['aloud/same', 'chosen/same'])
})

test('a folder with one bank alone has nothing to put together', async () => {
  const server = await serve({ KNOPKA_BANKS: await folderWith({ 'aloud.md': banks['aloud.md'] }) })
  expect((await get<{ id: string }[]>(server, '/api/banks')).map(({ id }) => id)).toEqual(['aloud'])
  expect((await fetch(`${server.address}/api/banks/${allBanks}`)).status).toBe(404)
})
