import type { ResultsPage, Rules } from '@knopka/shared/contracts'
import { resultsOf } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { asHost, type Guest } from '../support/guest.ts'
import {
  enact,
  foldOf,
  folderWith,
  handClock,
  openNext,
  serve,
  takeFloor,
  untilTheEnd,
  withRules,
  type Scene,
} from './scene.ts'

const formats = ['csv', 'json', 'markdown']

const get = ({ address }: TestServer, path: string, token?: string | null) =>
  fetch(`${address}/api/results/${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} })

const pageOf = async (server: TestServer, path: string, token?: string | null) =>
  (await (await get(server, path, token)).json()) as ResultsPage

/** Ann answers right, Bob wrong, and the evening is over. @returns the id of its results */
async function playToTheEnd({ host }: Scene, ann: Guest, bob: Guest): Promise<string> {
  const turn = await openNext(host)
  await takeFloor(bob, turn)
  await ann.buzz(turn)
  await host.say({ type: 'giveVerdict', turn, seat: bob.seat, verdict: 'wrong' })
  await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  await host.say({ type: 'end' })
  await host.until(({ state }) => state.results !== null)
  return host.state.results?.id ?? ''
}

async function ended(changes: Parameters<typeof enact>[1] = {}) {
  const server = await serve()
  const scene = await enact(server, changes)
  const [ann, bob] = [await scene.player('Аня'), await scene.player('Борис')]
  return { server, scene, ann, bob, id: await playToTheEnd(scene, ann, bob) }
}

describe('the page of results', () => {
  test('is what the log says, for whoever has its id', async () => {
    const { server, scene, id } = await ended()
    const results = resultsOf(foldOf(await scene.log()))
    expect(await pageOf(server, id)).toEqual({ ...results, pin: scene.pin, mayDownload: false })
    expect(results.standings).toMatchObject([
      { name: 'Аня', score: 1, place: 1 },
      { name: 'Борис', score: 0, place: 2 },
    ])
  })

  test('is told to everyone in the room at the end, and to nobody before', async () => {
    const { ann, bob, id, scene } = await ended()
    const wall = await scene.screen()
    for (const guest of [ann, bob, wall]) await guest.until(({ state }) => state.results?.id === id)
    for (const { received } of [ann, bob]) expect(received.filter((message) => message.includes(id))).toHaveLength(1)
  })

  test('is not found under the PIN, an unknown id or something else', async () => {
    const { server, scene } = await ended()
    for (const id of [scene.pin, 'unknown', '..', '__proto__', '%2e%2e%2fsigning-key']) {
      const response = await get(server, id)
      expect(response.status).toBe(404)
    }
  })

  test('is not there while the evening runs, also under the right id', async () => {
    const server = await serve()
    const { log, host } = await enact(server)
    const { resultsId = '' } = foldOf(await log()).secret
    expect((await get(server, resultsId)).status).toBe(404)
    expect((await get(server, `${resultsId}/csv`, host.welcome?.token)).status).toBe(404)
  })

  test('follows a verdict that is taken back after the end', async () => {
    const { server, scene, ann, id } = await ended()
    await scene.host.say({ type: 'undoVerdict', turn: 1, seat: ann.seat })
    expect((await pageOf(server, id)).standings).toMatchObject([{ score: 0 }, { score: 0 }])
    await scene.host.say({ type: 'giveVerdict', turn: 1, seat: ann.seat, verdict: 'partly' })
    expect((await pageOf(server, id)).standings).toMatchObject([{ name: 'Аня', score: 0.5 }, { score: 0 }])
  })

  test('follows a correction by hand and a new name after the end', async () => {
    const { server, scene, bob, id } = await ended()
    await scene.host.say({ type: 'correctScore', seat: bob.seat, points: 3, reason: 'спорный вопрос' })
    await scene.host.say({ type: 'rename', seat: bob.seat, name: 'Борислав' })
    const { standings, corrections } = await pageOf(server, id)
    expect(standings[0]).toMatchObject({ name: 'Борислав', score: 3 })
    expect(corrections).toMatchObject([{ seat: bob.seat, points: 3, reason: 'спорный вопрос' }])
  })

  test('outlives the room and a restart, for as long as results are kept', async () => {
    const clock = handClock()
    const settings = { KNOPKA_DATA: await folderWith(), KNOPKA_ROOM_HOURS: '1', KNOPKA_RESULTS_DAYS: '2' }
    const before = await serve(settings, { clock: clock.now })
    const scene = await enact(before)
    const id = await playToTheEnd(scene, await scene.player('Аня'), await scene.player('Борис'))
    const page = await pageOf(before, id, scene.host.welcome?.token)
    await before.close()
    clock.forward(47 * 3_600_000)
    const server = await serve(settings, { clock: clock.now })
    expect(await server.store.rooms.read(scene.pin, 0)).toEqual([])
    expect(await pageOf(server, id, scene.host.welcome?.token)).toEqual({ ...page, mayDownload: true })
    clock.forward(2 * 3_600_000)
    expect((await get(server, id)).status).toBe(404)
  })
})

describe('a question that everyone answered by choosing', () => {
  const bank = `# Choices

## Python

Which one? {#one}
- [x] tuple
- [ ] list
`

  /** Ann is right and Bob wrong, and the evening is not over yet. */
  async function chosen(rules: Partial<Rules> = {}) {
    const folder = await folderWith({ 'choices.md': bank })
    const server = await serve({ KNOPKA_BANKS: folder })
    const choices = { points: 'plain', seconds: null } as const
    const scene = await enact(server, withRules({ choices, ...rules }))
    const [ann, bob] = [await scene.player('Аня'), await scene.player('Борис')]
    const turn = await openNext(scene.host)
    for (const [guest, option] of [
      [ann, 0],
      [bob, 1],
    ] as const) {
      expect(await guest.say({ type: 'choose', turn, options: [option], pressedAt: guest.clock() })).toMatchObject({
        ok: true,
      })
    }
    const end = async () => {
      await scene.host.say({ type: 'end' })
      await scene.host.until(({ state }) => state.results !== null)
      return scene.host.state.results?.id ?? ''
    }
    return { server, scene, ann, bob, end }
  }

  test('is on the page with its options and with who chose what', async () => {
    const { server, ann, bob, end } = await chosen()
    const { questions, standings } = await pageOf(server, await end())
    expect(questions[0]?.choices).toMatchObject({
      options: [
        { text: 'tuple', right: true, count: 1 },
        { text: 'list', right: false, count: 1 },
      ],
      marks: [
        { seat: ann.seat, options: [0], points: 1 },
        { seat: bob.seat, options: [1], points: 0 },
      ],
    })
    expect(standings).toMatchObject([{ name: 'Аня', score: 1 }, { score: 0 }])
  })

  test('tells nobody who chose what before the evening is over', async () => {
    const { server, scene, ann, bob, end } = await chosen()
    const { resultsId = '' } = foldOf(await scene.log()).secret
    for (const token of [null, scene.host.welcome?.token]) {
      for (const path of [resultsId, ...formats.map((format) => `${resultsId}/${format}`)]) {
        expect((await get(server, path, token)).status).toBe(404)
      }
    }
    await end()
    for (const guest of [ann, bob]) {
      await guest.until(({ state }) => state.results !== null)
      expect(guest.state.turn?.choosing).toMatchObject({ right: [0], spread: [1, 1] })
      expect(guest.received.filter((message) => message.includes('"marks"'))).toEqual([])
    }
  })

  test('keeps names off its page that hosts kept off the wall', async () => {
    const { server, scene, end } = await chosen({ approveNames: true })
    const id = await end()
    const open = await (await get(server, id)).text()
    expect(open).toContain('"marks"')
    expect(open).not.toMatch(/Аня|Борис/)
    expect(await (await get(server, `${id}/csv`, scene.host.welcome?.token)).text()).toMatch(/Аня.*tuple/)
  })

  test('follows a right answer that is put right after the end', async () => {
    const { server, scene, end } = await chosen()
    const id = await end()
    await scene.host.say({ type: 'markChoices', turn: 1, right: [1] })
    const { questions, standings } = await pageOf(server, id)
    expect(questions[0]?.choices?.options).toMatchObject([{ right: false }, { right: true }])
    expect(standings).toMatchObject([
      { name: 'Борис', score: 1 },
      { name: 'Аня', score: 0 },
    ])
  })
})

describe('a name that hosts kept off the wall', () => {
  test('stays theirs on the page of results', async () => {
    const { server, scene, ann, id } = await ended(withRules({ approveNames: true }))
    await scene.host.say({ type: 'hideName', seat: ann.seat, hidden: false })
    const open = await (await get(server, id)).text()
    expect(open).not.toContain('Борис')
    expect(open).toContain('Аня')
    expect(JSON.stringify(await pageOf(server, id, scene.host.welcome?.token))).toContain('Борис')
  })

  test('keeps its number and its points there', async () => {
    const { server, bob, id } = await ended(withRules({ approveNames: true }))
    const { standings, questions } = await pageOf(server, id)
    expect(standings[1]).toMatchObject({ seat: bob.seat, number: 2, name: '', hidden: true, score: 0 })
    expect(questions[0]?.presses[0]).toMatchObject({ seat: bob.seat, number: 2, name: '', hidden: true })
  })
})

describe('downloads', () => {
  const statusOf = async (server: TestServer, path: string, token?: string | null) =>
    (await get(server, path, token)).status

  test.each(formats)('as %s are for hosts and co-hosts', async (format) => {
    const { server, scene, id } = await ended()
    for (const guest of [scene.host, await scene.cohost()]) {
      const response = await get(server, `${id}/${format}`, guest.welcome?.token)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="knopka-\d{4}-\d\d-\d\d\.(csv|json|md)"$/,
      )
    }
  })

  test.each(formats)('as %s are for nobody else', async (format) => {
    const { server, scene, ann, id } = await ended()
    const other = await enact(server)
    const tokens = [null, 'nonsense', scene.capability, ann.welcome?.token, other.host.welcome?.token]
    for (const token of tokens) {
      const response = await get(server, `${id}/${format}`, token)
      expect([response.status, await response.json()]).toEqual([403, { code: 'not-yours' }])
    }
  })

  test('are offered to those alone who may have them', async () => {
    const { server, scene, ann, id } = await ended()
    expect((await pageOf(server, id, scene.host.welcome?.token)).mayDownload).toBe(true)
    expect((await pageOf(server, id, ann.welcome?.token)).mayDownload).toBe(false)
    expect((await pageOf(server, id)).mayDownload).toBe(false)
  })

  test('end for those whose link was replaced, before the end or after it', async () => {
    const server = await serve()
    const scene = await enact(server)
    const mates = [await scene.cohost()]
    await scene.host.say({ type: 'replaceLink', link: 'cohost' })
    await scene.host.until(({ state }) => state.secret.links !== undefined)
    const id = await playToTheEnd(scene, await scene.player('Аня'), await scene.player('Борис'))
    mates.push(await scene.cohost())
    expect(await statusOf(server, `${id}/json`, mates[1]?.welcome?.token)).toBe(200)
    await scene.host.say({ type: 'replaceLink', link: 'cohost' })
    for (const { welcome } of mates) expect(await statusOf(server, `${id}/json`, welcome?.token)).toBe(403)
    expect(await statusOf(server, `${id}/json`, scene.host.welcome?.token)).toBe(200)
  })

  test('are also for the host who comes back by the link after the end', async () => {
    const { server, scene, id } = await ended()
    const phone = untilTheEnd(await asHost(server.address, scene.pin, scene.capability))
    expect(await statusOf(server, `${id}/csv`, phone.welcome?.token)).toBe(200)
  })

  test.each(['xml', 'constructor', '__proto__', 'JSON', ''])('there are none as %j', async (format) => {
    const { server, scene, id } = await ended()
    const response = await get(server, `${id}/${format}`, scene.host.welcome?.token)
    expect(response.headers.get('content-disposition')).toBeNull()
    if (format !== '') expect(response.status).toBe(404)
  })

  test('of an unknown evening are not there', async () => {
    const { server, scene } = await ended()
    for (const format of formats) {
      expect(await statusOf(server, `unknown/${format}`, scene.host.welcome?.token)).toBe(404)
    }
  })
})
