import { createHash, createHmac } from 'node:crypto'
import type { EventOf, RoomEvent } from '@knopka/shared/game'
import { describe, expect, onTestFinished, test } from 'vitest'
import { delayProxy } from '../support/delay-proxy.ts'
import { asPlayer, askNext, enter, phoneClock, type Guest, type Manners } from '../support/guest.ts'
import type { TestServer } from '../support/server.ts'
import { enact, folderWith, openNext, serve, takeFloor, untilTheEnd, withRules, type Scene } from './scene.ts'

/** Enough to know a link; every new one is measured as often in its first seconds. */
const wellMeasured = 8

interface Way {
  upMs: number
  downMs: number
}

/** Someone whose bytes take their time both ways, and whose link is known. */
async function through(
  { port }: TestServer,
  { pin }: Scene,
  name: string,
  { upMs, downMs }: Way,
  manners: Manners = {},
): Promise<Guest> {
  const proxy = await delayProxy(port, upMs, downMs)
  onTestFinished(() => proxy.close())
  const guest = untilTheEnd(await asPlayer(proxy.address, pin, name, undefined, manners))
  await measured(guest)
  return guest
}

const measured = (guest: Guest) => guest.until(({ probes }) => probes.length >= wellMeasured)

/** Time passes: something is said, and answered. */
const roundTrip = (guest: Guest) => guest.say({ type: 'rename', seat: guest.seat, name: guest.mine?.name ?? '' })

const ofType = <Type extends RoomEvent['type']>(events: RoomEvent[], type: Type) =>
  events.filter((event): event is EventOf<Type> => event.type === type)

const pressOf = async ({ log }: Scene, { seat }: Guest) =>
  ofType(await log(), 'buzzed').findLast((e) => e.seat === seat)

const near = { upMs: 10, downMs: 10 }
const far = { upMs: 160, downMs: 160 }

describe('who pressed first', () => {
  test('has the floor, though the press of another came in before', async () => {
    const server = await serve()
    const scene = await enact(server, withRules({ setting: 'call' }))
    const [ann, bob] = await Promise.all([
      through(server, scene, 'Аня', far, { clock: phoneClock(5e6, 80) }),
      through(server, scene, 'Борис', near, { clock: phoneClock(-3000, -80) }),
    ])
    const turn = await openNext(scene.host)
    const first = ann.buzz(turn)
    await bob.lit(turn)
    for (let times = 0; times < 2; times++) await roundTrip(bob)
    await Promise.all([first, bob.buzz(turn)])
    await scene.host.until(({ state }) => !!state.turn?.floor)

    expect(scene.host.state.turn?.floor?.seat).toBe(ann.seat)
    const [anns, bobs] = [await pressOf(scene, ann), await pressOf(scene, bob)]
    expect(ofType(await scene.log(), 'buzzed').map(({ seat }) => seat)).toEqual([bob.seat, ann.seat])
    expect(anns?.cameMs).toBeGreaterThan(bobs?.cameMs ?? Infinity)
    expect((anns?.cameMs ?? 0) - (anns?.scoreMs ?? 0)).toBeGreaterThan(far.upMs - 10)
    expect(anns?.scoreMs).toBeLessThan((bobs?.scoreMs ?? 0) - near.upMs)
  })

  test('is not who says so: a lie is believed as far as the budget goes, and costs it', async () => {
    const server = await serve()
    const scene = await enact(server, withRules({ setting: 'call' }))
    const [ann, liar] = await Promise.all([through(server, scene, 'Аня', far), through(server, scene, 'Лжец', near)])
    const turn = await openNext(scene.host)
    const honest = ann.buzz(turn)
    await liar.lit(turn)
    for (let times = 0; times < 3; times++) await roundTrip(liar)
    await Promise.all([honest, liar.press(turn, { pressedAt: liar.clock() - 300 })])
    await scene.host.until(({ state }) => !!state.turn?.floor)

    expect(scene.host.state.turn?.floor?.seat).toBe(ann.seat)
    const lie = await pressOf(scene, liar)
    expect(lie?.overruledMs).toBeGreaterThan(200)
    expect(lie?.secret?.trust?.budgetMs).toBeLessThan(1)
  })
})

