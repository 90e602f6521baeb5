import { expect, test } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { enact, serve } from './scene.ts'

const told = (here: number, sounding: number) => (guest: Guest) =>
  guest.screens.here === here && guest.screens.sounding === sounding

test('hosts are told of every projector, and whether the hall can hear it', async () => {
  const scene = await enact(await serve())
  const mate = await scene.cohost()
  const [wall, foyer] = [await scene.screen(), await scene.screen()]
  const hosts = [scene.host, mate]
  await Promise.all(hosts.map((host) => host.until(told(2, 0))))
  wall.socket.emit('sounding', true)
  await Promise.all(hosts.map((host) => host.until(told(2, 1))))
  foyer.leave()
  await scene.host.until(told(1, 1))
  wall.socket.emit('sounding', false)
  await scene.host.until(told(1, 0))
})

test('a projector that comes back is silent until it says otherwise', async () => {
  const scene = await enact(await serve())
  const wall = await scene.screen()
  wall.socket.emit('sounding', true)
  await scene.host.until(told(1, 1))
  wall.socket.disconnect().connect()
  await scene.host.until(told(1, 0))
})

test('a host may hear the projectors, and nothing of it is in the log', async () => {
  const scene = await enact(await serve())
  const [wall, foyer] = [await scene.screen(), await scene.screen()]
  const before = await scene.log()
  scene.host.socket.emit('trySound')
  await Promise.all([wall, foyer].map((screen) => screen.until(({ soundsAsked }) => soundsAsked === 1)))
  expect(await scene.log()).toEqual(before)
})

test('nobody else may, and phones are told of no projector', async () => {
  const scene = await enact(await serve())
  const wall = await scene.screen()
  const ann = await scene.player('Аня')
  ann.socket.emit('trySound')
  wall.socket.emit('trySound')
  ann.socket.emit('sounding', true)
  // What they said lies before this on the same connections.
  await Promise.all([ann, wall].map((guest) => guest.say({ type: 'rename', seat: ann.seat, name: 'Анна' })))
  scene.host.socket.emit('trySound')
  await wall.until(({ soundsAsked }) => soundsAsked > 0)
  await scene.host.until(told(1, 0))
  expect(wall.soundsAsked).toBe(1)
  expect(ann.received.join()).not.toMatch(/"(screens|trySound)"/)
})

test('before the game a host is told how well each clock is read, once it was read often enough', async () => {
  const scene = await enact(await serve())
  const ann = await scene.player('Аня')
  const error = ({ presence }: Guest) => presence[ann.seat]?.errorMs
  await scene.host.until((host) => error(host) !== undefined)
  expect(ann.probes.length).toBeGreaterThanOrEqual(10)
  expect(error(scene.host)).toBeGreaterThanOrEqual(1)
  await scene.host.say({ type: 'ask', turn: 1, questionId: scene.host.state.secret.plan?.[0] ?? '', tieBreak: false })
  await scene.host.until((host) => error(host) === undefined)
})
