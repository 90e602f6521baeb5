import { entriesOf, noShards, viewOf, type Role } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { openRoom } from '../support/server.ts'
import { asHost, asPlayer, asScreen, askNext, type Guest } from '../support/guest.ts'
import { enact, foldOf, folderWith, openNext, serve, takeFloor, untilTheEnd, withRules, type Scene } from './scene.ts'

const bank = `# Secrets

## One

First text? {#first-id}
> first-note

Second text? {#second-id}
> second-note

Third text? {#third-id}
> third-note
`

async function secretRoom(changes: Parameters<typeof openRoom>[1] = {}) {
  const server = await serve({ KNOPKA_BANKS: await folderWith({ 'secrets.md': bank }) })
  const scene = await enact(server, { bank: 'secrets', seed: 'the-seed', count: 3, ...changes })
  return { ...scene, server }
}

const bytesOf = ({ received }: Guest) => received.join('\n')

/** Until everyone has seen the newest question that stands on the table. */
const together = (turn: number, ...guests: Guest[]) =>
  Promise.all(guests.map((guest) => guest.until(({ state }) => state.turn?.turn === turn)))

/** Everything that only hosts may know, as it stands in the store. */
async function hostsOnly({ log, host }: Scene): Promise<string[]> {
  const { secret } = foldOf(await log())
  const commandIds = entriesOf(secret.done ?? noShards).flatMap(([, ids]) => ids)
  const ids = [...(secret.plan ?? []), secret.seed, secret.resultsId, secret.roomId, ...commandIds]
  const links = [secret.links?.host, secret.links?.cohost, host.welcome?.token]
  return [...ids, ...links].map((secret) => secret ?? '').filter((secret) => secret !== '')
}

/** A question that was pressed for and judged, one that was skipped, and one that lies on the table. */
async function play({ host }: Scene, ann: Guest): Promise<void> {
  await takeFloor(ann, await openNext(host))
  await host.say({ type: 'giveVerdict', turn: 1, seat: ann.seat, verdict: 'right' })
  await host.say({ type: 'skip', turn: await askNext(host) })
  await askNext(host)
}