/** Asks and opens; the liar presses in the light, and says that it was much earlier. @returns its press in the log */
async function lieOnce(server: TestServer, host: Guest, liar: Guest): Promise<EventOf<'buzzed'> | undefined> {
  const turn = await openNext(host)
  await liar.lit(turn)
  // Long enough after the light that what is believed of the lie is no false start.
  await host.until(() => server.store.now() > (host.state.turn?.opensAt ?? Infinity) + 60)
  expect(await liar.press(turn, { pressedAt: liar.clock() - 300 })).toMatchObject({ ok: true })
  await host.until(({ state }) => state.turn?.floor?.seat === liar.seat)
  expect(await host.say({ type: 'giveVerdict', turn, seat: liar.seat, verdict: 'right' })).toMatchObject({ ok: true })
  const log = await server.store.rooms.read(host.welcome?.pin ?? '', 0)
  return ofType(log, 'buzzed').findLast(({ seat }) => seat === liar.seat)
}

const back = (guest: Guest) => {
  const { welcome } = guest
  return guest.until((guest) => guest.welcome !== welcome)
}

test('trust that was spent is not refilled by a reconnect or a restart', async () => {
  const data = { KNOPKA_DATA: await folderWith() }
  const before = await serve(data)
  const scene = await enact(before, withRules({ setting: 'call' }))
  const liar = await scene.player('Лжец')
  await measured(liar)
  const budgets = [(await lieOnce(before, scene.host, liar))?.secret?.trust?.budgetMs]

  const again = back(liar)
  liar.socket.io.engine.close()
  await again
  budgets.push((await lieOnce(before, scene.host, liar))?.secret?.trust?.budgetMs)

  const returned = Promise.all([back(liar), back(scene.host)])
  await before.close()
  const after = await serve({ ...data, PORT: String(before.port) })
  await returned
  budgets.push((await lieOnce(after, scene.host, liar))?.secret?.trust?.budgetMs)

  for (const budget of budgets) expect(budget).toBeLessThan(2)
})

test('a press before the light is a false start, and each one starts its lock anew', async () => {
  const server = await serve()
  const scene = await enact(server)
  const ann = await through(server, scene, 'Аня', near)
  const turn = await askNext(scene.host)
  await ann.press(turn)
  await scene.host.say({ type: 'openBuzzers', turn })
  await ann.press(turn)
  await ann.lit(turn)
  const starts = ofType(await scene.log(), 'falseStarted').map(({ secret }) => secret?.early?.until ?? 0)
  expect(starts).toHaveLength(2)
  expect(starts[1]).toBeGreaterThan(starts[0] ?? Infinity)
  await ann.press(turn)
  await ann.until(({ mine }) => (mine?.earlyUntil ?? 0) > (starts[1] ?? 0))
  expect(ofType(await scene.log(), 'buzzed')).toEqual([])
  await scene.host.until(() => server.store.now() > (ann.mine?.earlyUntil ?? Infinity))
  await takeFloor(ann, turn)
})

