import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, wall } from '../support/browser.ts'
import { delayProxy, type DelayProxy } from '../support/delay-proxy.ts'
import { face, openRoom, pressAfterLight, pressKey, takeSeat } from '../support/evening.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folder: string
let [near, far]: DelayProxy[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-fair-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  near = await delayProxy(product.port, 3, 3)
  far = await delayProxy(product.port, 200, 200)
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

  await pressKey(host, 'ArrowRight')
  await face(ann.page, 'ready')
  await face(bob.page, 'ready')
  // Борис presses 100 ms after Аня, and is heard of some 100 ms before her: a busy machine may be as late with either.
  await pressAfterLight(ann.page, 80)
  await pressAfterLight(bob.page, 180)
  await pressKey(host, 'Space')

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
  const [pressed, came, way] = [1, 2, 3]
  expect(first[pressed]).toBe(0)
  expect(second[pressed]).toBeGreaterThan(20)
  expect(first[came]).toBeGreaterThan(second[came] ?? Infinity)
  // There and back it is 400 ms to Аня, and 6 to Борис.
  expect(first[way]).toBeGreaterThan(100)
  for (const row of [first, second])
    expect(Math.abs((row[came] ?? 0) - (row[pressed] ?? 0) - (row[way] ?? 0))).toBeLessThan(2)

  const behind = `+${second[pressed]}\u00a0мс`
  const line = await screen.page.locator('p.line', { hasText: 'Следом' }).innerText()
  expect(line.replace(/\s+/g, ' ').trim()).toBe(`Следом Борис, ${behind}`.replace(/\s+/g, ' '))
  await screen.page.locator('li', { hasText: 'Борис' }).getByText(behind).waitFor()
  await bob.page.getByText(`Ваше место в очереди: 2, ${behind}`).waitFor()
})
