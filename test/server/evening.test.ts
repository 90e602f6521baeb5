import { afterAll, beforeAll, expect, test } from 'vitest'
import { asHost, asPlayer, asScreen, askNext } from '../support/guest.ts'
import { openRoom, startServer, type TestServer } from '../support/server.ts'
import { takeFloor } from './scene.ts'

let server: TestServer
beforeAll(async () => void (server = await startServer()))
afterAll(() => server.close())

test('a question goes from the host to the wall and back as points', async () => {
  const { pin, capability } = await openRoom(server.address)
  const host = await asHost(server.address, pin, capability)
  const [ann, bob] = [await asPlayer(server.address, pin, 'Аня'), await asPlayer(server.address, pin, 'Борис')]
  const wall = await asScreen(server.address, pin)
  const turn = await askNext(host)
  await host.say({ type: 'openBuzzers', turn })
  await takeFloor(bob, turn)
  expect(await ann.buzz(turn)).toMatchObject({ ok: true })
  await wall.until(({ state }) => state.turn?.presses.length === 2)
  expect(wall.state.turn?.floor?.seat).toBe(bob.seat)
  await host.say({ type: 'giveVerdict', turn, seat: bob.seat, verdict: 'wrong' })
  await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  await ann.until(({ mine }) => mine?.score === 1)
  expect(ann.mine).toMatchObject({ score: 1, place: 1, of: 2 })
  for (const guest of [host, wall]) await guest.until(({ state }) => state.turn?.closed === 'answered')
  expect(host.version).toBe(wall.version)
  expect(server.faults).toEqual([])
  for (const guest of [host, ann, bob, wall]) guest.leave()
})
