import { createHmac } from 'node:crypto'
import { maxHeaderSize } from 'node:http'
import { describe, expect, test } from 'vitest'
import { seatNamed, seatsOf, type RoomEvent } from '@knopka/shared/game'
import { asHost, asPlayer, asScreen, askNext, enter, Guest, newId, type Knock } from '../support/guest.ts'
import { joined, roomOpened } from '../support/events.ts'
import type { TestServer } from '../support/server.ts'
import { enact, folderWith, openNext, refusalOf, serve, takeFloor, untilTheEnd, withRules } from './scene.ts'

const asSeat = (token: string | null | undefined): Knock => ({ kind: 'seat', token: token ?? '' })

/** Knocks with whatever a page may say, also what no page of ours says. */
const knock = ({ address }: TestServer, auth: unknown) => {
  const guest = new Guest(address, '', () => ({ kind: 'screen' }))
  guest.socket.auth = auth as Record<string, unknown>
  return new Promise<unknown>((resolve) => {
    guest.socket.on('connect_error', (error: Error & { data?: unknown }) => {
      guest.leave()
      resolve(error.data)
    })
    guest.socket.on('welcome', () => {
      guest.leave()
      resolve('welcome')
    })
  })
}

describe('by long polling, which has no control ping beneath it', () => {
  const polling = { transports: ['polling' as const] }
  const asNewcomer = (name: string): Knock => ({ kind: 'newcomer', joinId: newId(), name })

  test('nobody comes to play in a strict room, neither with a PIN nor with a seat; hosts and screens do', async () => {
    const server = await serve()
    const { pin, capability, player, host } = await enact(server, withRules({ strict: true }))
    const ann = await player('Аня')
    for (const knock of [asNewcomer('Борис'), asSeat(ann.welcome?.token)]) {
      expect((await refusalOf(enter(server.address, pin, knock, polling))).code).toBe('needs-websocket')
    }
    // What is told in its order brings all joins before it.
    await host.say({ type: 'lockRoom', locked: true })
    await host.until(({ state }) => state.locked)
    expect(seatsOf(host.state).map(({ name }) => name)).toEqual(['Аня'])
    const link: Knock = { kind: 'capability', joinId: newId(), capability }
    for (const knock of [link, asSeat(host.welcome?.token), { kind: 'screen' as const }]) {
      untilTheEnd(await enter(server.address, pin, knock, polling))
    }
  })

  test('anybody comes to play in any other', async () => {
    const server = await serve()
    const { pin } = await enact(server)
    const ann = untilTheEnd(await enter(server.address, pin, asNewcomer('Аня'), polling))
    untilTheEnd(await enter(server.address, pin, asSeat(ann.welcome?.token), polling))
  })
})

