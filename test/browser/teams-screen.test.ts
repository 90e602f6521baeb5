import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextQuestionId, type Verdict } from '@knopka/shared/game'
import { device, expectAccessible, laptop, launchBrowser, wall } from '../support/browser.ts'
import { asHost, asPlayer, askNext, type Guest, type Said } from '../support/guest.ts'
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

const names = ['Аня', 'Борис', 'Вера', 'Глеб']
const teams = { count: 3, formedBy: 'players', presses: 'anyone', score: 'per-head' } as const

const says = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor()
const rowOf = (page: Page, words: string): Locator => page.getByRole('listitem').filter({ hasText: words }).first()

async function must(guest: Guest, said: Said): Promise<void> {
  expect(await guest.say(said)).toMatchObject({ ok: true })
}

/** Asks, opens, and lets these press one after the other. @returns the question's turn */
async function pressed(host: Guest, presses: Guest[], turn?: number): Promise<number> {
  const asked = turn ?? (await askNext(host))
  await must(host, { type: 'openBuzzers', turn: asked })
  for (const guest of presses) expect(await guest.buzz(asked)).toMatchObject({ ok: true })
  await host.until(({ state }) => state.turn?.turn === asked && state.turn.floor !== null)
  return asked
}

const judge = (host: Guest, turn: number, seat: string, verdict: Verdict) =>
  must(host, { type: 'giveVerdict', turn, seat, verdict })

