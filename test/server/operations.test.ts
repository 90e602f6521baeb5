import { existsSync } from 'node:fs'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import type { Store } from '@knopka/server/store'
import { describe, expect, onTestFinished, test } from 'vitest'
import { asHost, asPlayer, enter, type Guest } from '../support/guest.ts'
import { openRoom, startServer, type TestServer } from '../support/server.ts'
import { freePort } from '../support/free-port.ts'
import { ServerProcess } from './process.ts'
import { enact, folderWith, openNext, refusalOf, serve, takeFloor, untilTheEnd } from './scene.ts'

const get = ({ address }: { address: string }, path: string, headers: Record<string, string> = {}) =>
  fetch(`${address}${path}`, { headers })

async function statusAndBody(response: Promise<Response>): Promise<[number, unknown]> {
  const { status } = await response
  return [status, await (await response).json()]
}

/** A store that can be told to fail, as one behind a network does. */
async function shakyStore() {
  const store = await openEmbeddedStore({ folder: await folderWith(), roomTtlMs: 86_400_000 })
  onTestFinished(() => store.close())
  let fault: Error | null = null
  const orFail = <Result>(answer: () => Promise<Result>) => (fault ? Promise.reject(fault) : answer())
  const shaky: Store = {
    ...store,
    rooms: {
      read: (pin, from) => store.rooms.read(pin, from),
      append: (pin, expected, events) => orFail(() => store.rooms.append(pin, expected, events)),
      follow: (pin, onCommit) => store.rooms.follow(pin, onCommit),
      erase: (pin) => store.rooms.erase(pin),
    },
    check: () => orFail(() => store.check()),
  }
  return { store: shaky, fail: (why: Error | null) => void (fault = why) }
}

const messagesIn = (lines: string[]) => lines.map((line) => (JSON.parse(line) as { msg: string }).msg)

describe('a server that runs', () => {
  test('is alive and ready', async () => {
    const server = await serve()
    expect(await statusAndBody(get(server, '/healthz'))).toEqual([200, { ok: true }])
    expect(await statusAndBody(get(server, '/readyz'))).toEqual([200, { ok: true }])
  })

  test('is alive and not ready while its store cannot be asked, and its log tells of the loss and the return', async () => {
    const { store, fail } = await shakyStore()
    const server = await serve({ KNOPKA_LOG: 'info' }, { store })
    fail(new Error('Connection is closed'))
    expect(await statusAndBody(get(server, '/readyz'))).toEqual([503, { ok: false, reason: 'store' }])
    expect((await get(server, '/readyz')).headers.get('cache-control')).toBe('no-store')
    expect(await statusAndBody(get(server, '/healthz'))).toEqual([200, { ok: true }])
    fail(null)
    expect(await statusAndBody(get(server, '/readyz'))).toEqual([200, { ok: true }])
    expect(messagesIn(server.lines)).toEqual(['listening', 'the store is lost', 'the store is back'])
  })
})

