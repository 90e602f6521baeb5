import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plan, ScorecardPage } from '@knopka/shared/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, type Device } from '../support/browser.ts'
import { delayProxy } from '../support/delay-proxy.ts'
import { levelMark, openCall, planOfTen } from '../support/interview-room.ts'
import { notedBanks, noteMark } from '../support/noted-bank.ts'
import { freePort } from '../support/free-port.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folder: string
let banks: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-interview-'))
  banks = await notedBanks()
  product = await Product.start({ KNOPKA_DATA: folder, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  for (const one of [folder, banks]) await rm(one, { recursive: true, force: true })
})

/** What each makes of the ten answers; on the fourth they are two levels apart, the ninth is not asked. */
const ratings = {
  anna: [4, 3, 3, 1, 2, 4, 0, 3, 'n', 2],
  boris: [4, 2, 3, 3, 2, 3, 1, 3, 'n', 2],
} as const

const noteOf = (name: string, index: number) => `ЗАМЕТКА-${name}-${index + 1}`

const statusOfNote = ({ page }: Device, words: string) =>
  page.getByRole('region', { name: 'Заметка' }).getByText(words).waitFor()

/** With nothing in focus, so that a key is the page's own. */
async function key({ page }: Device, code: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press(code)
}

/** By the keyboard alone: to the note, the text, and out of it; Escape is the way back to the keys. */
async function write(who: Device, text: string): Promise<void> {
  await key(who, 'Tab')
  await who.page.getByRole('textbox', { name: 'Заметка' }).and(who.page.locator(':focus')).waitFor()
  await who.page.keyboard.press('ControlOrMeta+End')
  await who.page.keyboard.type(text)
}

const leaveNote = async (who: Device) => {
  await who.page.keyboard.press('Escape')
  await statusOfNote(who, 'Сохранено')
}

async function rate(who: Device, rating: number | 'n'): Promise<void> {
  const codeOf = rating === 'n' ? 'KeyN' : `Digit${rating}`
  await key(who, codeOf)
  const name = rating === 'n' ? /Не спрашиваем/ : new RegExp(`^${rating}`)
  await who.page.getByRole('button', { name, pressed: true }).first().waitFor()
}

const asked = ({ page }: Device, text: string) => page.getByRole('heading', { name: text, exact: true }).waitFor()

/** Everything that this device's browser got from now on, by whichever way. */
function allBytes({ page, received }: Device): () => Promise<string> {
  const bodies: Promise<string>[] = []
  page.on('response', (response) => bodies.push(response.text().catch(() => '')))
  return async () => [...received, ...(await Promise.all(bodies))].join('\n')
}

