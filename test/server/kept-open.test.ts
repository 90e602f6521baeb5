import { buttonFace } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { heldStore } from './held-store.ts'
import { enact, openNext, serve, takeFloor } from './scene.ts'

/** Messages of one connection are heard in order: once this one is answered, those before it were heard. */
const wereHeard = async (guest: Guest) =>
  expect(await guest.sayRaw('nothing')).toEqual({ ok: false, code: 'bad-request' })

const hears = (guest: Guest, type: string) =>
  guest.until(({ received }) => received.some((message) => message.includes(`"type":"${type}"`)))

/** Аня and Борис have pressed and were removed before the order was found; Вера has not pressed. */
async function keptOpen() {
  const { store, hold, stopClock } = await heldStore()
  const server = await serve({}, { store })
  const scene = await enact(server)
  const { host, player } = scene
  const [ann, bob, vera] = [await player('Аня'), await player('Борис'), await player('Вера')]
  const wall = await scene.screen()
  const turn = await openNext(host)
  for (const guest of [ann, bob, vera]) await guest.lit(turn)
  const before = (await scene.log()).length

  // While the first press is being written, all that follows waits behind it; the order is found after that.
  const { isAtTheGate, letThrough } = hold()
  void ann.press(turn)
  await isAtTheGate
  void bob.press(turn)
  await wereHeard(bob)
  const removals = [ann, bob].map(({ seat }) => host.say({ type: 'remove', seat }))
  await wereHeard(host)
  letThrough()
  for (const ack of await Promise.all(removals)) expect(ack).toMatchObject({ ok: true })
  for (const guest of [vera, wall, host]) await hears(guest, 'buzzersKeptOpen')
  const news = async () => (await scene.log()).slice(before)
  return { now: () => server.store.now(), stopClock, host, ann, bob, vera, wall, turn, news }
}

test('where all who pressed are removed before the order is found, the buzzers stay open for the others', async () => {
  const { now, host, ann, bob, vera, wall, turn, news } = await keptOpen()
  for (const guest of [ann, bob]) await guest.until(({ farewell }) => farewell === 'removed')
  for (const { state } of [vera, wall, host]) {
    expect(state.turn).toMatchObject({ turn, openings: 1, settlesAt: null, floor: null, closed: null })
  }
  expect(vera.mine && buttonFace(vera.state, vera.mine, now())).toBe('press')

  await takeFloor(vera, turn)
  for (const guest of [wall, host]) await guest.until(({ state }) => state.turn?.floor?.seat === vera.seat)
  expect((await news()).map(({ type, by }) => [type, by])).toEqual([
    ['buzzed', ann.seat],
    ['buzzed', bob.seat],
    ['removed', host.seat],
    ['removed', host.seat],
    ['buzzersKeptOpen', 'server'],
    ['buzzed', vera.seat],
    ['floorGiven', 'server'],
  ])
  for (const { gaps } of [vera, wall, host]) expect(gaps).toBe(0)
})

test('whoever presses then has the floor as soon as nobody is waited for any more', async () => {
  const { stopClock, vera, turn } = await keptOpen()
  // The time to wait will never be over.
  stopClock()
  await takeFloor(vera, turn)
})

test('whoever is let back in has the floor: the press stands, and nobody was earlier', async () => {
  const { host, ann, vera, wall } = await keptOpen()
  expect(await host.say({ type: 'letBackIn', seat: ann.seat })).toMatchObject({ ok: true })
  for (const guest of [vera, wall, host]) await guest.until(({ state }) => state.turn?.floor?.seat === ann.seat)
})
