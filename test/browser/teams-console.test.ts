import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser } from '../support/browser.ts'
import { choiceBanks } from '../support/choice-bank.ts'
import { pressKey } from '../support/evening.ts'
import { asPlayer, type Guest } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom, settings } from '../support/server.ts'

let browser: Browser
let product: Product
let folders: string[]

beforeAll(async () => {
  folders = [await mkdtemp(join(tmpdir(), 'knopka-teams-')), await choiceBanks()]
  const [data, banks] = folders as [string, string]
  product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

const says = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialogOf = (page: Page) => page.getByRole('dialog')

async function expectBothAccessible(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page, `console, ${colorScheme}, ${state}`)
  }
}

/** All that this page ever says of the hall's vote, also what stands there for five seconds alone. */
const watchVotes = (page: Page) =>
  page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => seen.push(document.querySelector('.jury')?.textContent ?? '')).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
const seenVotes = (page: Page) => page.evaluate(() => (window as unknown as { seen: string[] }).seen.join('\n'))

async function choose(guest: Guest, ...texts: string[]): Promise<void> {
  await guest.until(({ state }) => (state.turn?.choosing?.options ?? null) !== null)
  const { turn, choosing } = guest.state.turn ?? {}
  const options = texts.map((text) => choosing?.options?.indexOf(text) ?? -1)
  const ack = await guest.say({ type: 'choose', turn: turn ?? 0, options, pressedAt: guest.clock() })
  expect(ack).toMatchObject({ ok: true })
}