describe('metrics', () => {
  const token = 'a token of the metrics'
  const bearer = { authorization: `Bearer ${token}` }

  /** Series and values, such as `knopka_connections{role="host"}` -> 1. */
  async function read(answer: Promise<Response>): Promise<Map<string, number>> {
    const response = await answer
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
  }

  test.each([
    ['nobody, unless a token is set', {}, bearer],
    ['nobody without the token', { KNOPKA_METRICS_TOKEN: token }, {}],
    ['nobody with half of it', { KNOPKA_METRICS_TOKEN: token }, { authorization: 'Bearer a token' }],
    ['nobody with it in another scheme', { KNOPKA_METRICS_TOKEN: token }, { authorization: `Basic ${token}` }],
  ] as [string, Record<string, string>, Record<string, string>][])('are there for %s', async (_who, set, headers) => {
    const answer = get(await serve(set), '/metrics', headers)
    expect(await statusAndBody(answer)).toEqual([404, { code: 'not-found' }])
  })

  test('are there for whoever has the token, and for several servers in one process', async () => {
    const servers = [await serve({ KNOPKA_METRICS_TOKEN: token }), await serve({ KNOPKA_METRICS_TOKEN: token })]
    for (const server of servers) {
      const series = await read(get(server, '/metrics', bearer))
      expect([...series.keys()]).toContain('nodejs_eventloop_lag_p99_seconds')
    }
  })

  test('are on a port of their own where one is set, of this machine alone, and nothing else is there', async () => {
    const port = await freePort()
    const server = await serve({ KNOPKA_METRICS_PORT: String(port) })
    const own = { address: `http://127.0.0.1:${port}` }
    expect(await read(get(own, '/metrics'))).toHaveProperty('size')
    expect((await get(own, '/api/banks')).status).toBe(404)
    expect((await fetch(`${own.address}/metrics`, { method: 'POST' })).status).toBe(404)
    expect((await get(server, '/metrics', bearer)).status).toBe(404)
  })

  test('tell of an evening: who is here, what was pressed, who came back, who was refused', async () => {
    const server = await serve({ KNOPKA_METRICS_TOKEN: token })
    const { pin, host, player, screen } = await enact(server)
    const [ann, bob] = [await player('Аня'), await player('Борис')]
    await screen()
    expect(await ann.press(1)).toMatchObject({ ok: false })
    await takeFloor(ann, await openNext(host))
    const { welcome } = bob
    bob.socket.io.engine.close()
    await bob.until((guest) => guest.welcome !== welcome)
    await refusalOf(enter(server.address, '000000', { kind: 'screen' }))

    const series = await read(get(server, '/metrics', bearer))
    expect(Object.fromEntries([...series].filter(([name]) => /^knopka_[a-z_]+(\{[^}]*\})?$/.test(name)))).toMatchObject(
      {
        knopka_rooms_held: 1,
        'knopka_connections{role="host"}': 1,
        'knopka_connections{role="player"}': 2,
        'knopka_connections{role="screen"}': 1,
        'knopka_presses_total{outcome="stands"}': 1,
        'knopka_presses_total{outcome="refused"}': 1,
        knopka_press_to_commit_seconds_count: 1,
        knopka_reconnects_total: 1,
        'knopka_refused_knocks_total{code="no-room"}': 1,
        knopka_conflicts_total: 0,
      },
    )
    expect([...series.keys()].join('\n')).not.toContain(pin)
  })

  test('count an append that another server was ahead of', async () => {
    const store = await openEmbeddedStore({ folder: await folderWith(), roomTtlMs: 86_400_000 })
    onTestFinished(() => store.close())
    let isAhead: (() => Promise<unknown>) | null = null
    const late: Store['rooms'] = {
      read: (pin, from) => store.rooms.read(pin, from),
      follow: (pin, onCommit) => store.rooms.follow(pin, onCommit),
      erase: (pin) => store.rooms.erase(pin),
      async append(pin, expected, events) {
        const first = isAhead
        isAhead = null
        await first?.()
        return store.rooms.append(pin, expected, events)
      },
    }
    const here = await serve({ KNOPKA_METRICS_TOKEN: token }, { store: { ...store, rooms: late } })
    const there = await serve({}, { store })
    const { pin, capability, host } = await enact(here)
    const other = untilTheEnd(await asHost(there.address, pin, capability))
    isAhead = () => other.say({ type: 'chooseAddress', address: 'http://10.0.0.1:3000' })
    expect(await host.say({ type: 'lockRoom', locked: true })).toMatchObject({ ok: true })
    expect((await read(get(here, '/metrics', bearer))).get('knopka_conflicts_total')).toBe(1)
  })
})

describe('the log', () => {
  const name = 'Невымышленная Особа'
  const token = 'a token of the metrics'
  const password = 'the word of the house'

  /** As a database's client does it: the fault carries what was being done. */
  const talkative = (...args: string[]) =>
    Object.assign(new Error('READONLY You can’t write against a read only replica', { cause: { args } }), {
      command: { name: 'fcall', args },
      auth: { args },
      previousErrors: [Object.assign(new Error('before'), { args })],
    })

  async function evening(server: TestServer, fail: (why: Error | null) => void): Promise<string[]> {
    const open = await fetch(`${server.address}/api/rooms?name=${encodeURIComponent(name)}`, { method: 'POST' })
    expect(open.status).toBe(400)
    const { pin, capability } = await openRoom(server.address, { title: name }, password)
    const host = untilTheEnd(await asHost(server.address, pin, capability))
    const ann = untilTheEnd(await asPlayer(server.address, pin, name))
    const secrets = [
      capability,
      host.state.secret.links?.cohost ?? '',
      ann.welcome?.token ?? '',
      host.welcome?.token ?? '',
    ]
    await takeFloor(ann, await openNext(host))
    await ann.sayRaw('command', { type: 'rename', name, seat: {} })
    await refusalOf(enter(server.address, pin, { kind: 'seat', token: `${secrets[2]}x` }))
    await failing(server, pin, ann, fail, secrets)
    await host.say({ type: 'end' })
    return [
      name,
      encodeURIComponent(name),
      token,
      password,
      ...secrets,
      ...secrets.map((word) => word.split('.')[1] ?? word),
    ]
  }

  /** Every place at which a fault is logged has its turn. */
  async function failing(
    server: TestServer,
    pin: string,
    ann: Guest,
    fail: (why: Error | null) => void,
    words: string[],
  ) {
    fail(talkative(name, ...words))
    expect(await ann.say({ type: 'rename', seat: ann.seat, name: `${name}а` })).toEqual({
      ok: false,
      code: 'server-error',
    })
    expect(await refusalOf(asPlayer(server.address, pin, `${name}б`))).toEqual({ code: 'server-error' })
    await expect(openRoom(server.address, { title: name }, password)).rejects.toThrow('500')
    expect((await get(server, '/readyz')).status).toBe(503)
    fail(null)
    expect((await get(server, '/readyz')).status).toBe(200)
  }

  test('names nobody and gives no right away, whatever goes wrong', async () => {
    const { store, fail } = await shakyStore()
    const settings = { KNOPKA_LOG: 'debug', KNOPKA_METRICS_TOKEN: token, KNOPKA_HOST_PASSWORD: password }
    const server = await startServer(settings, { store })
    onTestFinished(() => server.close())
    const secrets = await evening(server, fail)
    expect(messagesIn(server.lines)).toEqual(
      expect.arrayContaining([
        'listening',
        'a command failed',
        'a handshake failed',
        'a request failed',
        'the store is lost',
      ]),
    )
    const all = server.lines.join('')
    expect(all).toContain('READONLY')
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10)
      expect(all).not.toContain(secret)
    }
  })
})

