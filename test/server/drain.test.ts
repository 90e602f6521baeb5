import { openEmbeddedStore } from '@knopka/server/store/embedded'
import type { Ack } from '@knopka/shared/contracts'
import { Agent, get as httpGet, type IncomingMessage } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { asHost, asPlayer, asScreen, askNext, newId, type Guest, type Said } from '../support/guest.ts'
import { openRoom } from '../support/server.ts'
import { heldStore } from './held-store.ts'
import { freePort } from '../support/free-port.ts'
import { ServerProcess } from './process.ts'
import { enact, folderWith, serve, untilTheEnd } from './scene.ts'

/** As the page does it: what a lost link swallowed is said again after the next welcome, under the same id. */
async function sayUntilAnswered(guest: Guest, said: Said, commandId: string): Promise<Ack> {
  for (;;) {
    const { welcome } = guest
    const isBack = guest.until((guest) => guest.welcome !== welcome && guest.socket.connected)
    const ack = await Promise.race([guest.say({ ...said, commandId }), isBack])
    if (ack) return ack
  }
}

test('what was begun is finished and answered; nothing new is begun; then everyone is hung up as by a lost link', async () => {
  const { store, hold } = await heldStore()
  const server = await serve({}, { store })
  const { pin, host, player, log } = await enact(server)
  const ann = await player('Аня')
  const reasons: string[] = []
  for (const { socket } of [host, ann]) {
    socket.io.reconnection(false)
    socket.on('disconnect', (reason) => reasons.push(reason))
  }
  const { isAtTheGate, letThrough } = hold()
  const begun = host.say({ type: 'lockRoom', locked: true })
  await isAtTheGate
  let isOver = false
  const closing = server.close().then(() => (isOver = true))
  // From now on nobody comes in.
  await closedDoor(server.address)
  await expect(asScreen(server.address, pin)).rejects.toThrow('websocket error')
  let late: Ack | null = null
  void ann.say({ type: 'rename', seat: ann.seat, name: 'Анна' }).then((ack) => (late = ack))
  // Messages of one connection are heard in order: once this one is answered, the one before was heard and let be.
  expect(await ann.sayRaw('nothing')).toEqual({ ok: false, code: 'bad-request' })
  expect([isOver, reasons]).toEqual([false, []])
  letThrough()
  const ack = await begun
  expect(ack).toMatchObject({ ok: true })
  await closing
  await Promise.all([host, ann].map((guest) => guest.until(({ socket }) => !socket.connected)))
  expect(reasons).toEqual(['transport close', 'transport close'])
  expect(late).toBeNull()
  expect((await log()).map(({ type }) => type)).not.toContain('renamed')
  expect((await log()).length).toBe(ack.ok ? ack.version : NaN)
})

/** Resolves once nobody listens there. */
async function closedDoor(address: string): Promise<void> {
  for (;;) {
    const fault = await fetch(`${address}/healthz`).catch((fault: Error & { cause?: { code?: string } }) => fault)
    if (fault instanceof Error && fault.cause?.code === 'ECONNREFUSED') return
  }
}

test('a connection that is kept for further requests ends with its next answer', async () => {
  const { address } = await drainingServer()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const answer = await new Promise<IncomingMessage>((resolve) => httpGet(`${address}/readyz`, { agent }, resolve))
  answer.resume()
  expect([answer.statusCode, answer.headers.connection]).toEqual([503, 'close'])
})

/** A real process that was told to go, and waits for a balancer to notice. */
async function drainingServer() {
  const settings = { KNOPKA_DATA: await folderWith(), KNOPKA_DRAIN_SECONDS: '3600', KNOPKA_LOG: 'info' }
  const server = new ServerProcess(settings)
  const address = `http://127.0.0.1:${await server.listening()}`
  expect((await fetch(`${address}/readyz`)).status).toBe(200)
  const { pin, capability } = await openRoom(address)
  const host = untilTheEnd(await asHost(address, pin, capability))
  server.child.kill('SIGTERM')
  while ((await fetch(`${address}/readyz`)).status === 200);
  return { server, address, pin, host }
}

test('while a balancer notices, the server is alive, not ready, and plays on', async () => {
  const { server, address, pin, host } = await drainingServer()
  expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ ok: false, reason: 'draining' })
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
  expect(await host.say({ type: 'lockRoom', locked: false })).toMatchObject({ ok: true })
  expect(untilTheEnd(await asPlayer(address, pin, 'Аня')).socket.connected).toBe(true)
  expect(server.stdout).toContain('"msg":"draining"')
  expect(server.child.exitCode).toBeNull()
})

test.each(['SIGTERM', 'SIGINT'] as const)('a second signal, %s, ends it at once', async (signal) => {
  const { server } = await drainingServer()
  expect(await server.kill(signal)).toBe(1)
})

test('in a storm of presses and renames it goes and comes back: each is answered in the end, and none is missing', async () => {
  const [port, data] = [await freePort(), await folderWith()]
  const start = async () => {
    const server = new ServerProcess({ PORT: String(port), KNOPKA_DATA: data })
    await server.listening()
    return server
  }
  const first = await start()
  const address = `http://127.0.0.1:${port}`
  const { pin, capability } = await openRoom(address)
  const host = untilTheEnd(await asHost(address, pin, capability))
  const players = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => untilTheEnd(await asPlayer(address, pin, `Гость ${index}`))),
  )
  const everyone = [host, ...players]
  const seats = everyone.map(({ seat }) => seat)
  const reasons: string[] = []
  for (const { socket } of everyone) socket.once('disconnect', (reason) => reasons.push(reason))

  const turn = await askNext(host)
  expect(await host.say({ type: 'openBuzzers', turn })).toMatchObject({ ok: true })
  const answered = new Map<string, Ack>()
  const say = async (guest: Guest, said: Said) => {
    const commandId = newId()
    answered.set(commandId, await sayUntilAnswered(guest, said, commandId))
  }
  let go = () => {}
  const going = new Promise<void>((resolve) => (go = resolve)).then(() => first.kill('SIGTERM'))
  const storm = players.flatMap((player, index) => [
    player.lit(turn).then(() => say(player, { type: 'buzz', turn, pressedAt: player.clock(), frameWaitMs: 0 })),
    ...['а', 'б', 'в', 'г'].map(async (part) => {
      await say(player, { type: 'rename', seat: player.seat, name: `${part}${index}` })
      // In the middle: some are acknowledged, others are under way.
      if (index === 7 && part === 'б') go()
    }),
  ])
  expect([await going, first.stderr]).toEqual([0, ''])
  const second = await start()
  await Promise.all(storm)

  expect(answered.size).toBe(20 * 5)
  expect([...answered.values()].filter(({ ok }) => !ok)).toEqual([])
  expect(everyone.map(({ seat }) => seat)).toEqual(seats)
  expect(new Set(reasons)).toEqual(new Set(['transport close']))
  everyone.forEach((guest) => guest.leave())
  expect(await second.kill('SIGTERM')).toBe(0)
  const store = await openEmbeddedStore({ folder: data, roomTtlMs: 86_400_000 })
  const log = await store.rooms.read(pin, 0)
  await store.close()
  for (const [commandId, ack] of answered) {
    const places = log.flatMap(({ secret }, index) => (secret?.commandId === commandId ? [index] : []))
    expect(places).toHaveLength(1)
    expect(places[0]).toBeLessThan(ack.ok ? ack.version : 0)
  }
})