test('an evening of teams, as the host leads it', async () => {
  const { pin, capability } = await openRoom(product.address, {
    count: 3,
    rules: {
      ...settings.rules,
      choices: { points: 'plain', seconds: null },
      teams: { count: 3, formedBy: 'host', presses: 'anyone', score: 'sum' },
    },
  })
  const host = await device(browser, { ...laptop, colorScheme: 'light' })
  const { page } = host
  await page.goto(`${product.address}/host/${pin}#${capability}`)
  const names = ['Аня', 'Борис', 'Вера', 'Глеб']
  const guests: Guest[] = []
  for (const name of names) guests.push(await asPlayer(product.address, pin, name))
  const [ann, bob, vera, gleb] = guests as [Guest, Guest, Guest, Guest]
  const team = (name: string) => page.getByRole('region', { name, exact: true })

  // Whoever is in no team stands first, and is dealt out.
  await page.getByRole('region', { name: 'Без команды 4' }).getByRole('button', { name: 'Глеб' }).waitFor()
  await button(page, 'Разложить поровну').press('Enter')
  await team('Команда А').getByRole('button', { name: 'Глеб' }).waitFor()
  await team('Команда Б').getByRole('button', { name: 'Борис' }).waitFor()
  await team('Команда В').getByRole('button', { name: 'Вера' }).waitFor()
  await page.getByText('все уже в командах').waitFor()
  await expectBothAccessible(page, 'teams in the lobby')

  // One goes over to another team, which gets a name and a captain.
  await team('Команда А').getByRole('button', { name: 'Глеб' }).press('Enter')
  await expectBothAccessible(page, 'a player')
  await dialogOf(page).getByLabel('В какой команде').selectOption('Команда Б')
  await gleb.until(({ mine }) => mine?.team === 2)
  await button(page, 'Сделать капитаном').press('Enter')
  await bob.until(({ state }) => state.teams[1]?.captain === gleb.seat)
  await button(page, 'Снять капитана').waitFor()
  await page.keyboard.press('Escape')
  await team('Команда Б').getByRole('button', { name: 'капитан Глеб' }).press('Enter')
  await dialogOf(page).getByLabel('Капитан').selectOption('Борис')
  await bob.until(({ state }) => state.teams[1]?.captain === bob.seat)
  await dialogOf(page).getByRole('textbox', { name: 'Название' }).fill('Ежи')
  await page.keyboard.press('Enter')
  await team('Ежи').getByRole('button', { name: 'капитан Борис' }).waitFor()

  // Two teams become one; the page says what that does before it is done.
  await team('Команда В').getByRole('button').first().press('Enter')
  await dialogOf(page).getByLabel('С какой').selectOption('Ежи')
  await page.getByText(/Все из «Команда В» перейдут в «Ежи», их очки вместе с ними/).waitFor()
  await expectBothAccessible(page, 'a team')
  await button(page, 'Слить команды').press('Enter')
  await vera.until(({ mine }) => mine?.team === 2)
  await team('Ежи').getByRole('button', { name: 'Вера' }).waitFor()
  expect(await team('Команда В').count()).toBe(0)

  // The weaker team is given a start, which belongs to nobody in it.
  await team('Команда А').getByRole('button').first().press('Enter')
  await button(page, 'Фора').press('Enter')
  await button(page, 'Прибавить').press('Enter')
  await ann.until(({ mine }) => mine?.teamScore === 1)
  await dialogOf(page).waitFor({ state: 'detached' })
  expect(ann.mine?.score).toBe(0)

  // A question to try it all, whose points do not count.
  await page.keyboard.press('KeyP')
  await says(page, 'Пробный вопрос: очки не в счёт')
  await pressKey(host, 'Space')
  await choose(ann, 'tuple')
  await pressKey(host, '1')
  await says(page, 'Верно ответил 1 из 1')
  await page.getByText('пробный', { exact: true }).waitFor()
  await ann.until(({ mine }) => mine?.gained !== null)
  expect(ann.mine?.score).toBe(0)

  // A break, as long as the host says.
  await button(page, 'Перерыв').press('Enter')
  await expectBothAccessible(page, 'taking a break')
  await button(page, '10 минут').press('Enter')
  await page.getByText(/^Перерыв Осталось (10:00|9:\d\d)$/).waitFor()
  await page.getByRole('heading', { name: 'Перерыв' }).waitFor()
  await ann.until(({ state }) => (state.break?.endsAt ?? null) !== null)
  await button(page, 'Закончить перерыв').press('Enter')
  await ann.until(({ state }) => state.break === null)
  await button(page, 'Закончить перерыв').waitFor({ state: 'detached' })

  // Who protests against what is right has it recounted for all.
  await page.keyboard.press('ArrowRight')
  await page.getByText('Верных несколько').waitFor()
  expect(await page.getByText('Пробный вопрос: очки не в счёт').count()).toBe(0)
  await pressKey(host, 'Space')
  await choose(ann, 'Атомарность')
  await pressKey(host, '1')
  await says(page, 'Верно ответили 0 из 1')
  expect(await ann.say({ type: 'protest', turn: 2 })).toMatchObject({ ok: true })
  await button(page, 'Протестов: 1').press('Enter')
  await dialogOf(page).getByText('Выбор: ', { exact: false }).waitFor()
  await expectBothAccessible(page, 'protests')
  await button(page, 'Принять').press('Enter')
  await dialogOf(page).getByRole('heading', { name: 'Вопрос 2: что верно' }).waitFor()
  await dialogOf(page).getByRole('checkbox', { name: 'Изолированность' }).uncheck()
  await button(page, 'Пересчитать').press('Enter')
  await ann.until(({ mine }) => mine?.score === 1 && mine.protest?.upheld === true)
  await button(page, 'Отклонить').waitFor()
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'detached' })
  expect(await button(page, 'Протестов: 1').count()).toBe(0)

  // Everything says for whom someone answers.
  await pressKey(host, 'ArrowRight')
  await pressKey(host, 'Space')
  await page.getByRole('heading', { name: 'Кнопки открыты' }).waitFor()
  await page.keyboard.press('KeyJ')
  await page.getByRole('status').getByText('Сейчас никто не отвечает').waitFor()
  await ann.buzz(3)
  await page.getByRole('heading', { name: 'Отвечает Аня' }).waitFor()
  await page.locator("[aria-keyshortcuts='1']").getByText('+1, Команда А', { exact: true }).waitFor()

  // The hall is asked, and the host decides.
  await watchVotes(page)
  await page.keyboard.press('KeyJ')
  await Promise.all(guests.map((guest) => guest.until(({ state }) => (state.turn?.floor?.jury ?? null) !== null)))
  expect(await bob.say({ type: 'vote', turn: 3, verdict: 'right' })).toMatchObject({ ok: true })
  expect(await vera.say({ type: 'vote', turn: 3, verdict: 'wrong' })).toMatchObject({ ok: true })
  expect(await gleb.say({ type: 'vote', turn: 3, verdict: 'right' })).toMatchObject({ ok: true })
  const hall = page.getByRole('region', { name: 'Зал считает' })
  await hall
    .getByRole('listitem')
    .filter({ hasText: /^верно\s*2/ })
    .waitFor()
  await hall
    .getByRole('listitem')
    .filter({ hasText: /^неверно\s*1/ })
    .waitFor()
  expect(await seenVotes(page)).toContain('Голосуют: 3 из 3')
  await expectBothAccessible(page, 'the hall has voted')
  await pressKey(host, '3')
  await hall.waitFor({ state: 'detached' })

  // A protest against a verdict leads to the verdict; another one can be turned down.
  await bob.until(({ lights }) => lights.some(({ turn, opening }) => turn === 3 && opening === 2))
  await bob.buzz(3)
  await pressKey(host, '3')
  await page.getByRole('heading', { name: 'Ответить больше некому' }).waitFor()
  expect(await ann.say({ type: 'protest', turn: 3 })).toMatchObject({ ok: true })
  expect(await bob.say({ type: 'protest', turn: 3 })).toMatchObject({ ok: true })
  await button(page, 'Протестов: 2').click()
  const protestOf = (name: string) =>
    dialogOf(page).getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'ждёт решения' })
  await protestOf('Аня').getByText('Сейчас: неверно, 0').waitFor()
  await protestOf('Борис').getByRole('button', { name: 'Отклонить' }).click()
  await bob.until(({ mine }) => mine?.protest?.upheld === false)
  await protestOf('Аня').getByRole('button', { name: 'Принять' }).click()
  await dialogOf(page).getByRole('heading', { name: 'Вопрос 3: Аня (Команда А)' }).waitFor()
  await button(page, 'Верно').press('Enter')
  await ann.until(({ mine }) => mine?.score === 2)
  await dialogOf(page).getByRole('heading', { name: 'Протесты' }).waitFor()
  await page.keyboard.press('Escape')
  for (const row of ['протест принят · Команда А', 'протест отклонён · Ежи', 'Аня, верно']) await says(page, row)

  // Whoever comes late to an evening whose teams the host forms is dealt out from the score.
  const late = await Promise.all(['Дина', 'Егор'].map((name) => asPlayer(product.address, pin, name)))
  const loose = page.getByRole('region', { name: 'Без команды 2' })
  await loose.getByRole('button', { name: 'Егор' }).waitFor()
  await expectBothAccessible(page, 'late players in no team')
  await loose.getByRole('button', { name: 'Разложить поровну' }).press('Enter')
  await Promise.all(late.map((guest) => guest.until(({ mine }) => mine?.team === 1)))
  await loose.waitFor({ state: 'detached' })
  guests.push(...late)

  // The score is the teams'; a team unfolds to its people.
  const score = page.getByRole('region', { name: 'Счёт' })
  const first = score.getByRole('listitem').filter({ hasText: 'Команда А' })
  await first.getByText('3', { exact: true }).waitFor()
  for (const row of ['Команда А, вручную', 'Фора']) await says(page, row)
  await button(page, 'Ежи').press('Enter')
  for (const name of ['Борис', 'Вера', 'Глеб']) await score.getByRole('button', { name }).waitFor()
  await expectBothAccessible(page, 'an unfolded team')

  for (const guest of guests) guest.leave()
  expect(host.faults).toEqual([])
})
