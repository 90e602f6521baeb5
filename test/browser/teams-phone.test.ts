import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, launchBrowser, phone } from '../support/browser.ts'
import { face, press, takeSeat } from '../support/evening.ts'
import { asHost, askNext, asPlayer, type Guest, type Said } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom, settings } from '../support/server.ts'

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-teams-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
const says = (page: Page, words: string) => page.getByText(words, { exact: true }).waitFor()

async function say(guest: Guest, said: Said): Promise<void> {
  expect(await guest.say(said)).toMatchObject({ ok: true })
}

test('two teams on their phones: who presses, what the hall thinks, and a protest', async () => {
  const teams = { count: 2, formedBy: 'players', presses: 'captain', score: 'sum' } as const
  const { pin, capability } = await openRoom(product.address, { rules: { ...settings.rules, teams } })
  const host = await asHost(product.address, pin, capability)
  const [ann, bob] = [await device(browser, phone), await device(browser, phone)]

  // Whoever comes in picks a team, and names it.
  await takeSeat(ann, product.address, pin, 'Аня')
  await heading(ann.page, 'Выберите команду')
  await expectAccessible(ann.page, 'teams to pick')
  await button(ann.page, 'Команда А').tap()
  await button(ann.page, 'Назвать команду').tap()
  await ann.page.getByRole('textbox', { name: 'Название команды' }).fill('Совы')
  await ann.page.keyboard.press('Enter')
  await says(ann.page, 'Совы')
  await expectAccessible(ann.page, 'lobby')
  await takeSeat(bob, product.address, pin, 'Борис')
  await button(bob.page, 'Совы').tap()
  await button(bob.page, 'Сменить команду').tap()
  await button(bob.page, 'Команда Б').tap()

  // Where a captain presses, a team without one may have one; nobody else presses for it then.
  await button(bob.page, 'Стать капитаном').tap()
  await says(bob.page, 'Вы капитан: за команду нажимаете вы')
  const vera = await asPlayer(product.address, pin, 'Вера')
  await say(vera, { type: 'pickTeam', seat: vera.seat, team: 1 })
  await say(vera, { type: 'nameCaptain', team: 1, seat: vera.seat })
  await say(host, { type: 'openBuzzers', turn: await askNext(host) })
  await face(ann.page, 'locked')
  await heading(ann.page, 'За вас нажимает капитан')
  await ann.page.locator('.disc').tap()
  await says(ann.page, 'За команду нажимает капитан')
  await press(bob, 'first')
  await heading(ann.page, 'Отвечает Команда Б')

  // The hall votes, but for the one who answers, and may think again.
  await say(host, { type: 'callJury', turn: 1 })
  await say(vera, { type: 'vote', turn: 1, verdict: 'right' })
  await says(bob.page, 'Зал голосует о вашем ответе')
  await face(ann.page, 'jury')
  await ann.page.getByRole('radio', { name: 'Верно', exact: true }).tap()
  await ann.page.getByRole('radio', { name: 'Неверно', exact: true }).tap()
  await expectAccessible(ann.page, 'vote')
  const split = (page: Page) => page.getByRole('list', { name: 'Мнение зала' }).getByRole('listitem')
  for (const { page } of [ann, bob]) {
    await split(page).first().waitFor()
    expect((await split(page).allInnerTexts()).map((row) => row.split(/\s+/))).toEqual([
      ['Верно', '1'],
      ['Частично', '0'],
      ['Неверно', '1'],
    ])
  }
  await expectAccessible(ann.page, 'split')

  // A protest is for whom the question went against; the host's ruling comes back, also during the next one.
  await say(host, { type: 'giveVerdict', turn: 1, seat: host.state.turn?.floor?.seat ?? '', verdict: 'wrong' })
  await say(host, { type: 'skip', turn: 1 })
  for (const { page } of [ann, bob]) await face(page, 'closed')
  expect(await button(ann.page, 'Опротестовать').count()).toBe(0)
  // Of the team that answered, anyone may.
  const gleb = await asPlayer(product.address, pin, 'Глеб')
  await say(gleb, { type: 'pickTeam', seat: gleb.seat, team: 2 })
  expect(await gleb.say({ type: 'protest', turn: 1 })).toMatchObject({ ok: true })
  await button(bob.page, 'Опротестовать').tap()
  await says(bob.page, 'Ведущий увидит протест')
  await expectAccessible(bob.page, 'protest')
  expect(host.state.secret.protests).toHaveLength(1)
  await button(bob.page, 'Отправить').tap()
  await says(bob.page, 'Протест у ведущего')
  await host.until(({ state }) => state.secret.protests?.length === 2)
  await askNext(host)
  await says(bob.page, 'Протест у ведущего, вопрос 1')
  const [, protest] = host.state.secret.protests ?? []
  await say(host, { type: 'ruleOnProtest', turn: 1, seat: protest?.seat ?? '', upheld: true })
  await says(bob.page, 'Протест принят, вопрос 1')

  // The captain's phone is dead: a team-mate takes the place, but not while a question is on.
  vera.leave()
  const own = () => ann.page.getByRole('button', { name: /Имя и капитан$/ })
  await own().tap()
  const lead = () => ann.page.getByRole('button', { name: 'Стать капитаном' })
  await lead().and(ann.page.locator('[aria-disabled]')).waitFor()
  await ann.page.getByRole('dialog').getByText('Вопрос ещё идёт').waitFor()
  await say(host, { type: 'skip', turn: 2 })
  await lead().and(ann.page.locator(':not([aria-disabled])')).waitFor()
  await expectAccessible(ann.page, 'name and captain')
  await lead().tap()
  await says(ann.page, 'Вы капитан: за команду нажимаете вы')
  await button(ann.page, 'Не менять').tap()
  await says(ann.page, 'Аня, капитан')
  await say(host, { type: 'openBuzzers', turn: await askNext(host) })
  await press(ann, 'first')

  for (const guest of [host, gleb]) guest.leave()
  for (const { faults } of [ann, bob]) expect(faults).toEqual([])
})

test('one of thirty teams is picked on a small phone, which is felt when it is early and when it is first', async () => {
  const teams = { count: 30, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
  const { pin, capability } = await openRoom(product.address, { rules: { ...settings.rules, teams } })
  const host = await asHost(product.address, pin, capability)
  const ann = await device(browser, phone)
  const { page } = ann
  await page.addInitScript(() => {
    const felt: unknown[] = []
    Object.assign(window, { felt })
    navigator.vibrate = (pattern) => felt.push(pattern) > 0
  })
  const felt = () => page.evaluate(() => (window as unknown as { felt: unknown[] }).felt)

  await takeSeat(ann, product.address, pin, 'Аня')
  await heading(page, 'Выберите команду')
  expect(await page.getByRole('group', { name: 'Команды' }).getByRole('button').count()).toBe(30)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await expectAccessible(page, 'thirty teams to pick')
  await button(page, 'Команда Е3').tap()
  await says(page, 'Команда Е3')

  await askNext(host)
  await face(page, 'ready')
  await page.locator('.disc').tap()
  await expect.poll(felt).toEqual([15, 120])
  await say(host, { type: 'openBuzzers', turn: 1 })
  await press(ann, 'first')
  await expect.poll(felt).toEqual([15, 120, 15, [60, 40, 60]])

  host.leave()
  expect(ann.faults).toEqual([])
})