describe('a newcomer', () => {
  test('needs the PIN and a name, and is in the game with the first message', async () => {
    const { player, pin } = await enact(await serve())
    const ann = await player('Аня')
    expect(ann.welcome).toMatchObject({
      pin,
      viewer: { role: 'player', seat: ann.seat },
      mine: { name: 'Аня', number: 1 },
    })
    expect(ann.welcome?.token).toEqual(expect.any(String))
  })

  test.each([
    ['  Аня   и  Борис ', 'Аня и Борис'],
    ['\u202eАня\u202c', 'Аня'],
    ['А\u200bня\u0000\ufeff', 'Аня'],
    ['я'.repeat(24), 'я'.repeat(24)],
    ['<b>Аня</b>', '<b>Аня</b>'],
    ['__proto__', '__proto__'],
  ])('called %j is shown as %j', async (typed, shown) => {
    const { host, player } = await enact(await serve())
    const ann = await player(typed)
    await host.until(({ state }) => seatNamed(state, ann.seat)?.name === shown)
    expect(ann.mine?.name).toBe(shown)
  })

  test.each(['', '   ', '\u202e\u200b', 'я'.repeat(25), 'я'.repeat(5000)])('may not be called %j', async (name) => {
    const server = await serve()
    const { pin } = await enact(server)
    expect(await refusalOf(asPlayer(server.address, pin, name))).toEqual({ code: 'bad-request' })
  })

  test.each(['Алёна', 'АЛЕНА', ' алена ', 'А\u200bлена'])('may not be called %j beside Алена', async (name) => {
    const server = await serve()
    const { pin, player } = await enact(server)
    await player('Алена')
    expect(await refusalOf(asPlayer(server.address, pin, name))).toEqual({ code: 'name-taken' })
  })

  test('takes one seat, however often the join is sent', async () => {
    const { host, player, log } = await enact(await serve())
    const joinId = newId()
    const tries = await Promise.all([player('Аня', joinId), player('Аня', joinId), player('Аня', joinId)])
    expect(new Set(tries.map(({ seat }) => seat)).size).toBe(1)
    await host.until(({ state }) => seatsOf(state).length > 0)
    expect(seatsOf(host.state)).toHaveLength(1)
    expect((await log()).filter(({ type }) => type === 'joined')).toHaveLength(1)
  })

  test('may come late, also in the middle of a question', async () => {
    const { host, player } = await enact(await serve())
    const turn = await openNext(host)
    const late = await player('Аня')
    expect(late.state.turn?.turn).toBe(turn)
    expect(await late.buzz(turn)).toMatchObject({ ok: true })
  })

  test('stays outside of a locked room; who has a seat does not', async () => {
    const server = await serve()
    const { pin, host, player } = await enact(server)
    const joinId = newId()
    const ann = await player('Аня', joinId)
    await host.say({ type: 'lockRoom', locked: true })
    expect(await refusalOf(asPlayer(server.address, pin, 'Борис'))).toEqual({ code: 'room-locked' })
    expect((await player('Аня', joinId)).seat).toBe(ann.seat)
    await host.say({ type: 'lockRoom', locked: false })
    await expect(player('Борис')).resolves.toBeDefined()
  })

  test('finds no way in once the evening is over', async () => {
    const server = await serve()
    const { pin, host } = await enact(server)
    await host.say({ type: 'end' })
    expect(await refusalOf(asPlayer(server.address, pin, 'Аня'))).toEqual({ code: 'game-over' })
  })

  test('finds no room where there is none', async () => {
    const server = await serve()
    expect(await refusalOf(asPlayer(server.address, '000000', 'Аня'))).toEqual({ code: 'no-room' })
  })

  test('comes from the same address as three hundred others', async () => {
    const server = await serve()
    const { player, host } = await enact(server)
    const guests = await Promise.all(Array.from({ length: 300 }, (_, index) => player(`Гость ${index}`)))
    expect(new Set(guests.map(({ seat }) => seat)).size).toBe(300)
    await host.until(({ state }) => seatsOf(state).length === 300)
  })
})