describe('a choice counts from when its phone can have had the options', () => {
  const choices = { points: 'by-time', seconds: 60 } as const
  const bank = ['# Bank', '## One', 'Which?', '- [x] this', '- [ ] that']

  /** Everyone's options are there, which came to each phone at this instant of its own clock. */
  async function choosing(ways: Way[]) {
    const server = await serve({ KNOPKA_BANKS: await folderWith({ 'bank.md': bank.join('\n') }) })
    const scene = await enact(server, withRules({ setting: 'call', choices }))
    const clocks = [phoneClock(5e6, 80), phoneClock(-3000, -80)]
    const guests = await Promise.all(
      ways.map((way, index) =>
        through(server, scene, `Гость ${index}`, way, { clock: clocks[index] ?? phoneClock(0) }),
      ),
    )
    const turn = await openNext(scene.host)
    const choosers = guests.map(async (guest) => {
      await guest.until(({ state }) => !!state.turn?.choosing?.options)
      return { guest, shownAt: guest.clock() }
    })
    return { scene, turn, choosers: await Promise.all(choosers) }
  }

  const choose = ({ guest }: { guest: Guest }, turn: number, pressedAt = guest.clock()) =>
    guest.say({ type: 'choose', turn, options: [0], pressedAt })

  const afterMsOf = async ({ log }: Scene, { seat }: Guest): Promise<number> =>
    ofType(await log(), 'chosen').find(({ by }) => by === seat)?.secret?.choice?.afterMs ?? NaN

  test('and when its finger came down, however far it is: at one instant both choose, and both are told right', async () => {
    const { scene, turn, choosers } = await choosing([far, near])
    for (const { guest } of choosers) await roundTrip(guest)
    const took = choosers.map(({ guest, shownAt }) => guest.clock() - shownAt)
    for (const ack of await Promise.all(choosers.map((one) => choose(one, turn))))
      expect(ack).toMatchObject({ ok: true })
    const told = await Promise.all(choosers.map(({ guest }) => afterMsOf(scene, guest)))
    const [anns = NaN, bobs = NaN] = told.map((afterMs, index) => afterMs - (took[index] ?? NaN))
    // By their arrival the far one would be 300 ms behind, and with options counted from the server's instant 150.
    expect(Math.abs(anns - bobs)).toBeLessThan(50)
    expect(Math.abs(anns)).toBeLessThan(100)
  })

  test('and no earlier than its link bears out, whatever it says', async () => {
    const { scene, turn, choosers } = await choosing([near, near])
    const [honest, liar] = choosers
    if (!honest || !liar) throw new Error('Two choose')
    for (let times = 0; times < 20; times++) await roundTrip(liar.guest)
    const said = [choose(honest, turn), choose(liar, turn, liar.guest.clock() - 300)]
    for (const ack of await Promise.all(said)) expect(ack).toMatchObject({ ok: true })
    const [truth, lie] = [await afterMsOf(scene, honest.guest), await afterMsOf(scene, liar.guest)]
    expect(truth).toBeGreaterThan(350)
    expect(truth - lie).toBeLessThan(70)
  })
})

