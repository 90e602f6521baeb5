import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, JSHandle, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, laptop, launchBrowser, phone } from '../support/browser.ts'
import { face, openRoom, pressAfterLight, pressKey, pressTogether, takeSeat } from '../support/evening.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-strict-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

/** What a phone shows now, and every face that its button takes on from now on, with its words. */
const facesOf = (page: Page): Promise<JSHandle<string[]>> =>
  page.evaluateHandle(() => {
    const main = document.querySelector('main[data-face]')
    if (!main) throw new Error('No table')
    const look = () => `${main.getAttribute('data-face')}: ${main.querySelector('h1')?.textContent}`
    const faces = [look()]
    new MutationObserver(() => faces.push(look())).observe(main, { attributes: true, attributeFilter: ['data-face'] })
    return faces
  })

/** The newest number that was told in these words; `NaN` where none was. */
const told = (received: string[], words: RegExp) =>
  Number(received.flatMap((message) => words.exec(message)?.[1] ?? []).at(-1) ?? NaN)

const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 60_000 })

test('in a strict room who presses too early is told so, and a pause takes the light back until it is over', async () => {
  const host = await device(browser, laptop)
  const pin = await openRoom(host, product.address, ['Архитектура'], 3, { 'Строгие фальстарты': 'Да' })
  const ann = await device(browser, phone)
  await takeSeat(ann, product.address, pin, 'Аня')
  await pressKey(host, 'ArrowRight')
  await face(ann.page, 'ready')

  const whileRead = await facesOf(ann.page)
  // A nervous thumb: how long one false start shows depends on how soon the answer comes.
  await eventually(async () => {
    await ann.page.locator('.disc').tap()
    return whileRead.jsonValue()
  }).toContain('early: Рано!')
  await host.page.getByText(/Нажали раньше 0,1 с после света\s+Аня/).waitFor()
  await face(ann.page, 'ready')

  await pressTogether(host, 'Space', 'Digit0')
  await host.page.getByRole('heading', { name: 'Пауза' }).waitFor()
  await face(ann.page, 'paused')
  const whilePaused = await facesOf(ann.page)
  // The pings go on: one that was sent after the light's instant comes behind a light that was not taken back.
  const sinceLight = () => told(ann.received, /"probe",.*"now":([\d.]+)/) - told(host.received, /"opensAt":([\d.]+)/)
  await eventually(sinceLight).toBeGreaterThan(100)
  expect(await whilePaused.jsonValue()).toEqual(['paused: Пауза'])

  // Later than what a strict room takes for a false start.
  await pressAfterLight(ann.page, 200)
  await pressKey(host, 'Digit0')
  await face(ann.page, 'first')
  await host.page.getByRole('heading', { name: 'Отвечает Аня' }).waitFor()
  expect(told(ann.received, /"light",.*"opening":(\d+)/)).toBe(1)
  for (const { faults } of [host, ann]) expect(faults).toEqual([])
})
