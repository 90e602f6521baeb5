import type { OpenedRoom } from '@knopka/shared/contracts'
import { expect, test } from 'vitest'
import { asHost, asPlayer, asScreen } from '../support/guest.ts'
import { eveningOf } from '../support/one-round.ts'
import { settings, type TestServer } from '../support/server.ts'
import { openNext, serve, takeFloor, untilTheEnd } from './scene.ts'

const password = 'знак вопроса'
const guarded = { KNOPKA_HOST_PASSWORD: password, KNOPKA_TRUST_PROXY: 'loopback' }

async function open({ address }: TestServer, said: object, from = '10.0.0.1'): Promise<[number, unknown]> {
  const [bank] = (await (await fetch(`${address}/api/banks`)).json()) as { id: string; sections: { id: string }[] }[]
  const [id, sections] = [bank?.id ?? '', bank?.sections.map(({ id }) => id) ?? []]
  const body = { ...eveningOf({ ...settings, bank: id, sections }), ...said }
  const response = await fetch(`${address}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify(body),
  })
  return [response.status, await response.json()]
}

const room = { pin: expect.stringMatching(/^\d{6}$/) as string, capability: expect.any(String) as string }
const wrong = [403, { code: 'wrong-password' }]
const waiting = { code: 'too-many', retryAfterSeconds: expect.any(Number) as number }

test('a server without one opens rooms to everybody, also to who says one', async () => {
  const server = await serve()
  expect(await open(server, {})).toEqual([201, room])
  expect(await open(server, { password: 'anything' })).toEqual([201, room])
})

test('a server with one opens rooms to who knows it', async () => {
  expect(await open(await serve(guarded), { password })).toEqual([201, room])
})

test.each([
  ['nothing', {}],
  ['an empty one', { password: '' }],
  ['half of it', { password: password.slice(0, 6) }],
  ['it and more', { password: `${password}!` }],
  ['it in capitals', { password: password.toUpperCase() }],
])('%s opens none', async (_what, said) => {
  expect(await open(await serve(guarded), said)).toEqual(wrong)
})

test.each([
  ['a list', [password]],
  ['an object', { toString: password }],
  ['a number', 12345678],
  ['a book', 'a'.repeat(201)],
])('%s is no password', async (_what, said) => {
  expect(await open(await serve(guarded), { password: said })).toEqual([400, { code: 'bad-request' }])
})

test('who guessed ten times in a minute has to wait, also with the right one; others do not', async () => {
  const server = await serve(guarded)
  const guesses = await Promise.all(
    Array.from({ length: 30 }, (_, index) => open(server, { password: `guess ${index}` })),
  )
  expect(guesses.filter(([status]) => status === 403)).toHaveLength(10)
  expect(guesses.filter(([status]) => status === 429)).toHaveLength(20)
  expect(await open(server, { password })).toEqual([429, waiting])
  expect(await open(server, { password }, '10.0.0.2')).toEqual([201, room])
})

test('what is right costs nothing, nor does a page that does not know yet that one is needed', async () => {
  const server = await serve(guarded)
  for (let tries = 0; tries < 15; tries++) expect(await open(server, {})).toEqual(wrong)
  for (let tries = 0; tries < 15; tries++) expect(await open(server, { password })).toEqual([201, room])
  expect(await open(server, { password: 'a guess' })).toEqual(wrong)
})

test('it is in no room: nobody else needs it, and nothing of it reaches anyone', async () => {
  const server = await serve(guarded)
  const [, body] = await open(server, { password })
  const { pin, capability } = body as OpenedRoom
  const host = untilTheEnd(await asHost(server.address, pin, capability))
  const ann = untilTheEnd(await asPlayer(server.address, pin, 'Аня'))
  const wall = untilTheEnd(await asScreen(server.address, pin))
  await takeFloor(ann, await openNext(host))
  for (const { received } of [host, ann, wall]) expect(received.join()).not.toContain(password)
  expect(JSON.stringify(await server.store.rooms.read(pin, 0))).not.toContain(password)
})