describe('the light', () => {
  test('is everywhere at the same instant, whatever the phones’ clocks say', async () => {
    const server = await serve()
    const scene = await enact(server)
    const clocks = [phoneClock(0), phoneClock(1e7, 100), phoneClock(-4e5, -100)]
    const ways = [near, { upMs: 40, downMs: 40 }, { upMs: 90, downMs: 90 }]
    const phones = await Promise.all(
      clocks.map((clock, index) => through(server, scene, `Гость ${index}`, ways[index] as Way, { clock })),
    )
    const turn = await openNext(scene.host)
    await Promise.all(phones.map((phone) => phone.lit(turn)))
    const opensAt = scene.host.state.turn?.opensAt ?? 0
    // All clocks are read at once: by how much a phone is ahead of the server is the same now as in the light.
    const ahead = phones.map(({ clock }) => clock() - server.store.now())
    const errors = phones.map(({ lights }, index) => (lights[0]?.at ?? 0) - (ahead[index] ?? 0) - opensAt)
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(5)
  })

  test('is there on two devices of one seat, by the clock and the link of each', async () => {
    const server = await serve()
    const scene = await enact(server)
    const near = await scene.player('Аня', undefined, { clock: phoneClock(-4e5, -100) })
    const proxy = await delayProxy(server.port, far.upMs, far.downMs)
    onTestFinished(() => proxy.close())
    const seat = { kind: 'seat', token: near.welcome?.token ?? '' } as const
    const other = untilTheEnd(await enter(proxy.address, scene.pin, seat, { clock: phoneClock(1e7, 100) }))
    await Promise.all([measured(near), measured(other)])
    const turn = await openNext(scene.host)
    const opensAt = scene.host.state.turn?.opensAt ?? 0
    await Promise.all([near.lit(turn), other.lit(turn)])
    for (const { clock, lights } of [near, other]) {
      const aheadMs = clock() - server.store.now()
      expect(Math.abs((lights[0]?.at ?? 0) - aheadMs - opensAt)).toBeLessThan(5)
    }
    const [light] = near.lights
    if (!light) throw new Error('No light')
    // Just in time for its own link: the way to the other one is much longer.
    expect(light.at - light.cameAt).toBeLessThan(far.downMs / 2)
    const pressedAt = near.clock()
    expect(await near.press(turn, { pressedAt })).toMatchObject({ ok: true })
    const { scoreMs = NaN, overruledMs = NaN } = (await pressOf(scene, near)) ?? {}
    expect(Math.abs(scoreMs - overruledMs - (pressedAt - light.at))).toBeLessThan(0.3)
  })

  test('is the first that a phone hears of the opening; only hosts know of it before', async () => {
    const server = await serve()
    const scene = await enact(server)
    const wall = await scene.screen()
    const ann = await through(server, scene, 'Аня', near)
    await through(server, scene, 'Борис', far)
    const turn = await askNext(scene.host)
    await ann.until(({ state }) => state.turn?.turn === turn)
    const before = ann.received.length
    await scene.host.say({ type: 'openBuzzers', turn })
    await scene.host.until(({ state }) => state.turn?.opensAt !== null)
    expect(server.store.now()).toBeLessThan(scene.host.state.turn?.opensAt ?? 0)
    for (const guest of [ann, wall]) expect(guest.state.turn?.opensAt).toBeNull()
    expect((await scene.screen()).state.turn?.opensAt).toBeNull()
    await wall.until(({ state }) => state.turn?.opensAt !== null)
    await ann.until(({ state }) => state.turn?.opensAt !== null)
    const names = ann.received.slice(before).map((message) => (JSON.parse(message) as [string])[0])
    expect(names.filter((name) => name !== 'probe').slice(0, 2)).toEqual(['light', 'commit'])
  })

  test('of a strict room comes at an instant that nobody can foresee, also where friends would be told ahead', async () => {
    const server = await serve()
    const scene = await enact(server, withRules({ setting: 'friends', strict: true }))
    const ann = await through(server, scene, 'Аня', near)
    const leads: number[] = []
    for (let turn = 1; turn <= 4; turn++) {
      await openNext(scene.host)
      await ann.until(({ lights }) => lights.some((light) => light.turn === turn))
      const opened = ofType(await scene.log(), 'buzzersOpened').at(-1)
      leads.push((opened?.opensAt ?? 0) - (opened?.at ?? 0))
      await scene.host.say({ type: 'skip', turn })
    }
    // Just in time: nobody's phone knew it long before.
    for (const { at, cameAt } of ann.lights) expect(at - cameAt).toBeLessThan(100)
    // The lead itself is the same each time, but for some milliseconds.
    expect(Math.max(...leads) - Math.min(...leads)).toBeGreaterThan(20)
    expect(Math.max(...leads)).toBeLessThanOrEqual(1300)
  })

  test('is told among friends to all at once, well before it is due', async () => {
    const server = await serve()
    const scene = await enact(server, withRules({ setting: 'friends' }))
    const phones = await Promise.all([through(server, scene, 'Аня', near), through(server, scene, 'Борис', far)])
    await openNext(scene.host)
    // Whatever is said to a phone from now on comes behind its light.
    const told = phones.map(async (phone) => {
      await roundTrip(phone)
      return phone.lights.length
    })
    expect(await Promise.all(told)).toEqual([1, 1])
    const opened = ofType(await scene.log(), 'buzzersOpened')[0]
    expect((opened?.opensAt ?? 0) - (opened?.at ?? 0)).toBe(300)
  })

  test('is taken back by a pause, and comes anew after it', async () => {
    const server = await serve()
    const scene = await enact(server)
    const ann = await through(server, scene, 'Аня', near)
    await through(server, scene, 'Борис', far)
    const turn = await askNext(scene.host)
    const said = [scene.host.say({ type: 'openBuzzers', turn }), scene.host.say({ type: 'pause' })]
    for (const ack of await Promise.all(said)) expect(ack).toMatchObject({ ok: true })
    const takenBack = scene.host.state.turn?.opensAt ?? 0
    await ann.until(({ state }) => state.pausedAt !== null)
    expect(server.store.now()).toBeLessThan(takenBack)
    // Long after the light would have come, by the pings that go on.
    await ann.until(() => server.store.now() > takenBack + 100)
    expect(ann.lights).toEqual([])
    const before = ann.received.length
    expect(await scene.host.say({ type: 'resume' })).toMatchObject({ ok: true })
    const [again] = ofType(await scene.log(), 'resumed')
    const opensAt = takenBack + (again?.shiftMs ?? 0)
    expect(opensAt - (again?.at ?? 0)).toBeGreaterThan(far.downMs)
    expect(ann.state.pausedAt).not.toBeNull()
    await ann.until(({ state }) => state.pausedAt === null)
    const names = ann.received.slice(before).map((message) => (JSON.parse(message) as [string])[0])
    expect(names.filter((name) => name !== 'probe').slice(0, 2)).toEqual(['light', 'commit'])
    const aheadMs = ann.clock() - server.store.now()
    expect(Math.abs((ann.lights[0]?.at ?? 0) - aheadMs - opensAt)).toBeLessThan(5)
    await takeFloor(ann, turn)
    expect(ofType(await scene.log(), 'falseStarted')).toEqual([])
  })

  test('is not told before its time to who comes back meanwhile', async () => {
    const server = await serve()
    const scene = await enact(server)
    await through(server, scene, 'Борис', far)
    const ann = await scene.player('Аня')
    const turn = await askNext(scene.host)
    const again = back(ann)
    await scene.host.say({ type: 'openBuzzers', turn })
    ann.socket.io.engine.close()
    await again
    expect(server.store.now()).toBeLessThan(scene.host.state.turn?.opensAt ?? 0)
    expect(ann.welcome?.state.turn).toMatchObject({ turn, opensAt: null, openings: 0 })
    expect(await ann.buzz(turn)).toMatchObject({ ok: true })
    expect(ann.gaps).toBe(0)
  })
})

