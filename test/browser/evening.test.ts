import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, wall } from '../support/browser.ts'
import { face, openRoom, press, pressKey, takeSeat } from '../support/evening.ts'
import { noteMark, notedBanks } from '../support/noted-bank.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folders: string[]

beforeAll(async () => {
  folders = [await mkdtemp(join(tmpdir(), 'knopka-evening-')), await notedBanks()]
  const [data, banks] = folders as [string, string]
  product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

const figures = (page: Page) => page.locator('footer').innerText()

test('an evening on the real bank, from the set-up to the podium, through the interface alone', async () => {
  const host = await device(browser, { ...laptop, colorScheme: 'light' })
  await host.page.goto(`${product.address}/host`)
  await host.page.getByRole('treeitem').first().waitFor()
  await expectAccessible(host.page, 'set-up, ru, light')
  const pin = await openRoom(host, product.address, ['Архитектура', 'WEB'], 6)
  const [screen, englishScreen] = [await device(browser, wall), await device(browser, { ...wall, locale: 'en-US' })]
  const ann = await device(browser, phone)
  const bob = await device(browser, { ...phone, locale: 'en-US' })
  const vera = await device(browser, phone)
  const everyone = [host, screen, englishScreen, ann, bob, vera]

  /** Every screen in this state, desks in both themes. */
  const expectAllAccessible = async (state: string) => {
    for (const scheme of ['dark', 'light'] as const) {
      await host.page.emulateMedia({ colorScheme: scheme })
      await expectAccessible(host.page, `console, ${scheme}, ${state}`)
    }
    for (const [name, { page }] of Object.entries({ screen, englishScreen, ann, bob })) {
      await expectAccessible(page, `${name}, ${state}`)
    }
  }
  const key = (code: string) => pressKey(host, code)
  const ask = async () => {
    await key('ArrowRight')
    await face(vera.page, 'ready')
    await key('Space')
  }

  await screen.page.goto(`${product.address}/screen/${pin}`)
  await englishScreen.page.goto(`${product.address}/screen/${pin}`)
  await takeSeat(ann, product.address, pin, 'Аня')
  await takeSeat(bob, product.address, pin, 'Борис')
  await takeSeat(vera, product.address, pin, 'Вера')
  for (const name of ['Аня', 'Борис', 'Вера']) await screen.page.getByText(name, { exact: true }).first().waitFor()
  await expectAllAccessible('lobby')

  // 1: Аня is first and right.
  await ask()
  await face(ann.page, 'press')
  await expectAllAccessible('buzzers open')
  await press(ann, 'first')
  await screen.page.getByText('Аня').first().waitFor()
  await expectAllAccessible('someone answers')
  await key('1')
  await face(ann.page, 'closed')
  await expectAllAccessible('question closed')

  // 2: Борис is wrong, Вера waits behind and is right.
  await ask()
  await press(bob, 'first')
  await press(vera, 'other')
  await key('3')
  await face(vera.page, 'first')
  await face(bob.page, 'locked')
  await expectAccessible(bob.page, 'locked out, en')
  await key('1')
  await face(vera.page, 'closed')

  // 3: Борис, in part. 4: nobody, skipped.
  await ask()
  await press(bob, 'first')
  await key('2')
  await face(bob.page, 'closed')
  await ask()
  await key('4')
  await face(ann.page, 'closed')

  // 5: Аня is wrong, reloads in the middle of the question and is still out of it.
  await ask()
  await press(ann, 'first')
  await key('3')
  await face(ann.page, 'locked')
  await ann.page.reload()
  await face(ann.page, 'locked')
  expect(await figures(ann.page)).toMatch(/^1\s/)
  // Борис is right, which is taken back: he has the floor again, and is wrong after all.
  await press(bob, 'first')
  await key('1')
  await face(bob.page, 'closed')
  await key('Backspace')
  await face(bob.page, 'first')
  await key('3')
  await host.page.reload()
  await host.page.getByRole('heading', { name: 'Кнопки открыты' }).waitFor()
  await press(vera, 'first')
  await key('1')
  await face(vera.page, 'closed')
  await key('5')
  await screen.page.getByText(noteMark).waitFor()

  // Four questions later the host thinks better of the first one: Аня had only half of it.
  await host.page.getByRole('button', { name: 'Аня, верно' }).click()
  await expectAccessible(host.page, 'changing a verdict')
  await host.page.getByRole('dialog').getByRole('button', { name: 'Частично' }).click()
  await key('6')
  await expectAllAccessible('standings')

  await host.page.getByRole('button', { name: 'Завершить' }).click()
  await host.page.getByRole('dialog').getByRole('button', { name: 'Завершить' }).click()
  await face(ann.page, 'over')
  await expectAllAccessible('podium')

  // By hand: Вера 1 + 1, Аня ½, Борис ½.
  await host.page.getByRole('link', { name: 'Итоги и выгрузки' }).click()
  await host.page.getByRole('heading', { name: 'Все вопросы' }).waitFor()
  await expectAccessible(host.page, 'results, ru, light')
  await host.page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(host.page, 'results, ru, dark')
  const results = JSON.parse(await download(host.page, 'JSON')) as DownloadedResults
  expect(results.standings.map(({ place, name, score }) => [place, name, score])).toEqual([
    [1, 'Вера', 2],
    [2, 'Аня', 0.5],
    [2, 'Борис', 0.5],
  ])
  const names = new Map(results.standings.map(({ seat, name }) => [seat, name]))
  expect(
    results.questions.map(({ closed, verdicts }) => [
      closed,
      ...verdicts.map(({ seat, verdict }) => `${names.get(seat)} ${verdict}`),
    ]),
  ).toEqual([
    ['answered', 'Аня partly'],
    ['answered', 'Борис wrong', 'Вера right'],
    ['answered', 'Борис partly'],
    ['skipped'],
    ['answered', 'Аня wrong', 'Борис wrong', 'Вера right'],
  ])
  expect(await download(host.page, 'CSV')).toContain('Вера')
  expect(await download(host.page, 'Markdown')).toContain('| 1 | Вера | 2 |')

  // Only the note that was revealed ever came to those who may not read notes.
  const shown = new Set(screen.received.join('\n').match(new RegExp(`${noteMark} \\d+`, 'g')))
  expect(shown.size).toBe(1)
  for (const { received } of [ann, bob, vera, screen, englishScreen]) {
    const notes = new Set(received.join('\n').match(new RegExp(`${noteMark} \\d+`, 'g')))
    expect([...notes].filter((note) => !shown.has(note))).toEqual([])
    expect(received.length).toBeGreaterThan(10)
  }
  for (const { faults } of everyone) expect(faults).toEqual([])
})

interface DownloadedResults {
  standings: { place: number; name: string; score: number; seat: string }[]
  questions: { closed: string; verdicts: { seat: string; verdict: string }[] }[]
}

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: new RegExp(name) }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
