import { describe, expect, test } from 'vitest'
import { asHost, type Guest } from '../support/guest.ts'
import { enact, folderWith, foldOf, handClock, openNext, serve, takeFloor, untilTheEnd, withRules } from './scene.ts'

const minute = 60_000
const clocks = withRules({ pressSeconds: 60, answerSeconds: 30 })

/** Whatever happens in a room lets the server look at its clock again. */
const nudge = async (host: Guest) => void (await host.say({ type: 'lockRoom', locked: !host.state.locked }))

async function sceneWithClock() {
  const clock = handClock()
  const scene = await enact(await serve({}, { clock: clock.now }), clocks)
  return { ...scene, clock, ann: await scene.player('Аня') }
}

describe('the clock of the buzzers', () => {
  test('closes the question when nobody pressed in time', async () => {
    const { host, ann, clock } = await sceneWithClock()
    const turn = await openNext(host)
    clock.forward(minute)
    await nudge(host)
    await ann.until(({ state }) => state.turn?.closed === 'time-out')
    expect(await ann.buzz(turn)).toEqual({ ok: false, code: 'time-is-up' })
  })

  test('runs out by itself, at its time and not before', async () => {
    const scene = await enact(await serve(), withRules({ pressSeconds: 3 }))
    await openNext(scene.host)
    await scene.host.until(({ state }) => state.turn?.closed === 'time-out')
    const { at = 0 } = (await scene.log()).at(-1) ?? {}
    expect(at).toBeGreaterThanOrEqual(scene.host.state.turn?.endsAt ?? Infinity)
  })

  test('stops when someone presses: then the clock of the answer runs', async () => {
    const { host, ann, clock } = await sceneWithClock()
    const turn = await openNext(host)
    clock.forward(minute - 5000)
    await takeFloor(ann, turn)
    clock.forward(10_000)
    await nudge(host)
    expect(host.state.turn).toMatchObject({ closed: null, floor: { seat: ann.seat, timedOut: false } })
  })
})

describe('the clock of the answer', () => {
  test('runs out, and the verdict is still the host’s', async () => {
    const { host, ann, clock } = await sceneWithClock()
    const turn = await openNext(host)
    await takeFloor(ann, turn)
    clock.forward(30_000)
    await nudge(host)
    await ann.until(({ state }) => state.turn?.floor?.timedOut === true)
    expect(await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })).toMatchObject({ ok: true })
  })

  test('begins anew for the next in the queue', async () => {
    const { host, ann, clock, player } = await sceneWithClock()
    const bob = await player('Борис')
    const turn = await openNext(host)
    await takeFloor(ann, turn)
    await bob.buzz(turn)
    clock.forward(25_000)
    await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'wrong' })
    await host.until(({ state }) => state.turn?.floor?.seat === bob.seat)
    clock.forward(10_000)
    await nudge(host)
    expect(host.state.turn?.floor).toMatchObject({ seat: bob.seat, timedOut: false })
    clock.forward(20_000)
    await nudge(host)
    await bob.until(({ state }) => state.turn?.floor?.timedOut === true)
  })

  test('says once that it has run out', async () => {
    const { host, ann, clock, log } = await sceneWithClock()
    await takeFloor(ann, await openNext(host))
    clock.forward(minute)
    for (let times = 0; times < 3; times++) await nudge(host)
    await host.until(({ state }) => state.turn?.floor?.timedOut === true)
    await nudge(host)
    expect((await log()).filter(({ type }) => type === 'answerTimedOut')).toHaveLength(1)
  })
})

