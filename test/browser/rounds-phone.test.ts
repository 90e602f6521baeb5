import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoundSettings } from '@knopka/shared/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, type Device } from '../support/browser.ts'
import { face, press, takeSeat } from '../support/evening.ts'
import { asHost, askNext, asPlayer, type Guest, type Said } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom, settings } from '../support/server.ts'

const bank = `# Раунды

Столица Австралии?
Сколько планет у Солнца?
Что такое GIL?
Что такое TCP?
Что такое MVCC?
`

let browser: Browser
let product: Product
let folders: string[]

beforeAll(async () => {
  folders = await Promise.all(['data', 'banks'].map((name) => mkdtemp(join(tmpdir(), `knopka-rounds-${name}-`))))
  const [data, banks] = folders as [string, string]
  await writeFile(join(banks, 'rounds.md'), bank)
  product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
const says = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page) => page.getByRole('textbox', { name: 'Ваш ответ' })

async function say(guest: Guest, said: Said): Promise<void> {
  expect(await guest.say(said)).toMatchObject({ ok: true })
}

async function openNext(host: Guest): Promise<number> {
  const turn = await askNext(host)
  await say(host, { type: 'openBuzzers', turn })
  return turn
}

async function askCell(host: Guest, cell: number): Promise<number> {
  const turn = (host.state.turn?.turn ?? 0) + 1
  const questionId = host.state.secret.cellIds?.[cell] ?? ''
  await say(host, { type: 'ask', turn, questionId, tieBreak: false, cell })
  await host.until(({ state }) => state.turn?.turn === turn)
  return turn
}

const round = (rules: Partial<RoundSettings['rules']>, about: Partial<RoundSettings>): RoundSettings => {
  const own = { pressSeconds: null, answerSeconds: null, scoring: 'plain', afterWrong: 'next-in-queue' } as const
  return { title: null, sections: [], count: 1, order: 'bank', rules: { ...own, ...rules }, ...about }
}

/** Three rounds: words, a number, and a board of two cells, one of them a double, with a final. */
async function openEvening() {
  const [{ sections = [] } = {}] = (await (await fetch(`${product.address}/api/banks`)).json()) as {
    sections: { id: string }[]
  }[]
  const all = { sections: sections.map(({ id }) => id) }
  return openRoom(product.address, {
    count: 1,
    rules: { ...settings.rules, typing: { kind: 'text', seconds: 600 }, standings: 'at-the-end' },
    rounds: [
      round({ typing: { kind: 'number', seconds: null } }, { ...all, title: 'Числа' }),
      round({}, { ...all, board: { rows: 2, step: 100, doubles: 1, final: true } }),
    ],
  })
}

/** Whoever holds it cannot scroll what they type in out of sight. */
async function expectInSight(page: Page, height: number): Promise<void> {
  await page.setViewportSize({ width: 360, height })
  for (const part of [field(page), button(page, 'Отправить')]) {
    await expect
      .poll(async () => {
        const box = await part.boundingBox()
        return box !== null && box.y >= 0 && box.y + box.height <= height
      })
      .toBe(true)
  }
}

async function typeWords(ann: Device, bob: Device, host: Guest): Promise<void> {
  const turn = await askNext(host)
  await face(ann.page, 'reading')
  await expectAccessible(ann.page, 'read')
  await say(host, { type: 'openBuzzers', turn })
  await face(ann.page, 'typing')
  expect(await field(ann.page).getAttribute('inputmode')).toBe('text')
  await says(ann.page, 'Сначала напишите ответ')
  await field(ann.page).fill('Канберра')
  await expectAccessible(ann.page, 'typing')
  await expectInSight(ann.page, 270)
  await expectAccessible(ann.page, 'typing over a keyboard')
  await ann.page.setViewportSize({ width: 360, height: 640 })

  // A draft outlives a reload; what was sent stays, readable and as it was.
  await ann.page.reload()
  await face(ann.page, 'typing')
  expect(await field(ann.page).inputValue()).toBe('Канберра')
  await button(ann.page, 'Отправить').tap()
  await face(ann.page, 'typed')
  await ann.page.reload()
  await face(ann.page, 'typed')
  await says(ann.page, 'Канберра')
  expect(await field(ann.page).count()).toBe(0)
  await expectAccessible(ann.page, 'typed')

  // A lost connection swallows nothing.
  await bob.page.context().setOffline(true)
  await bob.page.evaluate(() => window.dispatchEvent(new Event('offline')))
  await field(bob.page).fill('Сидней')
  await bob.page.keyboard.press('Enter')
  await bob.page.context().setOffline(false)
  await face(bob.page, 'marked')
  await heading(bob.page, 'Ответ у ведущего')
  await say(host, { type: 'judgeAnswers', turn, answers: ['канберра'], verdict: 'right' })
  await say(host, { type: 'judgeAnswers', turn, answers: ['сидней'], verdict: 'partly' })
  await heading(ann.page, 'Верно, +1')
  await heading(bob.page, 'Частично, +½')
  for (const { page } of [ann, bob]) await says(page, 'Счёт покажут в конце')
  expect(await ann.page.getByText('место').count()).toBe(0)
  await expectAccessible(ann.page, 'judged')
}

async function typeNumbers(ann: Device, bob: Device, host: Guest): Promise<void> {
  await say(host, { type: 'beginRound', round: 2 })
  await heading(ann.page, 'Числа')
  await says(ann.page, 'Раунд 2 из 3')
  await says(ann.page, 'Все пишут число. Верно у того, кто ближе всех.')
  await expectAccessible(ann.page, 'round')
  const turn = await openNext(host)
  await face(ann.page, 'typing')
  await ann.page.getByText('Вопрос 1 / 1').waitFor()
  expect(await field(ann.page).getAttribute('inputmode')).toBe('decimal')
  await field(ann.page).fill('восемь')
  await says(ann.page, 'Здесь нужно число, например 1024 или 3,5')
  await field(ann.page).fill('7')
  await ann.page.keyboard.press('Enter')
  await field(bob.page).fill('10,5')
  await button(bob.page, 'Сменить знак').tap()
  expect(await field(bob.page).inputValue()).toBe('-10,5')
  await bob.page.keyboard.press('Enter')
  await face(bob.page, 'marked')
  await say(host, { type: 'judgeGuesses', turn, right: 8 })
  await heading(ann.page, 'Верно, +1')
  await says(ann.page, 'Ближе всех: мимо на 1')
  await heading(bob.page, 'Неверно')
  await says(bob.page, 'Мимо на 18,5')
  await expectAccessible(bob.page, 'off')
}

async function playBoard(ann: Device, bob: Device, host: Guest): Promise<void> {
  await say(host, { type: 'beginRound', round: 3 })
  await face(ann.page, 'round')
  const seat = host.state.secret.roster?.parts.flat().find(([, { name }]) => name === 'Аня')?.[0] ?? ''
  const turn = await askCell(host, 0)
  await say(host, { type: 'openBuzzers', turn })
  await press(ann, 'first')
  await say(host, { type: 'giveVerdict', turn, seat, verdict: 'right' })

  // Whoever was right picks; everyone else is told who does, and what.
  await heading(ann.page, 'Выбирайте вопрос')
  await says(bob.page, 'Следующий вопрос выбирает Аня')
  await expectAccessible(ann.page, 'board')
  const cell = ann.page.getByRole('group', { name: 'Табло' }).getByRole('button')
  expect(await cell.count()).toBe(1)
  await cell.tap()
  await ann.page.locator("[aria-pressed='true']").waitFor()
  await host.until(({ state }) => state.picked === 1)
  await bob.page.getByText('Дальше: ').waitFor()

  // It is a double: a stake, and then the button, for one alone.
  const double = await askCell(host, 1)
  await face(ann.page, 'stake')
  await heading(bob.page, 'Играет Аня')
  await says(bob.page, 'Вопрос со ставкой. Ждём, сколько поставят')
  await expectAccessible(ann.page, 'stake')
  await expectAccessible(bob.page, 'double of another')
  await button(ann.page, 'Ва-банк').tap()
  await button(ann.page, 'Меньше').tap()
  await button(ann.page, 'Поставить 100').tap()
  await heading(ann.page, 'Ставка: 100')
  await says(bob.page, 'Вопрос со ставкой: 100')
  await say(host, { type: 'openBuzzers', turn: double })
  await press(ann, 'first')
  await say(host, { type: 'giveVerdict', turn: double, seat, verdict: 'right' })
  await says(bob.page, 'Ответ засчитан: Аня. Дальше финал')
}

async function playFinal(ann: Device, bob: Device, host: Guest): Promise<void> {
  const turn = await askCell(host, 2)
  await face(bob.page, 'stake')
  // While stakes are said, nobody but the host knows the question.
  expect([...ann.received, ...bob.received].join()).not.toContain('MVCC')
  await button(bob.page, 'Поставить 100').tap()
  await says(bob.page, 'Ставка 100 принята')
  await bob.page.reload()
  await says(bob.page, 'Ставка 100 принята')
  await expectAccessible(bob.page, 'stake of a final')
  await say(host, { type: 'openBuzzers', turn })
  await field(bob.page).fill('да')
  await bob.page.keyboard.press('Enter')
  await face(bob.page, 'typed')
  await say(host, { type: 'closeAnswers', turn })
  await heading(ann.page, 'Вы не ответили')
  await say(host, { type: 'judgeAnswers', turn, answers: ['да'], verdict: 'wrong' })
  await heading(bob.page, 'Неверно, −100')
}

test('an evening of rounds on two phones, and its results', async () => {
  const { pin, capability } = await openEvening()
  const host = await asHost(product.address, pin, capability)
  const [ann, bob] = [await device(browser, phone), await device(browser, phone)]
  await takeSeat(ann, product.address, pin, 'Аня')
  await takeSeat(bob, product.address, pin, 'Борис')
  const vera = await asPlayer(product.address, pin, 'Вера')
  await say(host, { type: 'remove', seat: vera.seat })

  await typeWords(ann, bob, host)
  await typeNumbers(ann, bob, host)
  await playBoard(ann, bob, host)
  await playFinal(ann, bob, host)
  await say(host, { type: 'end' })
  await face(ann.page, 'over')

  const results = await device(browser, { ...laptop, colorScheme: 'light' })
  await results.page.goto(`${product.address}/results/${host.state.results?.id ?? ''}`)
  for (const name of ['Раунд 1', 'Раунд 2. Числа', 'Раунд 3. Своя игра']) await says(results.page, name)
  await results.page.getByRole('button', { name: 'Раскрыть все' }).click()
  for (const words of ['Канберра', 'мимо на 18,5', 'За 100', 'Со ставкой 100', 'Финал со ставками', 'ставка 100']) {
    await says(results.page, words)
  }
  await expectAccessible(results.page, 'results')
  await ann.page.goto(results.page.url())
  await says(ann.page, 'Раунд 2. Числа')
  expect(await ann.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  host.leave()
  for (const { faults } of [ann, bob, results]) expect(faults).toEqual([])
})