describe('while the evening runs', () => {
  test('no note reaches a phone or a screen', async () => {
    const scene = await secretRoom()
    const [ann, wall] = [await scene.player('Аня'), await scene.screen()]
    await play(scene, ann)
    await together(3, ann, wall)
    for (const guest of [ann, wall]) expect(bytesOf(guest)).not.toContain('-note')
    expect(bytesOf(scene.host)).toContain('third-note')
  })

  test('what comes next, and what opens doors, reaches neither', async () => {
    const scene = await secretRoom()
    const [ann, wall] = [await scene.player('Аня'), await scene.screen()]
    await play(scene, ann)
    await together(3, ann, wall)
    for (const secret of await hostsOnly(scene)) {
      for (const guest of [ann, wall]) expect(bytesOf(guest)).not.toContain(secret)
    }
  })

  test('nobody gets the token of another', async () => {
    const scene = await secretRoom()
    const guests = [scene.host, await scene.cohost(), await scene.player('Аня'), await scene.player('Борис')]
    await play(scene, guests[2] as Guest)
    await together(3, ...guests)
    for (const guest of guests) {
      const others = guests.filter((other) => other !== guest).map(({ welcome }) => welcome?.token ?? '')
      for (const token of others) expect(bytesOf(guest)).not.toContain(token)
    }
  })

  test('a co-host sees the notes and what comes next, and no links', async () => {
    const scene = await secretRoom()
    const mate = await scene.cohost()
    await scene.host.say({ type: 'replaceLink', link: 'host' })
    await play(scene, await scene.player('Аня'))
    await together(3, mate)
    expect(bytesOf(mate)).toContain('third-note')
    expect(mate.state.secret.plan).toEqual(['first-id', 'second-id', 'third-id'])
    const { links } = foldOf(await scene.log()).secret
    for (const link of [links?.host, links?.cohost, scene.capability]) expect(bytesOf(mate)).not.toContain(link)
  })

  test('the text of a question stays off the phones unless the rules show it', async () => {
    const hiding = await secretRoom()
    const showing = await secretRoom(withRules({ textOnPhones: true }))
    const [ann, bob, wall] = [await hiding.player('Аня'), await showing.player('Борис'), await hiding.screen()]
    await play(hiding, ann)
    await play(showing, bob)
    await together(3, ann, bob, wall)
    expect(bytesOf(ann)).not.toContain('text?')
    expect(bytesOf(bob)).toContain('Third text?')
    expect(bytesOf(wall)).toContain('Third text?')
  })

  test('a note is for everyone once it is revealed, and no other with it', async () => {
    const scene = await secretRoom()
    const [ann, wall] = [await scene.player('Аня'), await scene.screen()]
    await play(scene, ann)
    await scene.host.say({ type: 'skip', turn: 3 })
    await scene.host.say({ type: 'reveal', turn: 3 })
    const late = await scene.player('Поздняя')
    for (const guest of [ann, wall, late]) {
      await guest.until(({ state }) => state.turn?.revealed?.note === 'third-note')
      expect(bytesOf(guest)).not.toMatch(/first-note|second-note/)
    }
  })

  test('phones hold no roster: who only joined is unknown to them', async () => {
    const scene = await secretRoom()
    const ann = await scene.player('Аня')
    const bob = await scene.player('Борис')
    await play(scene, ann)
    await together(3, ann, bob)
    expect(bytesOf(ann)).not.toMatch(/Борис|"roster"/)
  })

  test('what someone may see is what the log gives to a viewer of that kind', async () => {
    const scene = await secretRoom()
    const ann = await scene.player('Аня')
    const guests = { host: scene.host, cohost: await scene.cohost(), player: ann, screen: await scene.screen() }
    await play(scene, ann)
    await together(3, ...Object.values(guests))
    const state = foldOf(await scene.log())
    for (const [role, guest] of Object.entries(guests)) {
      expect(guest.state).toEqual(viewOf(state, { role: role as Role, seat: guest.seat }))
    }
  })

  test('a first look in the middle of a question holds no more than following it would', async () => {
    const scene = await secretRoom()
    await play(scene, await scene.player('Аня'))
    const secrets = [...(await hostsOnly(scene)), '-note']
    for (const late of [await scene.player('Поздняя'), await scene.screen()]) {
      for (const secret of secrets) expect(bytesOf(late)).not.toContain(secret)
    }
  })
})

describe('over plain http', () => {
  test('there is no note, no link and no plan, whatever is asked for', async () => {
    const scene = await secretRoom()
    await play(scene, await scene.player('Аня'))
    const state = foldOf(await scene.log())
    const { pin, server } = scene
    const paths = [`rooms/${pin}`, 'banks', 'addresses', `results/${pin}`, `results/${state.secret.resultsId ?? ''}`]
    const answers = paths.map(async (path) => (await fetch(`${server.address}/api/${path}`)).text())
    const all = (await Promise.all(answers)).join('\n')
    expect(all).not.toContain('-note')
    for (const secret of await hostsOnly(scene)) expect(all).not.toContain(secret)
    expect(await (await fetch(`${server.address}/api/banks/secrets`)).text()).not.toContain('-note')
  })
})

describe('rooms do not hear each other', () => {
  test('what happens in one reaches nobody in another', async () => {
    const server = await serve()
    const [here, there] = [await enact(server), await openRoom(server.address)]
    const ann = await here.player('Аня')
    const host = untilTheEnd(await asHost(server.address, there.pin, there.capability))
    const wall = untilTheEnd(await asScreen(server.address, there.pin))
    untilTheEnd(await asPlayer(server.address, there.pin, 'Борис'))
    await askNext(host)
    await wall.until(({ state }) => state.turn !== null)
    await here.host.say({ type: 'lockRoom', locked: true })
    await ann.until(({ state }) => state.locked)
    expect(ann.state.turn).toBeNull()
    expect([ann, here.host].map(bytesOf).join()).not.toContain('Борис')
  })
})
