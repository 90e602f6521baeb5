import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setInterval } from 'node:timers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Tally } from '../../server/src/socket/tally.ts'
import { asHost, asPlayer, askNext, enter, newId, type Guest } from '../support/guest.ts'
import type { TestServer } from '../support/server.ts'
import { RawLink } from './raw-link.ts'
import { enact, folderWith, refusalOf, serve, untilTheEnd } from './scene.ts'

const token = 'a token of the metrics'

async function metric({ address }: TestServer, series: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text()
  const line = text.split('\n').find((line) => line.startsWith(`${series} `))
  return Number(line?.split(' ').at(-1) ?? NaN)
}

const away = async ({ socket }: Guest): Promise<string> => {
  const [reason] = (await once(socket as unknown as NodeJS.EventEmitter, 'disconnect')) as [string]
  return reason
}

describe('a tally', () => {
  test('counts what comes within a second, and begins anew with the next', () => {
    const tally = new Tally()
    expect([tally.add(5000), tally.add(5000), tally.add(5999)]).toEqual([1, 2, 3])
    expect([tally.add(6000), tally.add(6999.5)]).toEqual([1, 2])
    expect(tally.add(60_000)).toBe(1)
  })

  test('is over when its second is', () => {
    const tally = new Tally()
    expect(tally.isOver(0)).toBe(true)
    tally.add(5000)
    expect([tally.isOver(5999), tally.isOver(6000)]).toEqual([false, true])
  })
})

describe('a seat', () => {
  async function seatWith(connections: number, server: TestServer) {
    const { pin, player, host } = await enact(server)
    const first = await player('Аня')
    const again = async () =>
      untilTheEnd(await enter(server.address, pin, { kind: 'seat', token: first.welcome?.token ?? '' }))
    const guests = [first, ...(await Promise.all(Array.from({ length: connections - 1 }, again)))]
    return { pin, host, player, guests, again }
  }

  test('has one allowance, however many connections it opens', async () => {
    const { guests, player } = await seatWith(8, await serve())
    // Each alone stays within what one may say.
    const acks = await Promise.all(guests.flatMap((guest) => Array.from({ length: 25 }, () => guest.press(1))))
    const codes = acks.map((ack) => (ack.ok ? 'ok' : ack.code))
    expect(codes.filter((code) => code === 'too-many').length).toBeGreaterThan(50)
    expect(await (await player('Борис')).press(1)).toEqual({ ok: false, code: 'not-started' })
  })

  test('takes eight connections; the ninth is told to wait, and may come when one has gone', async () => {
    const server = await serve()
    const { guests, again, player } = await seatWith(8, server)
    expect(await refusalOf(again())).toEqual({ code: 'too-many', retryAfterSeconds: 10 })
    await expect(player('Борис')).resolves.toBeDefined()
    guests[3]?.leave()
    // The server hears of it a moment later.
    const back = async (): Promise<Guest> => again().catch(back)
    expect((await back()).seat).toBe(guests[0]?.seat)
    for (const guest of guests.filter((_, index) => index !== 3)) expect(guest.socket.connected).toBe(true)
  })
})

describe('a flood', () => {
  const flood = async (send: () => void, isOver: () => boolean) => {
    while (!isOver()) {
      for (let index = 0; index < 300; index++) send()
      await nextTurn()
    }
  }

  test.each([
    ['of lights', ['lit', { turn: 1, opening: 1, phoneClock: 1 }]],
    ['of events that nobody knows', ['nothing', {}]],
    ['of commands', ['command', { type: 'buzz', commandId: 'the same', turn: 1, pressedAt: 1, frameWaitMs: 0 }]],
    ['of nonsense', ['command', 'nonsense']],
  ])('%s ends the connection, and nobody else’s; the guest comes back', async (_what, message) => {
    const server = await serve({ KNOPKA_METRICS_TOKEN: token })
    const { host, player } = await enact(server)
    const [ann, bob] = [await player('Аня'), await player('Борис')]
    const { welcome } = ann
    let reason = ''
    void away(ann).then((why) => (reason = why))
    const emit = ann.socket.emit.bind(ann.socket) as (...message: unknown[]) => void
    await flood(
      () => emit(...message),
      () => reason !== '',
    )
    expect(reason).toMatch(/^transport/)
    await ann.until((guest) => guest.welcome !== welcome)
    expect(ann.seat).toBe(welcome?.viewer.seat)
    expect([host.socket.connected, bob.socket.connected, bob.gaps]).toEqual([true, true, 0])
    expect(await metric(server, 'knopka_hung_up_total{reason="flood"}')).toBeGreaterThan(0)
  })

  test('ends a connection that never said who knocks', async () => {
    const server = await serve()
    const { host } = await enact(server)
    const link = new RawLink(server.address)
    await link.frame('0')
    let isClosed = false
    void link.closed.then(() => (isClosed = true))
    await flood(
      () => link.send('3'),
      () => isClosed,
    )
    expect(host.socket.connected).toBe(true)
  })
})

