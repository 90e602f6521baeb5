import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, laptop, launchBrowser, phone, wall, type Device } from '../support/browser.ts'
import { face, openRoom, press, takeSeat, pressKey } from '../support/evening.ts'
import { Product } from '../support/product.ts'
import { startProxy, whereaboutsOf, type Proxy, type Whereabouts } from '../support/proxy.ts'
import { startRedis, type RedisServer } from '../support/redis.ts'

let browser: Browser
let redis: RedisServer
let nodes: Product[]
let proxy: Proxy

beforeAll(async () => {
  redis = await startRedis()
  const environment = { REDIS_URL: redis.address, KNOPKA_TRUST_PROXY: 'loopback' }
  nodes = [await Product.start(environment), await Product.start(environment)]
  proxy = await startProxy(nodes.map(({ port }) => port))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await proxy.stop()
  for (const node of nodes) await node.stop()
  await redis.stop()
})

interface Linked extends Device {
  where: Whereabouts
}

async function linked(...options: Parameters<typeof device>): Promise<Linked> {
  const made = await device(...options)
  return { ...made, where: await whereaboutsOf(made.page) }
}

interface Player extends Linked {
  name: string
}

async function player(pin: string, name: string, prepare?: (page: Page) => Promise<unknown>): Promise<Player> {
  const made = await linked(browser, phone)
  await prepare?.(made.page)
  await takeSeat(made, proxy.address, pin, name)
  return { ...made, name }
}

/** A network that lets no WebSocket through: what is left is long polling. */
const withoutWebSockets = (page: Page) =>
  page.addInitScript(() => {
    class Stopped {
      onerror?: (event: Event) => void
      onclose?: (event: Event) => void
      constructor() {
        queueMicrotask(() => {
          this.onerror?.(new Event('error'))
          this.onclose?.(new CloseEvent('close'))
        })
      }
      close() {}
    }
    Object.assign(window, { WebSocket: Stopped })
  })

const texts = (page: Page, selector: string) => page.locator(selector).allInnerTexts()
const queueOn = (page: Page) => texts(page, "section[aria-label='Очередь нажатий'] li b")
const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 60_000 })

/** By the phone's own account; 1 is who answers. */
async function placeOf({ page }: Player): Promise<number> {
  if ((await page.locator('main').getAttribute('data-face')) === 'first') return 1
  return Number(/очереди: (\d+)/.exec(await page.locator('p.line').innerText())?.[1] ?? 0)
}

/** Everyone presses as soon as the light is on. */
const pressTogether = (players: Player[]) =>
  Promise.all(
    players.map(async ({ page }) => {
      await page.locator("main[data-face='press'], main[data-face='join-queue']").waitFor()
      await page.locator('.disc').tap()
    }),
  )

/** Each screen's whole queue, and each phone's place in it, say the same. */
async function expectOneOrder(order: string[], desks: Linked[], players: Player[]): Promise<void> {
  for (const { page } of desks) await eventually(() => queueOn(page)).toEqual(order)
  for (const player of players) {
    const place = order.indexOf(player.name) + 1
    if (place > 0) await eventually(() => placeOf(player)).toBe(place)
  }
}

/** Name and points from the console, the projector and every phone. */
async function expectOneScore(scores: Map<string, number>, host: Linked, screen: Linked, players: Player[]) {
  const asList = (names: string[], points: string[]) => new Map(names.map((name, row) => [name, Number(points[row])]))
  const listOn = async ({ page }: Linked, list: string) =>
    asList(await texts(page, `${list} .name`), await texts(page, `${list} .score.figure`))
  await eventually(() => listOn(host, 'section.score ol')).toEqual(scores)
  await pressKey(host, '6')
  await eventually(() => listOn(screen, '.race ol')).toEqual(scores)
  await pressKey(host, '6')
  for (const { page, name } of players)
    await eventually(async () => Number.parseInt(await page.locator('footer').innerText())).toBe(scores.get(name))
}

const secondsLeft = async (page: Page) => Number(await page.locator('.disc b').innerText())

