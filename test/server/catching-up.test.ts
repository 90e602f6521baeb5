import { isQuiet, redact, viewOf, type Viewer } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { askNext } from '../support/guest.ts'
import { enact, foldOf, openNext, serve, takeFloor, type Scene } from './scene.ts'

/** As when a phone loses its network: nobody says good-bye, and the page comes back by itself. */
async function stumble(guest: Guest): Promise<void> {
  const { welcome } = guest
  guest.socket.io.engine.close()
  await guest.until((guest) => guest.welcome !== welcome)
}

const judged = async (host: Guest, seat: string, turn: number, verdict: 'right' | 'wrong') =>
  expect(await host.say({ type: 'giveVerdict', turn, seat, verdict })).toMatchObject({ ok: true })

/** Things that happen while someone is away. */
async function muchHappens({ host, player }: Scene, ann: Guest): Promise<void> {
  const turn = await openNext(host)
  await takeFloor(ann, turn)
  await judged(host, ann.seat, turn, 'right')
  const cat = await player('Катя')
  const next = await openNext(host)
  await takeFloor(cat, next)
  await ann.buzz(next)
  await judged(host, cat.seat, next, 'wrong')
  await host.say({ type: 'rename', seat: cat.seat, name: 'Екатерина' })
  await host.say({ type: 'showStandings', shown: true })
}

/** They see what the log says. What changes nothing for them may not have been told yet. */
async function sameAsTheLog({ log }: Scene, guest: Guest): Promise<void> {
  const events = await log()
  const viewer: Viewer = { role: guest.welcome?.viewer.role ?? 'player', seat: guest.seat }
  await guest.until(({ version }) => events.slice(version).every((event) => isQuiet(redact(event, viewer))))
  expect(guest.state).toEqual(viewOf(foldOf(events), viewer))
}

describe('who comes back', () => {
  test('knows what those know who stayed', async () => {
    const scene = await enact(await serve())
    const [ann, bob, stayed] = [await scene.player('Аня'), await scene.player('Борис'), await scene.player('Галя')]
    bob.leave()
    await muchHappens(scene, ann)
    bob.socket.connect()
    await sameAsTheLog(scene, bob)
    await sameAsTheLog(scene, stayed)
    expect(bob.state).toEqual(stayed.state)
    expect([bob.gaps, stayed.gaps]).toEqual([0, 0])
    expect(bob.mine).toMatchObject({ name: 'Борис', score: 0, place: 2, of: 4 })
  })

  test('follows on from there', async () => {
    const scene = await enact(await serve())
    const [ann, bob] = [await scene.player('Аня'), await scene.player('Борис')]
    await stumble(bob)
    await muchHappens(scene, ann)
    await stumble(bob)
    await scene.host.say({ type: 'lockRoom', locked: true })
    await sameAsTheLog(scene, bob)
    expect(bob.gaps).toBe(0)
  })

  test('misses nothing, though it stumbles at every step', async () => {
    const scene = await enact(await serve())
    const guests = [await scene.player('Аня'), await scene.screen(), await scene.cohost(), scene.host]
    for (let turn = 1; turn <= 5; turn++) {
      const returning = Promise.all(guests.slice(0, 3).map(stumble))
      await scene.host.say({ type: 'skip', turn: await openNext(scene.host) })
      await returning
    }
    for (const guest of guests) await sameAsTheLog(scene, guest)
    expect(guests.map(({ gaps }) => gaps)).toEqual([0, 0, 0, 0])
  })

  test('as a host goes on where it was', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    await takeFloor(ann, await openNext(scene.host))
    await stumble(scene.host)
    await judged(scene.host, ann.seat, 1, 'right')
    await ann.until(({ mine }) => mine?.score === 1)
  })

  test('may press at once', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    const turn = await openNext(scene.host)
    await stumble(ann)
    expect(await ann.buzz(turn)).toMatchObject({ ok: true })
  })

  test('finds a press sent again counted once', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    const turn = await openNext(scene.host)
    const press = { type: 'buzz', commandId: 'one press of Anna', turn, pressedAt: 1, frameWaitMs: 0 } as const
    await ann.lit(turn)
    await ann.say({ ...press, pressedAt: ann.clock() })
    await stumble(ann)
    expect(await ann.say(press)).toMatchObject({ ok: true })
    expect((await scene.log()).filter(({ type }) => type === 'buzzed')).toHaveLength(1)
  })
})

describe('versions', () => {
  test('have no gaps for anyone, whatever is hidden from them', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    const guests = [ann, await scene.screen(), await scene.cohost(), scene.host]
    await muchHappens(scene, ann)
    await scene.host.say({ type: 'correctScore', seat: ann.seat, points: 2, reason: 'за красоту' })
    await scene.host.say({ type: 'replaceLink', link: 'cohost' })
    const mates = [...guests.slice(0, 2), scene.host]
    await scene.host.say({ type: 'lockRoom', locked: true })
    for (const guest of mates) await sameAsTheLog(scene, guest)
    expect(guests.map(({ gaps }) => gaps)).toEqual([0, 0, 0, 0])
  })

  test('nothing is sent to phones for what changes nothing there', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    await scene.player('Борис')
    await scene.player('Галя')
    await scene.host.say({ type: 'lockRoom', locked: true })
    await ann.until(({ state }) => state.locked)
    const commits = ann.received.filter((message) => message.startsWith('["commit"'))
    expect(commits).toHaveLength(1)
    expect(JSON.parse(commits[0] ?? '')).toMatchObject(['commit', { items: [{ quiet: 2 }, { type: 'roomLocked' }] }])
  })
})