describe('a seat', () => {
  test('is kept with its score by its token', async () => {
    const server = await serve()
    const { host, player, pin } = await enact(server)
    const ann = await player('Аня')
    await takeFloor(ann, await openNext(host))
    await host.say({ type: 'giveVerdict', turn: 1, seat: ann.seat, verdict: 'right' })
    ann.leave()
    const back = untilTheEnd(await enter(server.address, pin, asSeat(ann.welcome?.token)))
    expect(back.welcome?.viewer).toEqual(ann.welcome?.viewer)
    expect(back.mine).toMatchObject({ seat: ann.seat, name: 'Аня', score: 1, place: 1 })
  })

  test('is kept with its lock-out', async () => {
    const server = await serve()
    const { host, player, pin } = await enact(server)
    const ann = await player('Аня')
    await player('Борис')
    const turn = await openNext(host)
    await takeFloor(ann, turn)
    await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'wrong' })
    ann.leave()
    const back = untilTheEnd(await enter(server.address, pin, asSeat(ann.welcome?.token)))
    expect(await back.buzz(turn)).toEqual({ ok: false, code: 'locked-out' })
  })

  test('is kept with its place in the queue', async () => {
    const server = await serve()
    const { host, player, pin } = await enact(server)
    const [ann, bob] = [await player('Аня'), await player('Борис')]
    const turn = await openNext(host)
    await takeFloor(ann, turn)
    await bob.buzz(turn)
    bob.leave()
    const back = untilTheEnd(await enter(server.address, pin, asSeat(bob.welcome?.token)))
    await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'wrong' })
    await back.until(({ state }) => state.turn?.floor?.seat === bob.seat)
  })

  test('is not opened by the token of another room', async () => {
    const server = await serve()
    const [here, there] = [await enact(server), await enact(server)]
    const ann = await there.player('Аня')
    expect(await refusalOf(enter(server.address, here.pin, asSeat(ann.welcome?.token)))).toEqual({ code: 'bad-token' })
    const { token } = there.host.welcome ?? {}
    expect(await refusalOf(enter(server.address, here.pin, asSeat(token)))).toEqual({ code: 'bad-token' })
  })

  test('is not opened by the token of an earlier room with the same PIN', async () => {
    const secret = { KNOPKA_SECRET: 'the same for both servers' }
    const [before, now] = [await serve(secret), await serve(secret)]
    const opened = roomOpened()
    const roomIn = (server: TestServer, roomId: string) => {
      const first = { ...opened, secret: { ...opened.secret, roomId }, at: 1, by: 'server' } as RoomEvent
      return server.store.rooms.append('123456', 0, [first, { ...joined('ann'), at: 2, by: 'ann' }])
    }
    await roomIn(before, 'the earlier room')
    await roomIn(now, 'the room of today')
    const host = untilTheEnd(await asHost(before.address, '123456', 'host-link'))
    const ann = untilTheEnd(await asPlayer(before.address, '123456', 'Аня'))
    for (const { welcome } of [host, ann]) {
      const entering = enter(now.address, '123456', asSeat(welcome?.token))
      expect(await refusalOf(entering)).toEqual({ code: 'bad-token' })
    }
  })

  const forgeries: [string, (token: string) => string][] = [
    ['with a claim of its own', (token) => `${claim({ role: 'host' }, token)}.${token.split('.')[1]}`],
    ['signed with another key', (token) => `${claim({}, token)}.${sign(claim({}, token), 'a key of my own')}`],
    ['signed with no key', (token) => `${claim({}, token)}.${sign(claim({}, token), '')}`],
    ['without a signature', (token) => `${token.split('.')[0]}.`],
    ['without a claim', (token) => `.${token.split('.')[1]}`],
    ['cut short', (token) => token.slice(0, -1)],
    ['of nothing', () => ''],
    ['of dots', () => '...'],
  ]
  const claim = (change: object, token: string) => {
    const before = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as object
    return Buffer.from(JSON.stringify({ ...before, ...change })).toString('base64url')
  }
  const sign = (body: string, key: string) => createHmac('sha256', key).update(body).digest('base64url')

  test.each(forgeries)('is not opened by a token %s', async (_what, forge) => {
    const server = await serve()
    const { pin, player } = await enact(server)
    const token = forge((await player('Аня')).welcome?.token ?? '')
    expect(await refusalOf(enter(server.address, pin, asSeat(token)))).toEqual({ code: 'bad-token' })
  })

  test('lasts over a restart of the server', async () => {
    const data = { KNOPKA_DATA: await folderWith() }
    const before = await serve(data)
    const { pin, host, player } = await enact(before)
    const guests = [host, await player('Аня')]
    guests.forEach((guest) => guest.leave())
    await before.close()
    const { address } = await serve(data)
    for (const { seat, welcome } of guests) {
      expect(untilTheEnd(await enter(address, pin, asSeat(welcome?.token))).seat).toBe(seat)
    }
  })
})

describe('a host', () => {
  test('comes in by the link of the room, as a co-host by theirs', async () => {
    const { host, cohost } = await enact(await serve())
    expect(host.welcome?.viewer.role).toBe('host')
    expect((await cohost()).welcome?.viewer.role).toBe('cohost')
  })

  test.each(['', 'guess', 'A'.repeat(22), 'a'.repeat(100)])('does not come in by the link %j', async (capability) => {
    const server = await serve()
    const { pin } = await enact(server)
    expect(await refusalOf(asHost(server.address, pin, capability))).toEqual({ code: 'bad-token' })
  })

  test('does not come in by the link of another room', async () => {
    const server = await serve()
    const [here, there] = [await enact(server), await enact(server)]
    expect(await refusalOf(asHost(server.address, here.pin, there.capability))).toEqual({ code: 'bad-token' })
  })

  test('takes the room over on another device, and both are hosts', async () => {
    const server = await serve()
    const { pin, capability, host } = await enact(server)
    const phone = untilTheEnd(await asHost(server.address, pin, capability))
    expect(phone.seat).not.toBe(host.seat)
    await phone.say({ type: 'lockRoom', locked: true })
    await host.until(({ state }) => state.locked)
  })

  test('who replaces the co-hosts’ link ends their way in, and no one else’s', async () => {
    const server = await serve()
    const { pin, host, cohost, player } = await enact(server)
    const [ann, mate] = [await player('Аня'), await cohost()]
    const old = host.state.secret.links?.cohost ?? ''
    await host.say({ type: 'replaceLink', link: 'cohost' })
    await mate.until(({ farewell, socket }) => farewell === 'revoked' && !socket.connected)
    expect(await refusalOf(enter(server.address, pin, asSeat(mate.welcome?.token)))).toEqual({ code: 'bad-token' })
    expect(await refusalOf(asHost(server.address, pin, old))).toEqual({ code: 'bad-token' })
    expect((await cohost()).welcome?.viewer.role).toBe('cohost')
    expect([host.farewell, ann.farewell]).toEqual([null, null])
  })

  test('who replaces the hosts’ link stays, also after a reconnect, while the old devices go', async () => {
    const server = await serve()
    const { pin, capability, host, cohost } = await enact(server)
    const [mate, old] = [await cohost(), untilTheEnd(await asHost(server.address, pin, capability))]
    const { welcome } = host
    await host.say({ type: 'replaceLink', link: 'host' })
    await old.until(({ farewell, socket }) => farewell === 'revoked' && !socket.connected)
    expect(await refusalOf(asHost(server.address, pin, capability))).toEqual({ code: 'bad-token' })
    expect(await refusalOf(enter(server.address, pin, asSeat(welcome?.token)))).toEqual({ code: 'bad-token' })
    host.socket.io.engine.close()
    await host.until((guest) => guest.welcome !== welcome)
    expect(host.welcome?.viewer).toEqual(welcome?.viewer)
    expect(await host.say({ type: 'lockRoom', locked: true })).toMatchObject({ ok: true })
    expect([host.farewell, mate.farewell]).toEqual([null, null])
  })

  test('whose link was replaced hears nothing of what comes after it', async () => {
    const server = await serve()
    const { host, cohost, player } = await enact(server)
    const mate = await cohost()
    await host.say({ type: 'replaceLink', link: 'cohost' })
    await mate.until(({ farewell }) => farewell === 'revoked')
    const heard = mate.received.length
    await player('Аня')
    await askNext(host)
    expect(mate.received.slice(heard)).toEqual([])
    expect(mate.received.join()).not.toContain(host.state.secret.links?.cohost)
  })
})

