import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoundSettings } from '@knopka/shared/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, type Device } from '../support/browser.ts'
import { choiceBanks } from '../support/choice-bank.ts'
import { pressKey } from '../support/evening.ts'
import { asPlayer, type Guest } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom, settings } from '../support/server.ts'

let browser: Browser
let product: Product
let folders: string[]
let sections: string[]

beforeAll(async () => {
  folders = [await mkdtemp(join(tmpdir(), 'knopka-rounds-')), await choiceBanks()]
  const [data, banks] = folders as [string, string]
  product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
  const [bank] = (await (await fetch(`${product.address}/api/banks`)).json()) as { sections: { id: string }[] }[]
  sections = bank?.sections.map(({ id }) => id) ?? []
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

const rules = { pressSeconds: null, answerSeconds: null, scoring: 'plain', afterWrong: 'next-in-queue' } as const
const round = (change: Partial<RoundSettings>): RoundSettings => ({
  title: null,
  sections,
  count: 1,
  order: 'bank',
  rules,
  ...change,
})
const says = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor()

async function begin(first: Partial<typeof settings>, rounds: RoundSettings[]) {
  const { pin, capability } = await openRoom(product.address, { ...first, rounds })
  const host = await device(browser, { ...laptop, colorScheme: 'light' })
  await host.page.goto(`${product.address}/host/${pin}#${capability}`)
  const ann = await asPlayer(product.address, pin, 'Аня')
  const bob = await asPlayer(product.address, pin, 'Борис')
  await host.page.getByRole('button', { name: /Борис/ }).waitFor()
  return { host, ann, bob, link: `${product.address}/host/${pin}#${capability}` }
}

async function type(guest: Guest, turn: number, text: string): Promise<void> {
  await guest.until(({ state }) => state.turn?.turn === turn && state.turn.openings > 0)
  expect(await guest.say({ type: 'answer', turn, text, pressedAt: guest.clock() })).toMatchObject({ ok: true })
}

async function expectAccessibleInBoth({ page }: Device, state: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page, `${state}, ${colorScheme}`)
  }
}