test('a claim that no clock could make harms nobody, and earns no more than the budget', async () => {
  const server = await serve()
  const scene = await enact(server)
  const [ann, liar] = [await scene.player('Аня'), await through(server, scene, 'Лжец', near)]
  const emit = liar.socket.emit.bind(liar.socket) as (...message: unknown[]) => void
  for (const claim of [1e300, -1e300, Number.MAX_VALUE, 0, -0, 1e-320]) {
    const turn = await openNext(scene.host)
    await liar.lit(turn)
    for (const phoneClock of [claim, NaN, Infinity, '1', null, [claim], {}]) {
      emit('lit', { turn, opening: 1, phoneClock })
    }
    await takeFloor(ann, turn)
    expect(await liar.press(turn, { pressedAt: claim, frameWaitMs: claim })).toMatchObject({ ok: true })
    const press = await pressOf(scene, liar)
    const earnedMs = (press?.cameMs ?? NaN) - (press?.scoreMs ?? NaN)
    expect(earnedMs).toBeGreaterThanOrEqual(0)
    expect(earnedMs).toBeLessThan(100)
    expect(press?.secret?.trust).toEqual({
      seat: liar.seat,
      budgetMs: expect.any(Number) as number,
      stalls: expect.any(Number) as number,
      lateLights: expect.any(Number) as number,
    })
    await scene.host.say({ type: 'skip', turn })
  }
})