describe('who was removed', () => {
  test('is told so, is gone, and does not come back by the token or by joining again', async () => {
    const server = await serve()
    const { pin, host, player } = await enact(server)
    const joinId = newId()
    const ann = await player('Аня', joinId)
    await host.say({ type: 'remove', seat: ann.seat })
    await ann.until(({ farewell, socket }) => farewell === 'removed' && !socket.connected)
    expect(await refusalOf(enter(server.address, pin, asSeat(ann.welcome?.token)))).toEqual({ code: 'removed' })
    expect(await refusalOf(asPlayer(server.address, pin, 'Аня', joinId))).toEqual({ code: 'removed' })
  })

  test('comes back to the same seat and score when let in again', async () => {
    const server = await serve()
    const { pin, host, player } = await enact(server)
    const ann = await player('Аня')
    await takeFloor(ann, await openNext(host))
    await host.say({ type: 'giveVerdict', turn: 1, seat: ann.seat, verdict: 'right' })
    await host.say({ type: 'remove', seat: ann.seat })
    await host.say({ type: 'letBackIn', seat: ann.seat })
    const back = untilTheEnd(await enter(server.address, pin, asSeat(ann.welcome?.token)))
    expect(back.mine).toMatchObject({ seat: ann.seat, score: 1, place: 1, of: 1 })
  })
})

describe('a screen', () => {
  test('needs the PIN alone and has no seat', async () => {
    const { screen, pin } = await enact(await serve())
    expect((await screen()).welcome).toMatchObject({
      pin,
      viewer: { role: 'screen', seat: null },
      token: null,
      mine: null,
    })
  })

  test('finds no room where there is none', async () => {
    const { address } = await serve()
    expect(await refusalOf(asScreen(address, '000000'))).toEqual({ code: 'no-room' })
  })
})

