/** Takes the pictures of the README from the running product: an evening that is played while they are taken. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { device, laptop, launchBrowser, phone, wall } from '../test/support/browser.ts'
import { face, openRoom, takeSeat } from '../test/support/evening.ts'
import { asPlayer, type Guest } from '../test/support/guest.ts'
import { notedBanks } from '../test/support/noted-bank.ts'
import { Product } from '../test/support/product.ts'
import { root } from '../test/support/server.ts'

const folder = join(root, 'docs/pictures')
const names = ['Аня', 'Борис', 'Вера К.', 'Рустам', 'Гоша', 'Тимур', 'Лена', 'Марина', 'Кирилл', 'Саша П.', 'Ира']

const data = await mkdtemp(join(tmpdir(), 'knopka-pictures-'))
const banks = await notedBanks(
  (question) => `Суть ответа на вопрос ${question}: два-три предложения и ссылка на источник.`,
)
const product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks, KNOPKA_URL: 'http://192.168.1.5:3000' })
const browser = await launchBrowser()
try {
  await mkdir(folder, { recursive: true })
  await playAndShoot()
} finally {
  await browser.close()
  await product.stop()
  await Promise.all([data, banks].map((path) => rm(path, { recursive: true, force: true })))
}

async function playAndShoot(): Promise<void> {
  const { address } = product
  const [host, screen, oleg] = [
    await device(browser, laptop),
    await device(browser, wall),
    await device(browser, phone),
  ]
  await host.page.goto(address)
  await shoot(host.page, 'start')
  await host.page.goto(`${address}/host`)
  for (const section of ['Python', 'WEB'])
    await host.page.getByRole('treeitem', { name: new RegExp(`^${section}`) }).click()
  await host.page.getByRole('treeitem', { name: /^Python/ }).press('ArrowRight')
  await shoot(host.page, 'setup')
  const pin = await openRoom(host, address, ['Python', 'Базы данных', 'DevOps'], 40)
  await screen.page.goto(`${address}/screen/${pin}`)
  const guests: Guest[] = []
  for (const name of names) guests.push(await asPlayer(address, pin, name))
  await takeSeat(oleg, address, pin, 'Олег')
  await screen.page.getByText('Олег').waitFor()
  await screen.page.mouse.click(960, 900)
  await shoot(screen.page, 'screen-lobby')
  await shoot(host.page, 'lobby')

  for (const [turn, order] of [
    [1, [0, 1]],
    [2, [2, 0]],
    [3, [1, 3, 4]],
  ] as const) {
    await ask(host.page, oleg.page)
    await buzz(guests, turn, order)
    await host.page.keyboard.press(turn === 3 ? '3' : '1')
    await wait(200)
    await host.page.keyboard.press(turn === 3 ? '2' : '4')
    await wait(200)
  }
  await host.page.keyboard.press('ArrowRight')
  await face(oleg.page, 'ready')
  await shoot(oleg.page, 'phone-ready')
  await host.page.keyboard.press('Space')
  await face(oleg.page, 'press')
  await shoot(oleg.page, 'phone-press')
  await shoot(screen.page, 'screen-question')
  await buzz(guests, 4, [0, 3, 6, 1])
  await face(oleg.page, 'join-queue')
  await shoot(screen.page, 'screen-pressed')
  await host.page.emulateMedia({ colorScheme: 'dark' })
  await shoot(host.page, 'console')
  await host.page.emulateMedia({ colorScheme: 'light' })
  await host.page.keyboard.press('1')
  await face(oleg.page, 'closed')
  await ask(host.page, oleg.page)
  await oleg.page.locator('.disc').tap()
  await face(oleg.page, 'first')
  await shoot(oleg.page, 'phone-first')
  await host.page.keyboard.press('1')
  await face(oleg.page, 'closed')
  await host.page.getByRole('button', { name: 'Завершить' }).click()
  await host.page.getByRole('dialog').getByRole('button', { name: 'Завершить' }).click()
  await face(oleg.page, 'over')
  await screen.page.getByText('1-е место').first().waitFor()
  await shoot(screen.page, 'screen-podium')
  await host.page.getByRole('link', { name: 'Итоги и выгрузки' }).click()
  await host.page.getByRole('heading', { name: 'Все вопросы' }).waitFor()
  await shoot(host.page, 'results')
  for (const guest of guests) guest.leave()
}

async function ask(host: Page, phone: Page): Promise<void> {
  await host.keyboard.press('ArrowRight')
  await face(phone, 'ready')
  await host.keyboard.press('Space')
  await face(phone, 'press')
}

/** Presses as people make them, some hundredths of a second apart. */
async function buzz(guests: Guest[], turn: number, order: readonly number[]): Promise<void> {
  for (const index of order) {
    void guests[index]?.buzz(turn)
    await wait(40 + 30 * (index % 3))
  }
}

/** Once letters and pictures have settled. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await wait(600)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  process.stdout.write(`docs/pictures/${name}.png\n`)
}