test('an evening of teams on the projector, and its results', async () => {
  const { pin, capability } = await openRoom(product.address, { count: 4, rules: { ...settings.rules, teams } })
  const host = await asHost(product.address, pin, capability)
  const screen = await device(browser, { ...wall, reducedMotion: 'reduce' })
  const { page } = screen
  await page.goto(`${product.address}/screen/${pin}`)
  const guests: Guest[] = []
  for (const name of names) guests.push(await asPlayer(product.address, pin, name))
  const [ann, bob, vera, gleb] = guests as [Guest, Guest, Guest, Guest]

  // The lobby: everyone is under the team that they picked.
  const lobby = page.getByRole('region', { name: '3 команды' })
  await lobby.getByText('4 игрока, без команды 4').waitFor()
  for (const guest of [ann, bob, vera]) {
    await must(guest, { type: 'pickTeam', seat: guest.seat, team: guest === vera ? 2 : 1 })
  }
  await must(host, { type: 'renameTeam', team: 1, name: 'Ёжики' })
  const team = (name: string) => lobby.getByRole('listitem').filter({ hasText: name }).first()
  for (const name of ['Аня', 'Борис']) await team('Ёжики').getByText(name, { exact: true }).waitFor()
  await team('Команда Б').getByText('Вера', { exact: true }).waitFor()
  expect(await team('Команда Б').getByText('Аня', { exact: true }).count()).toBe(0)
  await lobby.getByText('4 игрока, без команды 1').waitFor()
  await must(gleb, { type: 'pickTeam', seat: gleb.seat, team: 3 })
  await lobby.getByText('4 игрока', { exact: true }).waitFor()
  await expectAccessible(page, 'lobby')

  // Who answers is the team; of each team the first press is on the film.
  const first = await pressed(host, [ann, bob, vera])
  await says(page, 'Отвечает: Ёжики (Аня)')
  const film = page.getByRole('region', { name: 'Очередь нажатий' })
  await film.getByText('Команда Б').waitFor()
  expect(await film.getByRole('listitem').count()).toBe(2)
  await page.getByText(/^Следом Команда Б \(Вера\)/).waitFor()
  await expectAccessible(page, 'who answers')

  // The hall votes: how many have, and only then what they think.
  await must(host, { type: 'callJury', turn: first })
  await must(bob, { type: 'vote', turn: first, verdict: 'wrong' })
  await must(vera, { type: 'vote', turn: first, verdict: 'wrong' })
  // The page may take its time to show it: in a pause the vote stands still.
  await must(host, { type: 'pause' })
  await says(page, 'Зал голосует')
  await says(page, 'Проголосовали 2 из 3')
  expect(await page.getByText('Мнение зала').count()).toBe(0)
  await must(host, { type: 'resume' })
  await says(page, 'Мнение зала')
  expect((await rowOf(page, 'Неверно').innerText()).split(/\s+/)).toEqual(['Неверно', '2'])
  expect((await rowOf(page, 'Частично').innerText()).split(/\s+/)).toEqual(['Частично', '0'])
  await expectAccessible(page, 'what the hall thinks')

  // A wrong answer is the whole team's: the next one is of another.
  await judge(host, first, ann.seat, 'wrong')
  await says(page, 'Отвечает: Команда Б (Вера)')
  await says(page, 'Ёжики (Аня)')
  expect(await page.getByText(/^Следом/).count()).toBe(0)
  await judge(host, first, vera.seat, 'right')
  await says(page, 'Верно')

  // Standings are the teams', divided by heads.
  await judge(host, await pressed(host, [bob]), bob.seat, 'partly')
  await must(host, { type: 'showStandings', shown: true })
  await rowOf(page, 'Ёжики').getByText('0,3', { exact: true }).waitFor()
  await rowOf(page, 'Команда Б').getByText('1', { exact: true }).first().waitFor()
  expect(await page.getByText('Вера').count()).toBe(0)
  await expectAccessible(page, 'standings')

  // A break with them, and a countdown; nothing happens when it is over.
  await must(host, { type: 'takeBreak', minutes: 10 })
  await says(page, 'Перерыв')
  await page
    .getByRole('timer')
    .getByText(/^(10:00|9:\d\d)$/)
    .waitFor()
  await page.getByText(/^Продолжим в \d{1,2}:\d\d$/).waitFor()
  await rowOf(page, 'Ёжики').getByText('0,3', { exact: true }).waitFor()
  await expectAccessible(page, 'break')
  await must(host, { type: 'takeBreak', minutes: null })
  await says(page, 'Скоро продолжим')

  // A practice question says what it is, and moves nobody.
  const practice = (host.state.turn?.turn ?? 0) + 1
  const questionId = nextQuestionId(host.state, true) ?? ''
  await must(host, { type: 'ask', turn: practice, questionId, tieBreak: false, practice: true })
  await says(page, 'Пробный вопрос, очки не считаются')
  await pressed(host, [gleb], practice)
  await judge(host, practice, gleb.seat, 'right')
  await says(page, 'Верно')
  await says(page, 'Пробный вопрос, очки не считаются')
  expect(await page.getByText('+1', { exact: true }).count()).toBe(0)
  await expectAccessible(page, 'practice')

  // The podium is of teams, awards are of people.
  await must(ann, { type: 'protest', turn: first })
  await must(host, { type: 'ruleOnProtest', turn: first, seat: ann.seat, upheld: false })
  await must(host, { type: 'end' })
  await host.until(({ state }) => state.results !== null)
  for (const name of ['Команда Б', 'Ёжики', 'Команда В']) await page.getByRole('heading', { name }).waitFor()
  expect(await page.getByRole('heading', { name: 'Вера' }).count()).toBe(0)
  await page.getByRole('definition').filter({ hasText: 'Вера' }).getByText('Команда Б').first().waitFor()
  await expectAccessible(page, 'podium')

  await expectResults(host.state.results?.id ?? '')
  for (const guest of [host, ...guests]) guest.leave()
  expect(screen.faults).toEqual([])
})

async function expectResults(id: string): Promise<void> {
  const reader = await device(browser, { ...laptop, colorScheme: 'light' })
  const { page } = reader
  await page.goto(`${product.address}/results/${id}`)
  const places = page.getByRole('region', { name: 'Места' })
  const rows = places.getByRole('list').first().locator('> li')
  expect(await rows.filter({ hasText: 'Ёжики' }).innerText()).toMatch(/^2\s+А\s+Ёжики\s+0,3\s+Борис\s+½\s+Аня\s+0$/)
  expect((await rows.first().innerText()).split(/\s+/)).toEqual(['1', 'Б', 'Команда', 'Б', '1', 'Вера', '1'])
  await page.getByRole('button', { name: 'Раскрыть все' }).click()
  await page.getByText('Пробный вопрос, очки не считаются').waitFor()
  const protest = page.getByRole('listitem').filter({ hasText: 'отклонён' })
  await protest.getByText('Аня').waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await expectAccessible(page, `results, ${scheme}`)
  }
  expect(reader.faults).toEqual([])
}
