import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, laptop, launchBrowser, phone, wall } from '../support/browser.ts'
import { face, openRoom, press, takeSeat, pressKey } from '../support/evening.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-killed-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a power cut in the middle of a question loses nothing, and everyone is back by themselves', async () => {
  const host = await device(browser, laptop)
  const pin = await openRoom(host, product.address, ['Архитектура'], 3)
  const screen = await device(browser, wall)
  await screen.page.goto(`${product.address}/screen/${pin}`)
  const [ann, bob, vera] = [await device(browser, phone), await device(browser, phone), await device(browser, phone)]
  await takeSeat(ann, product.address, pin, 'Аня')
  await takeSeat(bob, product.address, pin, 'Борис')
  await takeSeat(vera, product.address, pin, 'Вера')

  await pressKey(host, 'ArrowRight')
  await face(vera.page, 'ready')
  await pressKey(host, 'Space')
  await press(ann, 'first')
  await press(bob, 'other')
  await ann.page.waitForFunction(() => Number(document.querySelector('.disc b')?.textContent) < 15)
  const before = await secondsLeft(ann.page)

  await product.kill()
  await ann.page.getByText('Связь пропала. Место и очки за вами').waitFor()
  await product.startAgain()

  // Nobody touches anything: the queue stands, and Аня's clock has gone on instead of beginning anew.
  await ann.page.getByText('Связь пропала').waitFor({ state: 'hidden' })
  await face(ann.page, 'first')
  await face(bob.page, 'other')
  expect(await secondsLeft(ann.page)).toBeLessThanOrEqual(before)
  await screen.page.getByText('Борис').first().waitFor()
  await host.page.getByText('3 на связи').waitFor()

  await pressKey(host, '3')
  await face(bob.page, 'first')
  await face(ann.page, 'locked')
  await pressKey(host, '1')
  await face(bob.page, 'closed')
  expect(await bob.page.locator('footer').innerText()).toMatch(/^1\s/)
  for (const { faults } of [host, screen, ann, bob, vera]) expect(faults).toEqual([])
})

const secondsLeft = async (page: Awaited<ReturnType<typeof device>>['page']) =>
  Number(await page.locator('.disc b').innerText())
