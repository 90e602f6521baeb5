import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, wall } from '../support/browser.ts'
import { delayProxy, type DelayProxy } from '../support/delay-proxy.ts'
import { face, openRoom, pressAfterLight, takeSeat } from '../support/evening.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folder: string
let [near, far]: DelayProxy[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-fair-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  near = await delayProxy(product.port, 3, 3)
  far = await delayProxy(product.port, 150, 150)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await near?.close()
  await far?.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

test('the later arrival with the earlier press wins, and the screens say why', async () => {
  const host = await device(browser, laptop)
  const pin = await openRoom(host, product.address, ['Архитектура'], 3)
  const screen = await device(browser, wall)
  await screen.page.goto(`${product.address}/screen/${pin}`)
  const [ann, bob] = [await device(browser, phone), await device(browser, phone)]
  await takeSeat(ann, far?.address ?? '', pin, 'Аня')
  await takeSeat(bob, near?.address ?? '', pin, 'Борис')

  await host.page.keyboard.press('ArrowRight')
  await face(ann.page, 'ready')
  await face(bob.page, 'ready')
  // Борис presses 80 ms after Аня, and is heard of some 65 ms before her.
  await pressAfterLight(ann.page, 80)
  await pressAfterLight(bob.page, 160)
  await host.page.keyboard.press('Space')

  await face(ann.page, 'first')
  await face(bob.page, 'other')
  await bob.page.getByText('Ваше место в очереди: 2').waitFor()
  await screen.page.getByText('Аня').first().waitFor()
  await host.page.getByText('Почему такой порядок').click()
  await expectAccessible(host.page, 'why this order')
  const rows = await host.page
    .locator('details tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) =>
          Number.parseInt(cell.textContent?.replace(/[^\d-]/g, '') || '0'),
        ),
      ),
    )
  const [first, second] = rows as [number[], number[]]
  const [pressed, came] = [1, 2]
  expect(first[pressed]).toBe(0)
  expect(second[pressed]).toBeGreaterThan(20)
  expect(first[came]).toBeGreaterThan(second[came] ?? Infinity)
})