test('two servers are one: one order for all, and when one dies everyone plays on at the other', async () => {
  const host = await linked(browser, laptop)
  const screen = await linked(browser, wall)
  const pin = await openRoom(host, proxy.address, ['Архитектура'], 3)
  await screen.page.goto(`${proxy.address}/screen/${pin}`)
  const ann = await player(pin, 'Аня')
  const bob = await player(pin, 'Борис')
  const vera = await player(pin, 'Вера')
  const gleb = await player(pin, 'Глеб')
  const dasha = await player(pin, 'Даша', withoutWebSockets)
  const phones = [ann, bob, vera, gleb, dasha]
  const everyone = [host, screen, ...phones]
  const key = (code: string) => pressKey(host, code)
  const ask = async () => {
    await key('ArrowRight')
    for (const { page } of phones) await face(page, 'ready')
    await key('Space')
  }
  await host.page.getByText('5 на связи').waitFor()

  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`)
  const here = phones.filter(({ where }) => where.node === host.where.node)
  const there = phones.filter(({ where }) => where.node !== host.where.node)
  expect(addresses).toContain(host.where.node)
  for (const { where } of there) expect(addresses).toContain(where.node)
  expect(here.length).toBeGreaterThan(0)
  expect(there.length).toBeGreaterThan(0)

  // Phones of both servers press at once: whoever comes first, everybody sees the same.
  await ask()
  await pressTogether(phones)
  await eventually(async () => (await queueOn(host.page)).length).toBe(5)
  const order = await queueOn(host.page)
  expect(new Set(order).size).toBe(5)
  await expectOneOrder(order.slice(0, 4), [screen], [])
  await expectOneOrder(order, [host], phones)
  const scores = new Map(phones.map(({ name }) => [name, 0]))
  const called = (name = '') => phones.find((player) => player.name === name) as Player
  await key('3')
  await face(called(order[1]).page, 'first')
  await key('1')
  scores.set(order[1] ?? '', 1)
  await expectOneScore(scores, host, screen, phones)

  // The server of the host and of the one who answers dies in the middle of a question.
  const [first, second] = [here[0] as Player, there[0] as Player]
  await ask()
  await press(first, 'first')
  await press(second, 'other')
  await first.page.waitForFunction(() => Number(document.querySelector('.disc b')?.textContent) < 15)
  const before = await secondsLeft(first.page)
  const [dead, alive] = nodes[0]?.port === Number(host.where.node.split(':')[1]) ? nodes : nodes.toReversed()
  const untouched = everyone.filter(({ where }) => where.node !== host.where.node)
  const linksBefore = untouched.map(({ where }) => where.links)
  await dead?.kill()

  // Nobody touches anything.
  for (const { where } of everyone) await eventually(() => where.node).toBe(`127.0.0.1:${alive?.port}`)
  await host.page.getByText('5 на связи').waitFor()
  await first.page.getByText('Связь пропала').waitFor({ state: 'hidden' })
  await face(first.page, 'first')
  expect(await secondsLeft(first.page)).toBeLessThanOrEqual(before)
  await expectOneOrder([first.name, second.name], [host, screen], [first, second])
  await key('3')
  await face(second.page, 'first')
  await face(first.page, 'locked')
  await key('1')
  await face(second.page, 'closed')
  scores.set(second.name, (scores.get(second.name) ?? 0) + 1)
  await expectOneScore(scores, host, screen, phones)
  // Those at the other server noticed nothing at all.
  expect(untouched.map(({ where }) => where.links)).toEqual(linksBefore)

  await ask()
  await press(dasha, 'first')
  await key('2')
  await face(dasha.page, 'closed')
  scores.set(dasha.name, (scores.get(dasha.name) ?? 0) + 0.5)
  await host.page.getByRole('button', { name: 'Завершить' }).click()
  await host.page.getByRole('dialog').getByRole('button', { name: 'Завершить' }).click()
  for (const { page } of phones) await face(page, 'over')
  await screen.page.locator('.podium .pillar').first().waitFor()

  await host.page.getByRole('link', { name: 'Итоги и выгрузки' }).click()
  await host.page.getByRole('heading', { name: 'Все вопросы' }).waitFor()
  const results = (await (await fetch(host.page.url().replace('/results/', '/api/results/'))).json()) as Results
  expect(new Map(results.standings.map(({ name, score }) => [name, score]))).toEqual(scores)
  const nameOf = new Map(results.standings.map(({ seat, name }) => [seat, name]))
  expect(
    results.questions.map(({ verdicts }) => verdicts.map(({ seat, verdict }) => [nameOf.get(seat), verdict])),
  ).toEqual([
    [
      [order[0], 'wrong'],
      [order[1], 'right'],
    ],
    [
      [first.name, 'wrong'],
      [second.name, 'right'],
    ],
    [[dasha.name, 'partly']],
  ])
  for (const { faults } of everyone) expect(faults.filter((fault) => !isLostSession(fault))).toEqual([])
})

/** Long polling whose server is gone asks another one, which does not know it; the browser logs that. */
const isLostSession = (fault: string) => /status of 400/.test(fault)

interface Results {
  standings: { name: string; score: number; seat: string }[]
  questions: { verdicts: { seat: string; verdict: string }[] }[]
}