describe('a pause', () => {
  test('stops the clock of the buzzers, which goes on from where it stood', async () => {
    const { host, ann, clock } = await sceneWithClock()
    await openNext(host)
    const endsAt = host.state.turn?.endsAt ?? 0
    clock.forward(20_000)
    await host.say({ type: 'pause' })
    clock.forward(60 * minute)
    await nudge(host)
    expect(host.state.turn?.closed).toBeNull()
    await host.say({ type: 'resume' })
    await host.until(({ state }) => state.pausedAt === null)
    expect(host.state.turn?.closed).toBeNull()
    expect(host.state.turn?.endsAt).toBeGreaterThanOrEqual(endsAt + 60 * minute)
    clock.forward(45_000)
    await nudge(host)
    await ann.until(({ state }) => state.turn?.closed === 'time-out')
  })

  test('stops the clock of the answer too', async () => {
    const { host, ann, clock } = await sceneWithClock()
    await takeFloor(ann, await openNext(host))
    clock.forward(20_000)
    await host.say({ type: 'pause' })
    clock.forward(60 * minute)
    await nudge(host)
    await host.say({ type: 'resume' })
    await host.until(({ state }) => state.pausedAt === null)
    expect(host.state.turn?.floor?.timedOut).toBe(false)
    clock.forward(15_000)
    await nudge(host)
    await ann.until(({ state }) => state.turn?.floor?.timedOut === true)
  })
})

describe('a restart', () => {
  async function restarted(away: number) {
    const clock = handClock()
    const data = { KNOPKA_DATA: await folderWith() }
    const before = await serve(data, { clock: clock.now })
    const { pin, host, capability } = await enact(before, clocks)
    await openNext(host)
    host.leave()
    await before.close()
    clock.forward(away)
    const server = await serve(data, { clock: clock.now })
    const back = untilTheEnd(await asHost(server.address, pin, capability))
    return { server, back, clock, pin }
  }

  test('lets a clock go on that has time left', async () => {
    const { back, clock } = await restarted(minute / 2)
    expect(back.state.turn?.closed).toBeNull()
    clock.forward(minute / 2)
    await nudge(back)
    await back.until(({ state }) => state.turn?.closed === 'time-out')
  })

  test('needs nobody’s help to see a clock run out', async () => {
    const { back } = await restarted(minute - 1000)
    await back.until(({ state }) => state.turn?.closed === 'time-out')
  })

  test('ends what ran out meanwhile, once', async () => {
    const { back, server, pin } = await restarted(5 * minute)
    await back.until(({ state }) => state.turn?.closed === 'time-out')
    await nudge(back)
    const log = await server.store.rooms.read(pin, 0)
    expect(log.filter(({ type }) => type === 'turnClosed')).toHaveLength(1)
  })
})

describe('the time of a room', () => {
  const hours = { KNOPKA_ROOM_HOURS: '2' }
  const hour = 60 * minute

  test('begins anew with every event', async () => {
    const clock = handClock()
    const data = { ...hours, KNOPKA_DATA: await folderWith() }
    const before = await serve(data, { clock: clock.now })
    const { pin, host } = await enact(before)
    clock.forward(1.5 * hour)
    await nudge(host)
    clock.forward(1.5 * hour)
    host.leave()
    await before.close()
    const { address } = await serve(data, { clock: clock.now })
    expect((await fetch(`${address}/api/rooms/${pin}`)).status).toBe(200)
  })

  test('is over when nothing happened for so long', async () => {
    const clock = handClock()
    const data = { ...hours, KNOPKA_DATA: await folderWith() }
    const before = await serve(data, { clock: clock.now })
    const { pin, host } = await enact(before)
    host.leave()
    await before.close()
    clock.forward(2 * hour)
    const server = await serve(data, { clock: clock.now })
    expect((await fetch(`${server.address}/api/rooms/${pin}`)).status).toBe(404)
    expect(await server.store.rooms.read(pin, 0)).toEqual([])
  })

  test('ends also under those who sit there still, and nothing of it comes back', async () => {
    const clock = handClock()
    const server = await serve(hours, { clock: clock.now })
    const { pin, host, player, log } = await enact(server)
    const ann = await player('Аня')
    clock.forward(2 * hour)
    expect(await host.say({ type: 'lockRoom', locked: true })).toEqual({ ok: false, code: 'no-room' })
    expect(await ann.press(1)).toEqual({ ok: false, code: 'no-room' })
    expect(await log()).toEqual([])
    expect((await fetch(`${server.address}/api/rooms/${pin}`)).status).toBe(404)
    expect(foldOf(await log()).phase).toBe('unopened')
  })
})
