import { expect, test } from 'vitest'
import { Guest, newId } from '../support/guest.ts'
import { enact, openNext, serve, untilTheEnd, type Scene } from './scene.ts'
import type { TestServer } from '../support/server.ts'

/** What a WebSocket of `ws` tells, which engine.io's client keeps to itself. */
interface Wire {
  on(event: 'ping', listener: (data: Buffer) => void): void
  on(event: 'message', listener: (data: Buffer) => void): void
}

/** Someone who sees each frame of the connection, from the first on. */
function watcher({ address }: TestServer, { pin }: Scene, name: string): { guest: Guest; frames: string[] } {
  const frames: string[] = []
  const joinId = newId()
  const guest = untilTheEnd(new Guest(address, pin, () => ({ kind: 'newcomer', joinId, name })))
  guest.socket.io.once('open', () => {
    const { ws } = guest.socket.io.engine.transport as unknown as { ws: Wire }
    ws.on('message', (data) => frames.push(data.toString()))
    ws.on('ping', (data) => frames.push(`ping ${data.readUInt32BE()}`))
  })
  return { guest, frames }
}

const place = (frames: string[], what: string | RegExp) => frames.findIndex((frame) => frame.match(what))

test('each probe has a control ping with its nonce behind it, also behind a burst of other messages', async () => {
  const server = await serve()
  const scene = await enact(server)
  const { guest, frames } = watcher(server, scene, 'Аня')
  await guest.until(({ probes }) => probes.length > 3)
  expect(place(frames, '"welcome"')).toBeGreaterThanOrEqual(0)
  expect(place(frames, '"probe"')).toBeGreaterThan(place(frames, '"welcome"'))
  for (const { nonce } of guest.probes.slice(0, 3)) {
    const probe = place(frames, `"nonce":${nonce},`)
    expect(place(frames, `ping ${nonce}`)).toBeGreaterThan(probe)
  }
})

test('the light has a control ping behind it', async () => {
  const server = await serve()
  const scene = await enact(server)
  const { guest, frames } = watcher(server, scene, 'Аня')
  await guest.until(({ probes }) => probes.length > 3)
  await guest.lit(await openNext(scene.host))
  const asked = guest.probes.length
  await guest.until(({ probes }) => probes.length > asked)
  const light = place(frames, /\["light"/)
  expect(light).toBeGreaterThan(0)
  expect(frames.slice(light + 1).find((frame) => !frame.startsWith('4'))).toMatch(/^ping \d+$/)
  const nonces = guest.probes.map(({ nonce }) => `ping ${nonce}`)
  expect(frames.filter((frame) => frame.startsWith('ping') && !nonces.includes(frame))).toHaveLength(1)
})

test('a script that answers late does not make its link look long', async () => {
  const server = await serve()
  const scene = await enact(server)
  const ann = await scene.player('Аня')
  ann.socket.off('probe')
  const held: (() => void)[] = []
  ann.socket.on('probe', (probe, answer) => {
    held.shift()?.()
    held.push(() => answer(ann.clock()))
    ann.probes.push(probe)
  })
  await ann.until(({ probes }) => probes.length > 12)
  await scene.host.until(({ presence }) => presence[ann.seat] !== undefined)
  const told = scene.host.received.filter((message) => message.startsWith('["presence"')).length
  const tellings = () => scene.host.received.filter((message) => message.startsWith('["presence"')).length
  await scene.host.until(() => tellings() > told)
  expect(scene.host.presence[ann.seat]?.rttMs).toBeLessThan(100)
})

test('everything comes in the order in which it was sent, whichever way it was written', async () => {
  const server = await serve()
  const scene = await enact(server)
  const { guest, frames } = watcher(server, scene, 'Аня')
  await guest.until(({ probes }) => probes.length > 3)
  const names = Array.from({ length: 20 }, (_, index) => `Аня ${index}`)
  const acks = await Promise.all(names.map((name) => guest.say({ type: 'rename', seat: guest.seat, name })))
  expect(guest.gaps).toBe(0)
  // An acknowledgement goes Socket.IO's way, and the commit that it speaks of below it: first the commit.
  for (const ack of acks) {
    if (!ack.ok) throw new Error(ack.code)
    const acked = frames.findIndex((frame) => frame.startsWith('43') && frame.includes(`"version":${ack.version}}`))
    const commit = frames.findIndex((frame) => coversVersion(frame, ack.version))
    expect(commit).toBeGreaterThan(0)
    expect(acked).toBeGreaterThan(commit)
  }
})

function coversVersion(frame: string, version: number): boolean {
  if (!frame.startsWith('42["commit"')) return false
  const [, { from, items }] = JSON.parse(frame.slice(2)) as [string, { from: number; items: { quiet?: number }[] }]
  const length = items.reduce((sum, { quiet = 1 }) => sum + quiet, 0)
  return from < version && version <= from + length
}
