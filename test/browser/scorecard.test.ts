import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Comparison, ScorecardPage } from '@knopka/shared/contracts'
import type { Scorecard } from '@knopka/shared/game'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone } from '../support/browser.ts'
import { cardAfter, irina, type Answered } from '../support/cards.ts'
import { Product } from '../support/product.ts'

const pin = '246802'
const seatToken = 'seat-token-of-the-call'
const planKey = 'planplanplanplanplan12'

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-scorecard-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const concluded = cardAfter(irina, {
  conclusion: {
    recommendation: 'yes',
    strengths: 'Python знает изнутри, ошибку в своём ответе находит без подсказки.',
    gaps: 'Гонки и отмена задач в asyncio.',
  },
})

/** What the server has; the answers of its API to this page come from here. */
interface Shelf {
  card: Scorecard | null
  deletedWith: string[]
}

async function open(options: BrowserContextOptions, shelf: Shelf, right: Record<string, string> = {}) {
  const { page, faults } = await device(browser, options)
  const rights = [`Bearer ${seatToken}`, `Bearer ${planKey}`]
  await page.route('**/api/scorecards/*', async (route) => {
    const bearer = route.request().headers().authorization ?? ''
    const mayDelete = rights.includes(bearer)
    if (!shelf.card) return route.fulfill({ status: 404, json: { code: 'no-results' } })
    if (route.request().method() === 'GET') {
      const card: ScorecardPage = { ...shelf.card, pin, mayDelete }
      return route.fulfill({ json: card })
    }
    shelf.card = null
    shelf.deletedWith.push(bearer)
    return route.fulfill({ json: {} })
  })
  await page.addInitScript((kept) => {
    for (const [key, value] of Object.entries(kept)) localStorage.setItem(`knopka.${key}`, value)
  }, right)
  await page.goto(`${product.address}/scorecard/card-1`)
  await page.getByRole('heading', { level: 1 }).filter({ hasText: /./ }).waitFor()
  await page.locator('[aria-busy]').waitFor({ state: 'detached' })
  return { page, faults }
}

const full = (card: Scorecard = concluded): Shelf => ({ card, deletedWith: [] })
const plans = ['anotherplananotherplan', planKey].map((key) => ({ key, title: '' }))
const byPlan = { plans: JSON.stringify(plans) }
const bySeat = { [`call.${pin}`]: 'Abc-12', [`call-Abc-12.${pin}`]: seatToken }

async function openComparison(options: BrowserContextOptions, cards: Scorecard[] | null): Promise<Page> {
  const { page } = await device(browser, options)
  await page.route(`**/api/plans/${planKey}/comparison`, (route) => {
    if (!cards) return route.fulfill({ status: 404, json: { code: 'not-found' } })
    const comparison: Comparison = {
      title: 'Backend, middle',
      levels: concluded.levels,
      cards: cards.map((card, index) => ({ ...card, card: `card-${index}` })),
    }
    return route.fulfill({ json: comparison })
  })
  await page.goto(`${product.address}/compare#${planKey}`)
  await page.getByRole('heading', { level: 1 }).filter({ hasText: /./ }).waitFor()
  await page.locator('[aria-busy]').waitFor({ state: 'detached' })
  return page
}

/** The text of each cell, as it is read out. */
const rowsOf = (page: Page, table: string): Promise<string[][]> =>
  page
    .locator(`table:has(caption:text-is("${table}")) tr`)
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...(row as HTMLTableRowElement).cells].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()),
      ),
    )

const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const desks = [
  { locale: 'ru-RU', colorScheme: 'light' },
  { locale: 'en-US', colorScheme: 'dark' },
] as const