describe('a server that is full', () => {
  test('says so before anybody joins, and takes the next one when somebody has left', async () => {
    const server = await serve({ KNOPKA_MAX_CONNECTIONS: '3', KNOPKA_METRICS_TOKEN: token })
    const { pin, host, player, log } = await enact(server)
    const [ann] = [await player('Аня'), await player('Борис')]
    const before = (await log()).length
    expect(await refusalOf(asPlayer(server.address, pin, 'Вера'))).toEqual({ code: 'full' })
    expect(await refusalOf(enter(server.address, pin, { kind: 'seat', token: ann.welcome?.token ?? '' }))).toEqual({
      code: 'full',
    })
    expect((await log()).length).toBe(before)
    expect(await metric(server, 'knopka_refused_knocks_total{code="full"}')).toBe(2)
    ann.leave()
    const comes = async (): Promise<Guest> => asPlayer(server.address, pin, 'Вера').catch(comes)
    untilTheEnd(await comes())
    expect(host.socket.connected).toBe(true)
  })

  test('does not even open its door to many more', async () => {
    const server = await serve({ KNOPKA_MAX_CONNECTIONS: '1' })
    const links = Array.from({ length: 130 }, () => new RawLink(server.address))
    const opened = await Promise.all(links.map((link) => Promise.race([link.frame('0'), link.closed.then(() => null)])))
    expect(opened.filter((frame) => frame !== null)).toHaveLength(101)
  })
})

describe('a connection that does not read', () => {
  const note = '> ' + '\u6f22'.repeat(19_000)
  const bank = Array.from({ length: 150 }, (_, index) => `Question ${index}?\n${note}`)
  const loudBank = ['# Loud', '## One', ...bank].join('\n\n')

  test('is hung up before what waits for it fills the memory, although it says that it lives', async () => {
    const server = await serve({
      KNOPKA_BANKS: await folderWith({ 'loud.md': loudBank }),
      KNOPKA_METRICS_TOKEN: token,
    })
    const { pin, capability, host, screen } = await enact(server, { count: 150 })
    const hosts = await Promise.all(Array.from({ length: 20 }, () => asHost(server.address, pin, capability)))
    hosts.forEach(untilTheEnd)
    const wall = await screen()
    const deaf = new RawLink(server.address)
    await deaf.knock(pin, { kind: 'capability', joinId: newId(), capability })
    deaf.wire.pause()
    const living = setInterval(() => deaf.send('3'), 200)
    onTestFinished(() => clearInterval(living))
    let isClosed = false
    void deaf.closed.then(() => (isClosed = true))
    // Answer notes are what a host is told most of. One host alone may not say so much in a second.
    for (let asked = 0; !isClosed && asked < 150; asked++) {
      const asking = hosts[asked % hosts.length] as Guest
      await asking.until(({ version }) => version >= host.version)
      await asking.say({ type: 'skip', turn: await askNext(asking) })
    }
    await deaf.closed
    expect(await metric(server, 'knopka_hung_up_total{reason="slow"}')).toBe(1)
    await wall.until(({ version }) => version === host.version)
    expect([wall.gaps, wall.socket.connected, host.gaps, host.socket.connected]).toEqual([0, true, 0, true])
    expect(hosts.filter(({ socket }) => socket.connected)).toHaveLength(20)
  })
})
