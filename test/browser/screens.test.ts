import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone } from '../support/browser.ts'
import { asHost, asPlayer, askNext } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom } from '../support/server.ts'

let browser: Browser
let product: Product
let folder: string
let pin: string
let results: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-screens-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  browser = await launchBrowser()
  const room = await openRoom(product.address)
  pin = room.pin
  results = await playShortEvening()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

/** @returns the id of its results */
async function playShortEvening(): Promise<string> {
  const { pin, capability } = await openRoom(product.address)
  const host = await asHost(product.address, pin, capability)
  const ann = await asPlayer(product.address, pin, 'Аня')
  const turn = await askNext(host)
  await host.say({ type: 'openBuzzers', turn })
  await ann.buzz(turn)
  await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  await host.say({ type: 'correctScore', seat: ann.seat, points: 2, reason: 'Красивый ответ' })
  await host.say({ type: 'end' })
  await host.until(({ state }) => state.results !== null)
  for (const guest of [host, ann]) guest.leave()
  return host.state.results?.id ?? ''
}

const desks = (['ru-RU', 'en-US'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
)

async function open(options: BrowserContextOptions, path: string): Promise<{ page: Page; faults: string[] }> {
  const { page, faults } = await device(browser, options)
  await page.goto(`${product.address}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, faults }
}

describe.each(desks)('in $locale, $colorScheme', ({ locale, colorScheme }) => {
  const desk = { ...laptop, locale, colorScheme }

  test('the start is accessible, also with a wrong code', async () => {
    const { page } = await open(desk, '/')
    await expectAccessible(page, 'start')
    await page.locator('input:focus').waitFor()
    await page.keyboard.type('000000')
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor()
    await expectAccessible(page, 'start, wrong code')
    await page.context().close()
  })

  test('the set-up is accessible, also while one searches and shares', async () => {
    const { page, faults } = await open(desk, '/host')
    await page.getByRole('treeitem', { name: /^WEB/ }).click()
    await page.keyboard.press('ArrowRight')
    await expectAccessible(page, 'set-up')
    await page.getByRole('searchbox').fill('индекс')
    await page.locator('mark').first().waitFor()
    await expectAccessible(page, 'set-up, searching')
    await page.getByRole('button', { name: /Ссылка на настройки|Link to these settings/ }).click()
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page, 'set-up, sharing')
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('the results are accessible, also on a phone', async () => {
    const { page, faults } = await open(desk, `/results/${results}`)
    await expectAccessible(page, 'results')
    await page.setViewportSize({ width: 360, height: 640 })
    await expectAccessible(page, 'results, phone')
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('a console without the right to it says what is missing', async () => {
    const { page } = await open(desk, `/host/${pin}`)
    await expectAccessible(page, 'console, no right')
    await page.context().close()
  })
})

describe.each(['ru-RU', 'en-US'])('on a phone in %s', (locale) => {
  test('the form to join is accessible, and so is a room that is not there', async () => {
    const { page } = await open({ ...phone, locale }, `/${pin}`)
    await expectAccessible(page, 'join')
    await page.goto(`${product.address}/000001`)
    await page.getByRole('alert').waitFor()
    await expectAccessible(page, 'no such room')
    await page.context().close()
  })
})

test('a name that is taken is refused in words, until another one is typed', async () => {
  const ann = await asPlayer(product.address, pin, 'Аня')
  const { page } = await open({ ...phone, locale: 'ru-RU' }, `/${pin}`)
  await page.getByRole('textbox').fill('аня')
  await page.keyboard.press('Enter')
  await page.getByText('Такое имя уже есть').waitFor()
  await expectAccessible(page, 'join, refused')
  await page.getByRole('textbox').fill('Анна')
  await page.getByText('Такое имя уже есть').waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await page.locator('[data-face]').waitFor()
  await page.context().close()
  ann.leave()
})

test.each(['with', 'before'])('no page is wider than a small phone, %s its font', async (font) => {
  for (const path of ['/', '/host', '/study', `/host/${pin}`, `/${pin}`, `/results/${results}`]) {
    const { page } = await device(browser, phone)
    if (font === 'before') await page.route('**/*.woff2', (route) => route.abort())
    await page.goto(`${product.address}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    if (font === 'with') await page.evaluate(() => document.fonts.ready)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect.soft(width, path).toBeLessThanOrEqual(360)
    await page.context().close()
  }
})