describe('the door', () => {
  test.each([0, 2, 1.5])('tells a page that speaks protocol %d to reload itself', async (protocol) => {
    const server = await serve()
    const { pin } = await enact(server)
    expect(await knock(server, { protocol, pin, as: { kind: 'screen' } })).toEqual({ code: 'old-page' })
    expect(await knock(server, { protocol, anything: 'else' })).toEqual({ code: 'old-page' })
  })

  const pin = '123456'
  const nonsense: [string, unknown][] = [
    ['nothing', undefined],
    ['an empty word', {}],
    ['no protocol', { pin, as: { kind: 'screen' } }],
    ['a protocol in words', { protocol: '1', pin, as: { kind: 'screen' } }],
    ['no PIN', { protocol: 1, as: { kind: 'screen' } }],
    ['a PIN that is a number', { protocol: 1, pin: 123456, as: { kind: 'screen' } }],
    ['a PIN that is a list', { protocol: 1, pin: ['123456'], as: { kind: 'screen' } }],
    ['a PIN with a tail', { protocol: 1, pin: '123456\n', as: { kind: 'screen' } }],
    ['no right', { protocol: 1, pin }],
    ['an unknown right', { protocol: 1, pin, as: { kind: 'admin' } }],
    ['a right by inheritance', { protocol: 1, pin, as: { kind: 'constructor' } }],
    ['a screen with a seat', { protocol: 1, pin, as: { kind: 'screen', seat: 'host' } }],
    [
      'a player who says to be a host',
      { protocol: 1, pin, as: { kind: 'newcomer', joinId: newId(), name: 'A', role: 'host' } },
    ],
    ['a short join id', { protocol: 1, pin, as: { kind: 'newcomer', joinId: 'short', name: 'A' } }],
    ['a join id that is an object', { protocol: 1, pin, as: { kind: 'newcomer', joinId: { length: 16 }, name: 'A' } }],
    ['a token that is a list', { protocol: 1, pin, as: { kind: 'seat', token: ['a'] } }],
    ['a token without end', { protocol: 1, pin, as: { kind: 'seat', token: 'a'.repeat(601) } }],
    ['no token', { protocol: 1, pin, as: { kind: 'seat' } }],
  ]
  test.each(nonsense)('understands no one who says %s', async (_what, auth) => {
    expect(await knock(await serve(), auth)).toEqual({ code: 'bad-request' })
  })

  test('is closed to pages of others', async () => {
    const server = await serve()
    const { pin } = await enact(server)
    const headers = { origin: 'https://elsewhere.example' }
    const outcome = enter(server.address, pin, { kind: 'screen' }, { headers })
    await expect(outcome).rejects.toThrow('websocket error')
  })

  test('is open to our own page', async () => {
    const server = await serve()
    const { pin } = await enact(server)
    const outcome = enter(server.address, pin, { kind: 'screen' }, { headers: { origin: server.address } })
    await expect(outcome.then(untilTheEnd)).resolves.toBeDefined()
  })

  test('outlives headers beyond all measure', async () => {
    const server = await serve()
    const { pin, screen } = await enact(server)
    const headers = { 'x-much': 'a'.repeat(maxHeaderSize) }
    await expect(enter(server.address, pin, { kind: 'screen' }, { headers })).rejects.toThrow()
    await expect(screen()).resolves.toBeDefined()
  })
})

describe('whoever guesses', () => {
  const wrong = ({ address }: TestServer, index: number, headers: Record<string, string> = {}) =>
    refusalOf(enter(address, String(index).padStart(6, '0'), { kind: 'screen' }, { headers }))

  async function spent(server: TestServer) {
    const answers = await Promise.all(Array.from({ length: 31 }, (_, index) => wrong(server, index)))
    expect(answers.filter(({ code }) => code === 'no-room')).toHaveLength(30)
  }

  test('wrong PINs thirty times has to wait', async () => {
    const server = await serve()
    await spent(server)
    const { code, retryAfterSeconds } = await wrong(server, 99)
    expect(code).toBe('too-many')
    expect(retryAfterSeconds).toBeGreaterThan(0)
    expect((await fetch(`${server.address}/api/rooms/000000`)).status).toBe(429)
  })

  test('learns nothing meanwhile, whatever right is claimed', async () => {
    const server = await serve()
    const { pin } = await enact(server)
    await spent(server)
    const rights: Knock[] = [
      asSeat('a.b'),
      { kind: 'screen' },
      { kind: 'newcomer', joinId: newId(), name: 'Аня' },
      { kind: 'capability', joinId: newId(), capability: 'guess' },
    ]
    for (const as of rights) {
      expect(await refusalOf(enter(server.address, pin, as))).toMatchObject({ code: 'too-many' })
      expect(await refusalOf(enter(server.address, '000000', as))).toMatchObject({ code: 'too-many' })
    }
  })

  test('keeps nobody of the same address from a seat or a link of their own', async () => {
    const server = await serve()
    const { pin, player, capability } = await enact(server)
    const ann = await player('Аня')
    await spent(server)
    expect(untilTheEnd(await enter(server.address, pin, asSeat(ann.welcome?.token))).seat).toBe(ann.seat)
    await expect(asHost(server.address, pin, capability).then(untilTheEnd)).resolves.toBeDefined()
  })

  test('is known by what a trusted proxy says, and by nothing else', async () => {
    const [plain, proxied] = [await serve(), await serve({ KNOPKA_TRUST_PROXY: '127.0.0.1, ::1' })]
    for (const server of [plain, proxied]) {
      for (let tries = 0; tries < 30; tries++) await wrong(server, tries, { 'x-forwarded-for': '10.0.0.1' })
    }
    const other = { 'x-forwarded-for': '10.0.0.2' }
    expect(await wrong(plain, 99, other)).toMatchObject({ code: 'too-many' })
    expect(await wrong(proxied, 99, other)).toEqual({ code: 'no-room' })
  })
})