describe.each(desks)('in $locale, $colorScheme', ({ locale, colorScheme }) => {
  const desk = { ...laptop, locale, colorScheme }

  test('the scorecard is accessible, also on a phone and while one deletes it', async () => {
    const { page, faults } = await open(desk, full(), bySeat)
    await expectAccessible(page, 'scorecard')
    await page.setViewportSize({ width: 360, height: 640 })
    await expectAccessible(page, 'scorecard, phone')
    await page.getByRole('button', { name: /^(Удалить|Delete)$/ }).click()
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page, 'scorecard, deleting')
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('the comparison is accessible, also with notes', async () => {
    const page = await openComparison(desk, [concluded, concluded, concluded])
    await page.getByRole('button', { name: /заметками|notes/ }).click()
    await expectAccessible(page, 'comparison')
    await page.context().close()
  })
})

test('sections and questions are tables for whoever cannot see the chart', async () => {
  const { page } = await open(laptop, full())
  const sections = await rowsOf(page, 'Средние по разделам')
  expect(sections.slice(1)).toEqual([
    ['Python', '', '3,3', '3,0', '3,2', '3 из 3'],
    ['WEB · HTTP', '', '2,0', '3,5', '3,0', '2 из 2'],
    ['Базы данных', '', '2,7', '2,7', '2,7', '3 из 3'],
    ['Конкурентность', '', '1,5', '1,5', '1,5', '2 из 2'],
    ['Архитектура', '', '3,0', '2,5', '2,8', '2 из 2'],
  ])
  const questions = await rowsOf(page, 'Вопросы')
  expect(questions[4]?.[0]).toBe('4')
  expect(questions[4]?.[1]).toContain('разошлись')
  expect(questions[4]?.[1]).toContain('Марк: общая идея')
  expect(questions[4]?.[1]).toContain('Вместе: уверенно')
  expect(questions[4]?.slice(2)).toEqual(['2', '4', '3', '1:05'])
  await page.context().close()
})

test('whoever has no right to it sees no way to delete it', async () => {
  const { page } = await open(laptop, full())
  await page.getByRole('button', { name: 'Печать' }).waitFor()
  expect(await page.getByRole('button', { name: 'Удалить' }).count()).toBe(0)
  await page.context().close()
})

test.each<[string, Record<string, string>]>([
  ['its seat in the call', bySeat],
  ['the plan', byPlan],
])('it is deleted by what this device keeps: %s', async (_what, right) => {
  const shelf = full()
  const { page } = await open(laptop, shelf, right)
  await page.getByRole('button', { name: 'Удалить' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Ирина С.: исчезнут эта карта оценок и вся запись собеседования').waitFor()
  await dialog.getByRole('button', { name: 'Удалить навсегда' }).click()
  await page.getByRole('heading', { name: 'Данные кандидата удалены' }).waitFor()
  expect(shelf.deletedWith).toEqual([`Bearer ${right === bySeat ? seatToken : planKey}`])
  await page.reload()
  await page.getByRole('heading', { name: 'Такой карты оценок нет' }).waitFor()
  await expectAccessible(page, 'scorecard, gone')
  await page.context().close()
})

test('the files hold the interview', async () => {
  const { page } = await open({ ...laptop, acceptDownloads: true }, full())
  for (const [name, ending, part] of [
    ['Markdown', 'md', '# Ирина С.'],
    ['CSV', 'csv', 'candidate,plan,number'],
    ['JSON', 'json', '"planTitle": "Backend, middle"'],
  ] as const) {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: `Скачать ${name}` }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(new RegExp(`^knopka-.*2026-11-23\\.${ending}$`))
    expect(await readFile(await file.path(), 'utf8')).toContain(part)
  }
  await page.context().close()
})

/** Cards that a page may be too small for. */
const long = 'Оченьдлинноеслово '.repeat(240).slice(0, 4000)
const many: Answered[] = Array.from({ length: 200 }, (_, index) => ({
  section: `Раздел ${index % 12}`,
  first: 3,
  second: 1,
  ...(index % 20 === 0 ? { firstNote: long, secondNote: long, answer: long } : {}),
}))
const hard: [string, Scorecard][] = [
  ['long names and notes, 200 questions', cardAfter(many, { candidate: 'Ш'.repeat(32), planTitle: 'Ю'.repeat(60) })],
  ['one section, one interviewer', cardAfter([{ first: 0 }, { first: 4 }], { interviewers: ['Марк'] })],
  ['no rating at all', cardAfter([{ unseen: true }, { unseen: true, section: '' }])],
]

describe.each(hard)('%s', (_, card) => {
  test('the scorecard is as wide as the page, and A4 on paper', async () => {
    const { page, faults } = await open(laptop, full(card))
    expect(await overflowOf(page)).toBe(0)
    await page.setViewportSize({ width: 360, height: 640 })
    expect(await overflowOf(page)).toBe(0)
    const paper = await paperOf(page)
    expect(new Set(paper)).toEqual(new Set(['595 x 842']))
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('the comparison keeps the questions in sight, and lies across A4', async () => {
    const page = await openComparison(
      laptop,
      Array.from({ length: 12 }, () => card),
    )
    expect(await overflowOf(page)).toBe(0)
    const name = page.getByRole('rowheader', { name: /^Средняя|^Рекомендация/ }).first()
    const before = await name.boundingBox()
    await page.locator('table').evaluate((table) => table.parentElement?.scrollTo({ left: 400 }))
    expect((await name.boundingBox())?.x).toBe(before?.x)
    expect(new Set(await paperOf(page))).toEqual(new Set(['842 x 595']))
    await page.context().close()
  })
})

test('a question is never cut by the end of a page', async () => {
  const { page } = await open(laptop, full())
  await page.emulateMedia({ media: 'print' })
  const rules = await page
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => getComputedStyle(row).breakInside))
  expect(new Set(rules)).toEqual(new Set(['avoid']))
  const heads = await page.locator('thead').evaluateAll((heads) => heads.map((head) => getComputedStyle(head).display))
  expect(new Set(heads)).toEqual(new Set(['table-header-group']))
  await page.context().close()
})

/** Each page's width and height in points. */
async function paperOf(page: Page): Promise<string[]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))} x ${Math.round(Number(height))}`,
  )
}

test('candidates of a plan stand side by side, and what was added to one alone below', async () => {
  const short: Answered[] = irina
    .slice(0, 11)
    .map(({ text = '', section = '' }) => ({ text, section, first: 1, second: 1, seconds: 30 }))
  const oleg = cardAfter([...short, { added: true, text: 'А если упадёт брокер?', first: 4 }], { candidate: 'Олег' })
  const page = await openComparison(laptop, [concluded, oleg])
  const rows = await rowsOf(page, 'Сравнение кандидатов')
  const line = (start: string) => rows.find(([head]) => head?.includes(start))?.slice(1)
  expect(rows[0]).toEqual(['', 'Ирина С. 23 ноября', 'Олег 23 ноября'])
  expect(line('Рекомендация')).toEqual(['Да', '—'])
  expect(line('Конкурентность')).toEqual(['1,5', '1,0'])
  expect(line('Какие методы HTTP')).toEqual(['3 разошлись 1:05', '1 0:30'])
  expect(line('Где проходят границы')).toEqual(['2,5 1:38', '— не в плане'])
  expect(line('А если упадёт брокер')).toEqual(['', '4 1:00'])
  expect(await page.getByRole('link', { name: 'Олег' }).getAttribute('href')).toBe('/scorecard/card-1')
  await page.context().close()
})

test.each([
  ['nobody yet', [], 'По этому плану ещё никого не спрашивали'],
  ['one alone', [concluded], 'Сравнивать пока не с кем'],
  ['no such plan', null, 'Проверьте, что ссылка скопирована целиком'],
] as const)('a comparison of %s says what to do', async (_, cards, words) => {
  const page = await openComparison({ ...phone, locale: 'ru-RU' }, cards && [...cards])
  await page.getByText(words).waitFor()
  expect(await overflowOf(page)).toBe(0)
  await page.context().close()
})
