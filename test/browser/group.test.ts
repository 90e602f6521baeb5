import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone } from '../support/browser.ts'
import { Product } from '../support/product.ts'

const one = ['## One', ...Array.from({ length: 9 }, (_, index) => `Question ${index + 1}?`)]
const two = ['## Two', ...Array.from({ length: 3 }, (_, index) => `Other ${index + 1}?`)]

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-group-'))
  await writeFile(join(folder, 'dozen.md'), ['# Dozen', ...one, ...two].join('\n\n'))
  product = await Product.start({ KNOPKA_DATA: join(folder, 'data'), KNOPKA_BANKS: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const groupLink = (page: Page) => page.getByRole('button', { name: 'Ссылка группы' })
const dialog = (page: Page) => page.getByRole('dialog')
const linkIn = (page: Page) => dialog(page).getByRole('textbox').inputValue()
const carried = (link: string) =>
  JSON.parse(Buffer.from(new URL(link).hash.slice(1), 'base64url').toString()) as { group?: string }

test('a group’s link remembers what was played, on another device too, until somebody wants it forgotten', async () => {
  const { address } = product
  const { page, faults } = await device(browser, laptop)
  await page.goto(`${address}/host`)
  await page.getByText('Ссылка группы запомнит, что вы уже сыграли').waitFor()
  await page.getByText('узнаем, когда вопросы сыграют хотя бы по 3 раза').waitFor()

  await groupLink(page).click()
  await expectAccessible(page, 'no link yet')
  await page.getByRole('button', { name: 'Создать ссылку' }).click()
  await page.getByRole('button', { name: 'Скопировать' }).waitFor()
  await expectAccessible(page, 'the group’s link')
  const link = await linkIn(page)
  expect(carried(link).group).toMatch(/^[\w-]{22}$/)
  await page.keyboard.press('Escape')
  await page.getByText('Новое для вас: 12 из 12').waitFor()

  await page.getByRole('treeitem', { name: /^One/ }).click()
  await page.getByText('Новое для вас: 12 из 12, в выбранном новых 9 из 9').waitFor()
  await page.getByRole('button', { name: /Открыть комнату/ }).click()
  await page.waitForURL(/\/host\/\d{6}$/)
  await page.getByRole('button', { name: /Начать/ }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page
    .getByText(/^Question \d\?$/)
    .first()
    .waitFor()
  await page.goto(`${address}/host`)
  await page.getByText('Новое для вас: 11 из 12, в выбранном новых 8 из 9, повторится 1 из 9').waitFor()
  await expectAccessible(page, 'the picker')

  await page.getByRole('button', { name: 'Ссылка на настройки' }).click()
  expect(carried(await linkIn(page)).group).toBeUndefined()
  await page.getByRole('checkbox', { name: /Вместе с группой/ }).check()
  expect(carried(await linkIn(page)).group).toBe(carried(link).group)
  await expectAccessible(page, 'the settings with the group')
  await page.keyboard.press('Escape')

  const other = await device(browser, phone)
  await other.page.goto(`${address}/host${new URL(link).hash}`)
  await other.page.getByText(/Новое для вас: 11 из 12/).waitFor()
  await other.page.getByRole('searchbox').fill('question')
  await other.page.getByRole('treeitem', { name: /уже играли/ }).waitFor()
  const width = () => other.page.evaluate(() => document.documentElement.scrollWidth)
  expect(await width()).toBeLessThanOrEqual(360)
  await groupLink(other.page).click()
  await other.page.getByRole('button', { name: 'Стереть сыгранное' }).click()
  await dialog(other.page).getByText('В этом банке сыгран 1 вопрос').waitFor()
  await expectAccessible(other.page, 'to forget or not')
  await other.page.getByRole('button', { name: 'Отмена' }).click()
  await other.page.getByRole('button', { name: 'Стереть сыгранное' }).click()
  await other.page.getByRole('button', { name: 'Стереть сыгранное' }).click()
  await other.page.getByText('Стёрто. Все вопросы снова новые').waitFor()
  await other.page.keyboard.press('Escape')
  await other.page.getByText(/Новое для вас: 12 из 12/).waitFor()
  expect(await width()).toBeLessThanOrEqual(360)
  await page.reload()
  await page.getByText(/Новое для вас: 12 из 12/).waitFor()
  expect([...faults, ...other.faults]).toEqual([])
})

test('settings without a group are played with one’s own, and one may play without', async () => {
  const { page } = await device(browser, laptop)
  await page.goto(`${product.address}/host`)
  await groupLink(page).click()
  await page.getByRole('button', { name: 'Создать ссылку' }).click()
  const own = carried(await linkIn(page)).group
  await page.keyboard.press('Escape')
  const strangers = { bank: 'dozen', sections: [], count: 2, rules: {}, difficulty: 'hard' }
  await page.goto('about:blank')
  await page.goto(`${product.address}/host#${Buffer.from(JSON.stringify(strangers)).toString('base64url')}`)
  await page.getByText('Настройки взяты из ссылки').waitFor()
  expect(await page.getByRole('radio', { name: 'Потруднее' }).isChecked()).toBe(true)
  await groupLink(page).click()
  expect(carried(await linkIn(page)).group).toBe(own)
  await page.getByRole('button', { name: 'Играть без группы' }).click()
  await page.getByRole('button', { name: 'Играть без группы' }).click()
  await page.getByRole('button', { name: 'Создать ссылку' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Ссылка группы запомнит, что вы уже сыграли').waitFor()
  await page.context().close()
})