describe('behind a proxy that speaks https', () => {
  const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'other.example' }
  const trust = { KNOPKA_TRUST_PROXY: 'loopback' }

  async function addressOfRoom(server: TestServer): Promise<string> {
    const { host } = await enact(server)
    return host.state.address ?? ''
  }

  test('only KNOPKA_URL says that the browser shall stay with https', async () => {
    const headersOf = async (set: Record<string, string>) => (await get(await serve(set), '/healthz', proxied)).headers
    expect((await headersOf(trust)).get('strict-transport-security')).toBeNull()
    expect(
      (await headersOf({ ...trust, KNOPKA_URL: 'http://quiz.example' })).get('strict-transport-security'),
    ).toBeNull()
    const https = await headersOf({ ...trust, KNOPKA_URL: 'https://quiz.example' })
    expect(https.get('strict-transport-security')).toMatch(/max-age=\d+/)
  })

  test('only KNOPKA_URL says under which address phones find the room', async () => {
    const addresses = async (set: Record<string, string>) => {
      const body = (await (await get(await serve(set), '/api/addresses', proxied)).json()) as {
        addresses: { address: string }[]
      }
      return body.addresses.map(({ address }) => address)
    }
    for (const address of await addresses(trust)) expect(address).toMatch(/^http:\/\/\d/)
    expect(await addresses({ ...trust, KNOPKA_URL: 'https://quiz.example/' })).toEqual(['https://quiz.example'])
    expect(await addressOfRoom(await serve(trust))).toMatch(/^http:/)
    expect(await addressOfRoom(await serve({ ...trust, KNOPKA_URL: 'https://quiz.example' }))).toBe(
      'https://quiz.example',
    )
  })
})

test('a port for the metrics that is in use is named as such, before the game begins', async () => {
  const taken = await serve()
  const data = { KNOPKA_DATA: await folderWith(), KNOPKA_METRICS_PORT: String(taken.port) }
  const server = new ServerProcess({ ...data, KNOPKA_METRICS_HOST: '0.0.0.0' })
  expect(await server.end()).toBe(1)
  expect([server.stdout, server.stderr.trim()]).toEqual([
    '',
    `Port ${taken.port} is in use. Stop the other program, or choose another port: KNOPKA_METRICS_PORT=9465 npm start`,
  ])
})

describe('a server whose rooms are to lie in Redis', () => {
  test('says in one sentence that it cannot be reached, and leaves the data folder alone', async () => {
    const folder = await folderWith()
    const [data, port] = [`${folder}/data`, await freePort()]
    const server = new ServerProcess({ REDIS_URL: `redis://:hush-hush@127.0.0.1:${port}`, KNOPKA_DATA: data })
    expect(await server.end()).toBe(1)
    expect(server.stdout).toBe('')
    expect(server.stderr.trim().split('\n')).toHaveLength(1)
    expect(server.stderr).toContain(`127.0.0.1:${port}`)
    expect(server.stderr).not.toMatch(/hush-hush|^\s+at |node:internal|Error:/m)
    expect(existsSync(data)).toBe(false)
  })
})
