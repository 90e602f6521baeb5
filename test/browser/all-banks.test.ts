import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone } from '../support/browser.ts'
import { pressKey, takeSeat } from '../support/evening.ts'
import { Product } from '../support/product.ts'

const aloud = ['# Aloud', '## Networks', 'What is DNS?', 'What is TCP?', 'What is TLS?']
const chosen = ['# Chosen', '## Ports', 'Which port is https?\n- [x] 443\n- [ ] 80']

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-banks-'))
  for (const bank of [aloud, chosen]) await writeFile(join(folder, `${bank[0]?.slice(2)}.md`), bank.join('\n\n'))
  product = await Product.start({ KNOPKA_DATA: join(folder, 'data'), KNOPKA_BANKS: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const row = (page: Page, name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) })
const isTicked = (page: Page, name: string) => row(page, name).getAttribute('aria-checked')
const bankField = (page: Page) => page.getByRole('combobox', { name: 'Банк вопросов' })

test('one evening plays of two banks: what was ticked stays, and a round behind it shows options', async () => {
  const host = await device(browser, laptop)
  const { page, faults } = host
  await page.goto(`${product.address}/host`)
  await row(page, 'Networks').click()
  await page.getByRole('spinbutton', { name: 'Сколько вопросов' }).fill('1')
  await bankField(page).selectOption({ label: 'Все банки вместе · 4 вопроса' })
  await row(page, 'Chosen').waitFor()
  expect([await isTicked(page, 'Aloud'), await isTicked(page, 'Chosen')]).toEqual(['true', 'false'])
  await expectAccessible(page, 'all banks')
  await page.getByRole('button', { name: 'Добавить раунд' }).click()
  await page.getByRole('searchbox').fill('port')
  await row(page, 'Ports').click()
  await page.getByRole('button', { name: /Открыть комнату/ }).click()
  await page.waitForURL(/\/host\/\d{6}$/)
  const pin = page.url().slice(-6)

  const guest = await device(browser, phone)
  await takeSeat(guest, product.address, pin, 'Аня')
  await page.getByRole('button', { name: /Начать/ }).waitFor()
  await pressKey(host, 'ArrowRight')
  await pressKey(host, '4')
  await page.getByText('Раунд 2', { exact: true }).first().waitFor()
  await pressKey(host, 'ArrowRight')
  await page.getByRole('heading', { name: 'Объявите раунд' }).waitFor()
  await pressKey(host, 'ArrowRight')
  await page.getByText('Which port is https?').first().waitFor()
  await pressKey(host, 'Space')
  await guest.page.getByText('443', { exact: true }).waitFor()
  expect([...faults, ...guest.faults]).toEqual([])

  await page.goto(`${product.address}/host`)
  await row(page, 'Chosen').waitFor()
  expect(await bankField(page).inputValue()).toBe('*')
  await bankField(page).selectOption({ label: 'Aloud · 3 вопроса' })
  await row(page, 'Networks').waitFor()
  expect(await isTicked(page, 'Networks')).toBe('true')
  await page.getByText('Раунд 2: отметьте хотя бы один раздел').waitFor()
})