test('an evening goes from round to round, and what everyone typed is judged by keys', async () => {
  const typing = { ...rules, typing: { kind: 'text', seconds: null } } as const
  const timed = { count: 2, rules: { ...settings.rules, answerSeconds: 30 } }
  const { host, ann, bob } = await begin(timed, [round({ title: 'Пишем', rules: typing })])
  const { page } = host

  // Handicap and more time, before anything was asked.
  await page.getByRole('button', { name: /Борис/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radiogroup', { name: 'Больше времени на ответ' }).getByText('+50').click()
  await bob.until(({ mine }) => mine?.extraTime === 50)
  await expectAccessible(page, 'player in the lobby')
  await dialog.getByRole('button', { name: 'Фора' }).click()
  await dialog.getByRole('button', { name: 'Прибавить' }).click()
  await bob.until(({ mine }) => mine?.score === 1)

  // The console counts the time that who answers really has; the hall is not to see that it is more.
  await pressKey(host, 'ArrowRight')
  await pressKey(host, 'Space')
  await bob.until(({ state }) => (state.turn?.openings ?? 0) > 0)
  await bob.buzz(1)
  await page.getByRole('heading', { name: 'Отвечает Борис' }).waitFor()
  expect(Number.parseInt(await page.getByRole('timer').innerText(), 10)).toBeGreaterThan(30)

  // A round may be left early; the host is asked once, and told what is left out.
  await pressKey(host, '4')
  await page.getByRole('button', { name: 'Начать раунд 2 сейчас' }).click()
  await dialog.getByText('останется незаданным 1 вопрос').waitFor()
  await page.keyboard.press('Escape')

  // What was missed becomes a round of its own, behind those that are there.
  await page.getByRole('button', { name: 'Раунд 1 из 2' }).click()
  await dialog.getByRole('button', { name: 'Доиграть пропущенное' }).click()
  await expectAccessibleInBoth(host, 'rest of the evening')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('button', { name: 'Раунд 1 из 3' }).waitFor()

  await pressKey(host, 'ArrowRight')
  await pressKey(host, '4')
  await says(page, 'Раунд 2 «Пишем»')
  await pressKey(host, 'ArrowRight')
  await page.getByRole('heading', { name: 'Пишем' }).waitFor()
  await expectAccessibleInBoth(host, 'announced')
  await pressKey(host, 'ArrowRight')
  await says(page, 'Пишут все')
  await pressKey(host, 'Space')
  await type(ann, 3, 'Tuple')
  await says(page, 'Ответил 1 из 2')
  await page.getByRole('region', { name: 'Ждём' }).getByText('Борис').waitFor()
  await expectAccessible(page, 'typing')
  await type(bob, 3, 'list')

  // One key for each group; the next one is on at once.
  await says(page, '2 разных ответа, осталось 2')
  await expectAccessibleInBoth(host, 'typed')
  const judged = async (key: string, left: string) => {
    await pressKey(host, key)
    await says(page, left)
  }
  await judged('3', '2 разных ответа, остался 1')
  await judged('1', '2 разных ответа, всё оценено')
  await ann.until(({ mine }) => mine?.score === 1)
  await page.getByRole('button', { name: 'list: верно' }).click()
  await bob.until(({ mine }) => mine?.score === 2)
  await page.getByRole('button', { name: 'верно у 2 из 2' }).waitFor()
  expect(host.faults).toEqual([])
})

test('a board is walked with arrows, stakes are said, and the final is judged', async () => {
  const board = { rows: 2, step: 100, doubles: 1, final: true }
  const { host, ann, bob, link } = await begin({ count: 1, board }, [])
  const { page } = host
  const small = await device(browser, { ...phone, colorScheme: 'dark' })
  await small.page.goto(link)

  await pressKey(host, 'ArrowRight')
  await page.getByRole('heading', { name: 'Выбирает любой игрок' }).waitFor()
  await expectAccessibleInBoth(host, 'board')
  await small.page.getByRole('button', { name: 'Python, 100' }).waitFor()
  expect(await small.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)

  await page.keyboard.press('ArrowDown')
  await page.locator('[data-cell]:focus').waitFor()
  await page.keyboard.press('Enter')
  await pressKey(host, 'Space')
  await ann.buzz(1)
  await pressKey(host, '1')
  await page.getByRole('heading', { name: 'Выбирает Аня' }).waitFor()

  // The second row hides the double: Аня alone plays it, once her stake is in.
  await ann.until(({ state }) => state.turn?.closed !== null)
  expect(await ann.say({ type: 'pickCell', cell: 1 })).toMatchObject({ ok: true })
  await says(page, 'Выбрано: 200, Python')
  await expectAccessible(page, 'a cell is picked')
  await pressKey(host, 'ArrowRight')
  await page.getByRole('heading', { name: 'Вопрос со ставкой' }).waitFor()
  await expectAccessibleInBoth(host, 'double')
  await page.getByRole('button', { name: 'Принять ставку' }).click()
  await says(page, 'ставка 200')
  await pressKey(host, 'Space')
  await ann.buzz(2)
  await pressKey(host, '1')
  await ann.until(({ mine }) => mine?.score === 300)

  // Of the board the final alone is left.
  await pressKey(host, 'ArrowRight')
  await bob.until(({ state }) => state.turn?.worth?.kind === 'final')
  expect(await bob.say({ type: 'stake', turn: 3, seat: bob.seat, points: 100 })).toMatchObject({ ok: true })
  await says(page, 'Поставил 1 из 2')
  await expectAccessibleInBoth(host, 'final')
  await pressKey(host, 'Space')
  await type(ann, 3, 'GIL')
  await type(bob, 3, 'не знаю')
  await says(page, '2 разных ответа, осталось 2')
  await pressKey(host, '1')
  await pressKey(host, '3')
  await bob.until(({ mine }) => mine?.score === -100)
  expect(host.faults).toEqual([])
})

test('the nearest guess is right, once the host says the number, and again when it is mended', async () => {
  const guessing = { ...settings.rules, typing: { kind: 'number', seconds: null } } as const
  const { host, ann, bob } = await begin({ count: 1, rules: guessing }, [])
  const { page } = host
  await pressKey(host, 'ArrowRight')
  await pressKey(host, 'Space')
  await type(ann, 1, '1000')
  await type(bob, 1, '1300')
  const number = page.getByRole('textbox', { name: 'Сколько на самом деле' })
  const settle = page.getByRole('button', { name: 'Определить' })
  await number.waitFor()
  await expectAccessibleInBoth(host, 'guesses')
  await number.fill('много')
  await settle.press('Enter')
  await says(page, 'Напишите число, например 1024 или 3,5')
  await number.fill('1024')
  await page.keyboard.press('Enter')
  await ann.until(({ mine }) => mine?.verdict === 'right' && mine.score === 1)
  await bob.until(({ mine }) => mine?.verdict === 'wrong')
  await says(page, 'мимо на 24')
  await number.fill('1300')
  await page.keyboard.press('Enter')
  await bob.until(({ mine }) => mine?.verdict === 'right' && mine.score === 1)
  await ann.until(({ mine }) => mine?.score === 0)
  await says(page, 'точно')
  expect(host.faults).toEqual([])
})

test('a host adds a board from scratch in the middle of an evening, and a cell of it is played', async () => {
  const { host, ann } = await begin({ count: 1 }, [])
  const { page } = host
  const dialog = page.getByRole('dialog')
  await pressKey(host, 'ArrowRight')
  await pressKey(host, '4')

  // What cannot be played is not saved, and says why.
  await page.getByRole('button', { name: 'Остаток вечера' }).click()
  await dialog.getByRole('button', { name: 'Новый раунд' }).press('Enter')
  const added = dialog.getByRole('listitem', { name: 'Раунд 2' })
  const [title, save] = [
    added.getByRole('textbox', { name: 'Название' }),
    dialog.getByRole('button', { name: 'Сохранить' }),
  ]
  await title.and(page.locator(':focus')).waitFor()
  await save.getByText('Раунд 2: отметьте хотя бы один раздел').waitFor()
  await page.keyboard.type('Табло')

  // Sections, the way of playing and the size of the board, by keyboard.
  await added.getByLabel('Как играем').selectOption('Своя игра')
  await added.getByLabel('Вопросов в столбце').selectOption('1')
  await added.getByLabel('Скрытые ставки').selectOption('0')
  await added.getByLabel('Финал').selectOption('Нет')
  const section = added.getByRole('treeitem', { name: /Python/ }).first()
  await section.press(' ')
  await section.getByText('столбец 1').waitFor()
  await added.getByText('будет 1 вопрос').waitFor()
  await expectAccessibleInBoth(host, 'a new round')
  await page.setViewportSize({ width: 360, height: 640 })
  expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  await expectAccessible(page, 'a new round on a phone')
  await page.setViewportSize({ width: 1280, height: 800 })
  await save.press('Enter')

  await page.getByRole('button', { name: 'Раунд 1 из 2' }).waitFor()
  await pressKey(host, 'ArrowRight')
  await page.getByRole('heading', { name: 'Выбирает любой игрок' }).waitFor()
  await page.getByRole('button', { name: 'Python, 100' }).press('Enter')
  await pressKey(host, 'Space')
  await ann.buzz(2)
  await pressKey(host, '1')
  await ann.until(({ mine }) => mine?.score === 100)
  expect(host.faults).toEqual([])
})