describe('presence', () => {
  test('tells hosts who is here and who is away', async () => {
    const scene = await enact(await serve())
    const mate = await scene.cohost()
    const [ann, bob] = [await scene.player('Аня'), await scene.player('Борис')]
    const both = ({ presence }: Guest) => ann.seat in presence && bob.seat in presence
    await Promise.all([scene.host.until(both), mate.until(both)])
    bob.leave()
    const away = ({ presence }: Guest) => ann.seat in presence && !(bob.seat in presence)
    await Promise.all([scene.host.until(away), mate.until(away)])
    bob.socket.connect()
    await scene.host.until(both)
  })

  test('goes on while a question is on the table', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    await openNext(scene.host)
    const tellings = () => scene.host.received.filter((message) => message.startsWith('["presence"')).length
    const told = tellings()
    await scene.host.until(() => tellings() > told + 1)
    expect(ann.seat in scene.host.presence).toBe(true)
  })

  test('says how good a link is once it was measured', async () => {
    const scene = await enact(await serve())
    const ann = await scene.player('Аня')
    await scene.host.until(({ presence }) => (presence[ann.seat]?.rttMs ?? -1) >= 0)
  })

  test('is not told to phones and screens', async () => {
    const scene = await enact(await serve())
    const [ann, wall] = [await scene.player('Аня'), await scene.screen()]
    await scene.player('Борис')
    await scene.host.until(({ presence }) => Object.keys(presence).length === 2)
    for (const guest of [ann, wall]) expect(guest.received.join()).not.toContain('"presence"')
  })
})

describe('two hosts at once', () => {
  const count = async ({ log }: Scene, type: string) => (await log()).filter((event) => event.type === type).length

  test('ask one question', async () => {
    const scene = await enact(await serve())
    const mate = await scene.cohost()
    expect(await Promise.all([askNext(scene.host), askNext(mate)])).toEqual([1, 1])
    expect(await count(scene, 'questionAsked')).toBe(1)
  })

  test('open the buzzers once', async () => {
    const scene = await enact(await serve())
    const mate = await scene.cohost()
    const turn = await askNext(scene.host)
    const acks = await Promise.all([scene.host, mate].map((host) => host.say({ type: 'openBuzzers', turn })))
    expect(acks.filter(({ ok }) => ok)).toHaveLength(1)
    expect(acks).toContainEqual({ ok: false, code: 'already-open' })
    expect(await count(scene, 'buzzersOpened')).toBe(1)
  })

  test('give one verdict, and the next in the queue is not judged by the second click', async () => {
    const scene = await enact(await serve())
    const [mate, ann, bob] = [await scene.cohost(), await scene.player('Аня'), await scene.player('Борис')]
    const turn = await openNext(scene.host)
    await takeFloor(ann, turn)
    await bob.buzz(turn)
    const said = { type: 'giveVerdict', turn, seat: ann.seat, verdict: 'wrong' } as const
    const acks = await Promise.all([scene.host.say(said), mate.say(said)])
    expect(acks.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await count(scene, 'verdictGiven')).toBe(1)
    expect(foldOf(await scene.log()).turn?.floor?.seat).toBe(bob.seat)
  })

  test('take one verdict back', async () => {
    const scene = await enact(await serve())
    const [mate, ann] = [await scene.cohost(), await scene.player('Аня')]
    const turn = await openNext(scene.host)
    await takeFloor(ann, turn)
    await judged(scene.host, ann.seat, turn, 'right')
    const said = { type: 'undoVerdict', turn, seat: ann.seat } as const
    const acks = await Promise.all([scene.host.say(said), mate.say(said)])
    expect(acks).toContainEqual({ ok: false, code: 'no-verdict' })
    expect(await count(scene, 'verdictUndone')).toBe(1)
  })
})

describe('many at once', () => {
  test('all presses of a full room are in one order, the same for everyone', async () => {
    const scene = await enact(await serve())
    const players = await Promise.all(Array.from({ length: 40 }, (_, index) => scene.player(`Гость ${index}`)))
    const wall = await scene.screen()
    const turn = await openNext(scene.host)
    const acks = await Promise.all(players.map((player) => player.buzz(turn)))
    expect(acks.every(({ ok }) => ok)).toBe(true)
    await scene.host.until(({ state }) => !!state.turn?.floor)
    for (const guest of [...players, wall, scene.host]) await sameAsTheLog(scene, guest)
    expect(wall.state.turn?.presses).toHaveLength(40)
    expect(new Set(acks.map((ack) => (ack.ok ? ack.version : 0))).size).toBe(40)
  })
})