describe('what was not asked for', () => {
  test('an answer to a probe that comes again, or is no clock, changes no measurement', async () => {
    const server = await serve()
    const scene = await enact(server)
    const ann = await through(server, scene, 'Аня', near)
    const answers: ((clock: unknown) => void)[] = []
    ann.socket.prependAny((name: string, ...rest: unknown[]) => {
      if (name === 'probe') answers.push(rest.at(-1) as (clock: unknown) => void)
    })
    await ann.until(() => answers.length >= 3)
    for (const clock of [1e9, NaN, 'now', null, -1e300]) for (const answer of answers) answer(clock)
    for (const frame of ['3999[1]', '30[1e300]', '31["now"]', '32[]']) ann.socket.io.engine.write(frame)
    await roundTrip(ann)
    await takeFloor(ann, await openNext(scene.host))
    const press = await pressOf(scene, ann)
    expect(press?.overruledMs).toBe(0)
    expect((press?.cameMs ?? 0) - (press?.scoreMs ?? 0)).toBeLessThan(30)
  })

  test('`lit` for another round or of another shape is not heard', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    const emit = ann.socket.emit.bind(ann.socket) as (...message: unknown[]) => void
    const said = [null, 'lit', [], {}, { turn: 7, opening: 1, phoneClock: 1 }, { turn: 1, opening: 9, phoneClock: 1e9 }]
    for (const lit of said) emit('lit', lit)
    emit('lit')
    emit('lit', said[4], () => {})
    await takeFloor(ann, await openNext(scene.host))
    expect((await pressOf(scene, ann))?.overruledMs).toBe(0)
  })
})

test('who stays silent is waited for until the window ends, and no longer', async () => {
  const server = await serve()
  const scene = await enact(server, withRules({ setting: 'call' }))
  const ann = await scene.player('Аня')
  const slow = await through(server, scene, 'Борис', { upMs: 300, downMs: 300 })
  await measured(ann)
  const turn = await openNext(scene.host)
  await takeFloor(ann, turn)
  const log = await scene.log()
  const [press, given] = [ofType(log, 'buzzed')[0], ofType(log, 'floorGiven')[0]]
  expect(given?.at).toBeGreaterThanOrEqual(press?.settlesAt ?? Infinity)
  expect((given?.at ?? 0) - (press?.at ?? 0)).toBeLessThan(300)
  expect(slow.state.turn?.floor?.seat).not.toBe(slow.seat)
})

test('nobody is waited for when all have pressed or are known not to have', async () => {
  const server = await serve()
  const scene = await enact(server)
  const [ann, bob] = [await scene.player('Аня'), await scene.player('Борис')]
  await Promise.all([measured(ann), measured(bob)])
  await takeFloor(ann, await openNext(scene.host))
  const log = await scene.log()
  const waitedMs = (ofType(log, 'floorGiven')[0]?.at ?? Infinity) - (ofType(log, 'buzzed')[0]?.at ?? 0)
  expect(waitedMs).toBeLessThan(100)
})

test('the lot that draws ties is committed to before anyone presses, and each can check it afterwards', async () => {
  const scene = await enact(await serve())
  const [ann, bob] = [await scene.player('Аня'), await scene.player('Борис')]
  const turn = await openNext(scene.host)
  for (const ack of await Promise.all([ann.buzz(turn), bob.buzz(turn)])) expect(ack).toMatchObject({ ok: true })
  await ann.until(({ state }) => !!state.turn?.floor)
  const log = await scene.log()
  const secret = ofType(log, 'floorGiven')[0]?.tieSecret ?? ''
  expect(createHash('sha256').update(secret).digest('base64url')).toBe(ofType(log, 'buzzersOpened')[0]?.tieHash)
  const rankOf = (seat: string) => createHmac('sha256', secret).update(seat).digest('base64url')
  const drawn = ofType(log, 'buzzed').map((press) => [press.seat, press.secret?.tieRank])
  expect(drawn).toHaveLength(2)
  expect(Object.fromEntries(drawn)).toEqual({ [ann.seat]: rankOf(ann.seat), [bob.seat]: rankOf(bob.seat) })
  const telling = ann.received.filter((message) => message.includes(secret))
  expect(telling).toEqual([expect.stringContaining('floorGiven')])
})
