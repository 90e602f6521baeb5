import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, laptop, launchBrowser, phone } from '../support/browser.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folder: string

const sections = [...'ABC'].flatMap((letter) => [
  `## Section ${letter}`,
  ...Array.from({ length: 9 }, (_, index) => `Topic ${letter}${index + 1}, what is it?`),
])

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-candidates-'))
  await writeFile(join(folder, 'nines.md'), ['# Nines', ...sections].join('\n\n'))
  product = await Product.start({ KNOPKA_DATA: join(folder, 'data'), KNOPKA_BANKS: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** From the plan's page to the end of the call. @returns the questions as the candidate was shown them */
async function interview(page: Page, name: string, levels: readonly number[]): Promise<string[]> {
  await button(page, 'Начать собеседование').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill(name)
  await dialog.getByRole('textbox').nth(1).fill('Анна')
  await dialog.getByRole('button', { name: 'Начать', exact: true }).click()
  const candidate = await device(browser, phone)
  await candidate.page.goto(await page.getByLabel('Для кандидата', { exact: true }).first().inputValue())
  await button(candidate.page, 'Можно начинать').click()

  const shown: string[] = []
  for (const level of levels) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('ArrowRight')
    const heading = candidate.page.getByRole('heading', { name: /^Topic/ })
    await expect.poll(() => heading.innerText().catch(() => shown.at(-1))).not.toBe(shown.at(-1))
    const asked = await heading.innerText()
    shown.push(asked)
    // The candidate may see it a moment before the interviewer, who rates what is on their own page.
    await page.getByRole('heading', { name: asked, exact: true }).waitFor()
    await page.keyboard.press(`Digit${level}`)
    await page
      .getByRole('button', { name: new RegExp(`^${level}`), pressed: true })
      .first()
      .waitFor()
  }
  await button(page, /^Завершить/).click()
  await button(page, 'Завершить звонок').click()
  await candidate.page.getByText(`Спасибо за разговор, ${name}`).waitFor()
  await candidate.page.context().close()
  return shown
}

const cells = (page: Page, row: string) =>
  page.getByRole('row').filter({ hasText: row }).first().getByRole('cell').allInnerTexts()

test('two candidates of one plan get the same questions, stand side by side, and one is deleted for good', async () => {
  const { page, faults } = await device(browser, laptop)
  await page.goto(`${product.address}/interview`)
  for (const [letter, count] of [
    ['A', 4],
    ['C', 6],
  ] as const) {
    for (let times = 0; times < count; times++) await button(page, `Больше: Section ${letter}`).click()
  }
  const drawn = await page.locator('.asked').allInnerTexts()
  expect(drawn).toHaveLength(10)
  await page.getByRole('textbox', { name: 'Название плана' }).fill('Backend')
  await button(page, 'Сохранить план').click()
  const plan = await page.getByRole('dialog').getByRole('textbox').inputValue()
  await page.keyboard.press('Escape')

  const levels = { Вера: [4, 3, 2, 1, 0, 4, 3, 2, 1, 0], Глеб: [0, 1, 2, 3, 4, 4, 4, 4, 4, 4] }
  expect(await interview(page, 'Вера', levels.Вера)).toEqual(drawn)
  await page.getByRole('link', { name: 'Карточка кандидата' }).first().click()
  await page.getByRole('heading', { name: 'Вера', level: 1 }).waitFor()
  const card = page.url()

  await page.goto(plan)
  expect(await interview(page, 'Глеб', levels.Глеб)).toEqual(drawn)

  await page.goto(plan)
  await page.getByText('Вера', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Сравнить' }).click()
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Backend' }).waitFor()
  for (const [index, text] of drawn.entries()) {
    const [vera = '', gleb = ''] = await cells(page, text)
    expect([vera[0], gleb[0]]).toEqual([String(levels.Вера[index]), String(levels.Глеб[index])])
  }

  await page.goto(card)
  await button(page, 'Удалить').click()
  await button(page, 'Удалить навсегда').click()
  await page.getByRole('heading', { name: 'Данные кандидата удалены' }).waitFor()
  await page.goto(plan)
  await page.getByText('Глеб', { exact: true }).waitFor()
  expect(await page.getByText('Вера', { exact: true }).count()).toBe(0)
  expect(faults).toEqual([])
}, 300_000)