async function inBothLanguages({ page }: Device, where: string): Promise<void> {
  await expectAccessible(page, `${where}, ru`)
  await page.evaluate(() => localStorage.setItem('knopka.language', 'en'))
  await page.reload()
  await page.locator('html[lang=en]').waitFor({ state: 'attached' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expectAccessible(page, `${where}, en`)
  await page.evaluate(() => localStorage.setItem('knopka.language', 'ru'))
  await page.reload()
  await page.locator('html[lang=ru]').waitFor({ state: 'attached' })
}

/** What the first interviewer copies out of their page. */
const linkIn = ({ page }: Device, label: string) => page.getByLabel(label, { exact: true }).first().inputValue()

/** A lost link has an address of its own in front of the server. */
const through = (link: string, address: string) => link.replace(/^https?:\/\/[^/]+/, address)

async function scorecardOf({ page }: Device): Promise<ScorecardPage> {
  const link = await page.getByRole('link', { name: 'Карточка кандидата' }).first().getAttribute('href')
  const response = await fetch(`${product.address}/api/scorecards/${link?.split('/').at(-1)}`)
  return (await response.json()) as ScorecardPage
}

test('two interviewers and a candidate go through ten questions, whatever breaks meanwhile', async () => {
  const plan: Plan = await planOfTen(product.address)
  const texts = plan.items.map(({ text }) => text)
  const { pin, capability } = await openCall(product.address, plan)
  const ownPort = await freePort()
  let way = await delayProxy(product.port, 0, 0, ownPort)

  const [anna, boris, vera] = [
    await device(browser, laptop),
    await device(browser, laptop),
    await device(browser, phone),
  ]
  const veras = allBytes(vera)
  await anna.page.goto(`${product.address}/interview/${pin}#${capability}`)
  await anna.page.getByRole('heading', { name: 'Собеседование' }).waitFor()
  expect(new URL(anna.page.url()).hash).toBe('')
  const links = { boris: await linkIn(anna, 'Для второго интервьюера'), vera: await linkIn(anna, 'Для кандидата') }
  await inBothLanguages(anna, 'desk, before')

  await vera.page.goto(links.vera)
  await vera.page.getByText('Вопросы задают Анна и Борис').waitFor()
  await vera.page.getByText(/Хранится 30 дней/).waitFor()
  expect(new URL(vera.page.url()).hash).toBe('')
  await inBothLanguages(vera, 'candidate, before')
  await vera.page.getByRole('button', { name: 'Можно начинать' }).focus()
  await vera.page.keyboard.press('Enter')
  await anna.page.getByText(/: можно начинать/).waitFor()
  await boris.page.goto(through(links.boris, way.address))

  for (const [index, text] of texts.entries()) {
    if (index < 2 || index > 3) await key(anna, 'ArrowRight')
    else await vera.page.keyboard.press('Space') // the candidate may go on alone
    for (const who of [anna, boris, vera]) await asked(who, text)
    await vera.page.getByText(`Вопрос ${index + 1} из 10`).waitFor()
    if (index === 2) await vera.page.reload()
    if (index === 3) await boris.page.reload()
    if (index === 4) await anna.page.reload()
    for (const who of [anna, boris, vera]) await asked(who, text)

    await write(anna, noteOf('анна', index))
    if (index === 6) {
      // The power goes while one writes: the text is still there, and is saved without anybody's doing.
      await product.kill()
      await anna.page.getByText('Связь пропала').waitFor()
      await anna.page.keyboard.type(', без сети')
      await statusOfNote(anna, 'Связи нет')
      await product.startAgain()
      await statusOfNote(anna, 'Сохранено')
    }
    await leaveNote(anna)
    await write(boris, noteOf('борис', index))
    if (index === 5) {
      await way.close()
      await boris.page.getByText('Связь пропала').waitFor()
      await boris.page.keyboard.type(', без сети')
      await statusOfNote(boris, 'Связи нет')
      way = await delayProxy(product.port, 0, 0, ownPort)
      await statusOfNote(boris, 'Сохранено')
    }
    await leaveNote(boris)
    await rate(anna, ratings.anna[index] ?? 'n')
    await rate(boris, ratings.boris[index] ?? 'n')
    if (index === 0) await inBothLanguages(vera, 'candidate, asked')
    if (index === 0) await inBothLanguages(anna, 'desk, asked')
    if (index === 1) expect(await boris.page.content()).not.toContain(noteOf('анна', 0))
  }

  // Both are done: each sees what the other thinks, and the fourth is pointed out.
  await anna.page.getByRole('button', { name: 'Мои оценки готовы' }).press('Enter')
  await boris.page.getByText('Анна: оценки готовы').waitFor()
  expect(await boris.page.getByText(noteOf('анна', 9)).count()).toBe(0)
  await boris.page.getByRole('button', { name: 'Мои оценки готовы' }).press('Enter')
  for (const who of [anna, boris]) await who.page.getByText('Расходится больше чем на 1: 1 вопрос').waitFor()
  await boris.page.getByText(noteOf('анна', 9)).waitFor()
  for (let step = 0; step < 6; step++) await key(anna, 'ArrowUp')
  await asked(anna, texts[3] ?? '')
  await anna.page.getByText('Расходятся на 2. Обсудите').waitFor()
  await key(anna, 'Shift+Digit2')
  await boris.page.getByRole('button', { name: /^Вопрос 4,/ }).press('Enter')
  await boris.page
    .getByRole('group', { name: 'Общая оценка' })
    .getByRole('button', { name: '2', pressed: true })
    .waitFor()

  await anna.page.getByRole('button', { name: /^Завершить/ }).press('Enter')
  await anna.page.getByRole('button', { name: 'Завершить звонок' }).press('Enter')
  await vera.page.getByText('Спасибо за разговор, Вера').waitFor()
  await anna.page.getByRole('textbox', { name: 'Сильные стороны' }).focus()
  await anna.page.keyboard.type('ВЫВОД-СИЛЬНЫЕ')
  await anna.page.getByRole('textbox', { name: 'Пробелы' }).focus()
  await anna.page.keyboard.type('ВЫВОД-ПРОБЕЛЫ')
  await anna.page.getByRole('radio', { name: 'Да', exact: true }).focus()
  await anna.page.keyboard.press('Space')
  await expect.poll(() => boris.page.getByRole('textbox', { name: 'Пробелы' }).inputValue()).toBe('ВЫВОД-ПРОБЕЛЫ')
  await boris.page.getByRole('radio', { name: 'Да', exact: true, checked: true }).waitFor()
  await inBothLanguages(anna, 'desk, over')
  await inBothLanguages(vera, 'candidate, over')

  const card = await scorecardOf(anna)
  const levels = (side: 'first' | 'second') => card.items.map((item) => item[side]?.rating)
  const script = (all: readonly (number | 'n')[]) => all.map((one) => (one === 'n' ? 'not-asked' : one))
  expect(card.items.map(({ text }) => text)).toEqual(texts)
  expect(levels('first')).toEqual(script(ratings.anna))
  expect(levels('second')).toEqual(script(ratings.boris))
  const offline = (at: number, index: number) => (index === at ? ', без сети' : '')
  expect(card.items.map(({ first }) => first?.note)).toEqual(texts.map((_, at) => noteOf('анна', at) + offline(6, at)))
  expect(card.items.map(({ second }) => second?.note)).toEqual(
    texts.map((_, at) => noteOf('борис', at) + offline(5, at)),
  )
  expect(card.items.map(({ agreed }) => agreed)).toEqual(texts.map((_, at) => (at === 3 ? 2 : null)))
  expect(card.conclusion).toEqual({ recommendation: 'yes', strengths: 'ВЫВОД-СИЛЬНЫЕ', gaps: 'ВЫВОД-ПРОБЕЛЫ' })

  const bytes = await veras()
  expect(bytes).toContain(texts[9])
  for (const secret of [noteMark, levelMark, 'ЗАМЕТКА', 'ВЫВОД', 'Backend, middle', capability]) {
    expect(bytes).not.toContain(secret)
  }
  const frames = vera.received.join('\n')
  expect(frames).not.toMatch(/"(rating|note|flagged|agreed|agenda|levels|opinions|conclusion|card)"/)
  for (const { faults } of [anna, boris, vera]) expect(faults).toEqual([])
  await way.close()
}, 600_000)

test('the candidate’s page opened twice shows the same, and never what is still to come', async () => {
  const plan = await planOfTen(product.address, { mayMoveOn: false, showsNumbers: false, seconds: null, minutes: null })
  const { pin, capability } = await openCall(product.address, plan)
  const [anna, vera, again] = [
    await device(browser, laptop),
    await device(browser, phone),
    await device(browser, laptop),
  ]
  await anna.page.goto(`${product.address}/interview/${pin}#${capability}`)
  const link = await linkIn(anna, 'Для кандидата')
  for (const { page } of [vera, again]) await page.goto(link)
  await again.page.getByRole('button', { name: 'Можно начинать' }).click()
  await vera.page.getByText('ждём первый вопрос').waitFor()
  await key(anna, 'ArrowRight')
  for (const who of [vera, again]) await asked(who, plan.items[0]?.text ?? '')
  expect(await vera.page.getByRole('button').count()).toBe(0)
  expect(await vera.page.getByText(/Вопрос \d/).count()).toBe(0)
  for (const { received } of [vera, again]) expect(received.join()).not.toContain(plan.items[1]?.text)
})

test('a question that is thought of during the call is the next one, and so is a follow-up of the bank', async () => {
  const plan = await planOfTen(product.address)
  const { pin, capability } = await openCall(product.address, plan)
  const anna = await device(browser, laptop)
  await anna.page.goto(`${product.address}/interview/${pin}#${capability}`)
  await anna.page.getByRole('heading', { name: 'Собеседование' }).waitFor()
  await key(anna, 'ArrowRight')
  await asked(anna, plan.items[0]?.text ?? '')

  await key(anna, 'KeyA')
  const dialog = anna.page.getByRole('dialog', { name: 'Добавить вопрос' })
  await dialog.getByRole('button', { name: 'Добавить', exact: true }).nth(2).waitFor()
  const followUp = await dialog.getByRole('listitem').first().locator('.text').innerText()
  await expectAccessible(anna.page, 'adding')
  await dialog.getByRole('button', { name: 'Добавить', exact: true }).first().press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await key(anna, 'ArrowRight')
  await asked(anna, followUp)

  await key(anna, 'KeyA')
  await anna.page.keyboard.type('Что вы сделали бы первым?')
  await anna.page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await key(anna, 'ArrowRight')
  await asked(anna, 'Что вы сделали бы первым?')
  await key(anna, 'KeyS')
  await asked(anna, plan.items[1]?.text ?? '')
})

test('of two texts that one person wrote on two devices none is lost unseen', async () => {
  const { pin, capability } = await openCall(product.address, await planOfTen(product.address))
  const ownPort = await freePort()
  const way = await delayProxy(product.port, 0, 0, ownPort)
  const [desk, train] = [await device(browser, laptop), await device(browser, laptop)]
  await desk.page.goto(`${product.address}/interview/${pin}#${capability}`)
  await train.page.goto(`${way.address}/interview/${pin}#${capability}`)
  for (const who of [desk, train]) await who.page.getByRole('textbox', { name: 'Заметка' }).waitFor()

  await way.close()
  await train.page.getByText('Связь пропала').waitFor()
  await write(train, 'в поезде')
  await write(desk, 'за столом')
  await leaveNote(desk)
  const back = await delayProxy(product.port, 0, 0, ownPort)
  await train.page.getByText('Здесь уже есть другой текст').waitFor()
  await train.page.getByText('за столом', { exact: true }).waitFor()
  await expectAccessible(train.page, 'two texts')
  await train.page.getByRole('button', { name: 'Оставить мой' }).press('Enter')
  await expect.poll(() => valueOfNote(desk.page)).toBe('в поезде')

  // Too long is said, and what is there stays.
  await train.page.getByRole('textbox', { name: 'Заметка' }).fill('ы'.repeat(100_000))
  await statusOfNote(train, 'Слишком длинно')
  expect(await valueOfNote(desk.page)).toBe('в поезде')
  await train.page.getByRole('textbox', { name: 'Заметка' }).fill('коротко')
  await expect.poll(() => valueOfNote(desk.page)).toBe('коротко')
  await back.close()
})

const valueOfNote = (page: Page) => page.getByRole('textbox', { name: 'Заметка' }).inputValue()

test('whoever has the PIN alone is not let in, and a link that was replaced is of no use', async () => {
  const { pin, capability } = await openCall(product.address, await planOfTen(product.address))
  const [anna, vera, stranger] = [
    await device(browser, laptop),
    await device(browser, phone),
    await device(browser, phone),
  ]
  await stranger.page.goto(`${product.address}/interview/${pin}`)
  await stranger.page.getByRole('heading', { name: 'Нужна ссылка' }).waitFor()
  expect(stranger.received).toEqual([])
  await anna.page.goto(`${product.address}/interview/${pin}#${capability}`)
  await vera.page.goto(await linkIn(anna, 'Для кандидата'))
  await vera.page.getByText('Вопросы задают Анна и Борис').waitFor()
  await anna.page.getByRole('button', { name: 'Заменить' }).first().press('Enter')
  await vera.page.getByRole('heading', { name: 'Ссылка больше не действует' }).waitFor()
})
