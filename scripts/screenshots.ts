/** Takes the pictures of the README from the running product: an evening, an interview and a study session, which are played meanwhile. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { allBanks, allSections, idIn, type PublicBank } from '@knopka/shared/bank'
import { dayMs, type Rating, type Review } from '@knopka/shared/study'
import type { Page } from 'playwright-core'
import { device, laptop, launchBrowser, phone, wall, type Device } from '../test/support/browser.ts'
import { comeIn, face, openRoom, pressKey, takeSeat } from '../test/support/evening.ts'
import { asPlayer, type Guest } from '../test/support/guest.ts'
import { openCall, planOfTen } from '../test/support/interview-room.ts'
import { notedBanks } from '../test/support/noted-bank.ts'
import { Product } from '../test/support/product.ts'
import { root } from '../test/support/server.ts'

const folder = join(root, 'docs/pictures')
const names = ['Аня', 'Борис', 'Вера К.', 'Рустам', 'Гоша', 'Тимур', 'Лена', 'Марина', 'Кирилл', 'Саша П.', 'Ира']

const progressKey = `${'k'.repeat(21)}A`

const data = await mkdtemp(join(tmpdir(), 'knopka-pictures-'))
const banks = await notedBanks(
  (question) => `Суть ответа на вопрос ${question}: два-три предложения и ссылка на источник.`,
)
const product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks, KNOPKA_URL: 'http://192.168.1.5:3000' })
const browser = await launchBrowser()
try {
  await mkdir(folder, { recursive: true })
  await playEvening()
  await interview()
  await study()
} finally {
  await browser.close()
  await product.stop()
  await Promise.all([data, banks].map((path) => rm(path, { recursive: true, force: true })))
}

async function playEvening(): Promise<void> {
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
    await ask(host, oleg.page)
    await buzz(guests, turn, order)
    await host.page.keyboard.press(turn === 3 ? '3' : '1')
    await wait(200)
    await host.page.keyboard.press(turn === 3 ? '2' : '4')
    await wait(200)
  }
  await pressKey(host, 'ArrowRight')
  await face(oleg.page, 'ready')
  await shoot(oleg.page, 'phone-ready')
  await pressKey(host, 'Space')
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
  await ask(host, oleg.page)
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

async function interview(): Promise<void> {
  const { address } = product
  const levels = [
    'Не отвечает: молчит или мимо',
    'Слышит слово: может назвать, не объяснить',
    'Общая идея: верно в целом, с ошибками',
    'Уверенно: верно, без тонкостей',
    'Учит нас: причины, границы, примеры',
  ]
  const plan = await planOfTen(address, { levels })
  const { pin, capability } = await openCall(address, plan)
  const [anna, vera] = [await device(browser, laptop), await device(browser, phone)]
  await anna.page.goto(`${address}/interview/${pin}#${capability}`)
  await vera.page.goto(await linkIn(anna.page, 'Для кандидата'))
  await vera.page.getByRole('button', { name: 'Можно начинать' }).click()
  for (const [index, rating] of [3, 4, 2, 3, 2, 4, 3, 1, 4, 3].entries()) {
    await anna.page.keyboard.press('ArrowRight')
    for (const { page } of [anna, vera])
      await page.getByRole('heading', { name: plan.items[index]?.text ?? '', exact: true }).waitFor()
    if (index === 4) {
      await anna.page.keyboard.press('Tab')
      await anna.page.keyboard.type('Назвала два случая из трёх, третий нашла с подсказкой.')
      await anna.page.keyboard.press('Escape')
    }
    await anna.page.keyboard.press(`Digit${rating}`)
    await anna.page
      .getByRole('button', { name: new RegExp(`^${rating}`), pressed: true })
      .first()
      .waitFor()
    if (index === 4) await shoot(anna.page, 'interview')
  }
  await anna.page.getByRole('button', { name: /^Завершить/ }).click()
  await anna.page.getByRole('button', { name: 'Завершить звонок' }).click()
  await anna.page
    .getByRole('textbox', { name: 'Сильные стороны' })
    .fill('Знает внутреннее устройство, говорит о своём опыте.')
  await anna.page.getByRole('textbox', { name: 'Пробелы' }).fill('Крайние случаи находит с подсказкой.')
  await anna.page.getByRole('radio', { name: 'Да', exact: true }).check({ force: true })
  await anna.page.getByRole('link', { name: 'Карточка кандидата' }).first().click()
  await anna.page.getByRole('heading', { level: 1 }).filter({ hasText: 'Вера' }).waitFor()
  await shoot(anna.page, 'scorecard')
}

async function study(): Promise<void> {
  const { address } = product
  const [anna, boris] = [await device(browser, laptop), await device(browser, laptop)]
  await anna.page.goto(`${address}/progress`)
  await anna.page.evaluate((key) => localStorage.setItem('knopka.progress', key), progressKey)
  const answer = await fetch(`${address}/api/progress`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${progressKey}` },
    body: JSON.stringify({ reviews: await twoMonths(address) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  await anna.page.reload()
  await anna.page.locator('main:not([aria-busy])').waitFor()
  await shoot(anna.page, 'progress')

  await anna.page.goto(`${address}/study`)
  await anna.page.getByRole('button', { name: 'Открыть комнату' }).click()
  await comeIn(anna, 'Аня')
  await boris.page.goto(await linkIn(anna.page, 'Ссылка в комнату'))
  await comeIn(boris, 'Борис')
  await boris.page.keyboard.press('Enter')
  await boris.page.locator('[data-face=press]').waitFor()
  await boris.page.keyboard.press('Space')
  await anna.page.getByRole('heading', { name: 'Отвечает Борис' }).waitFor()
  await anna.page.keyboard.press('Digit1')
  await anna.page.getByRole('button', { name: 'Знает', exact: true, pressed: true }).waitFor()
  await anna.page.keyboard.press('Enter')
  await anna.page.getByText('Суть ответа').waitFor()
  await shoot(anna.page, 'study')
}

/** What somebody may have rated who studies eight new questions a day, and comes back to each a few times. */
async function twoMonths(address: string): Promise<Review[]> {
  const name = 'backend_interview_python'
  const { sections } = (await (await fetch(`${address}/api/banks/${name}`)).json()) as PublicBank
  const now = Date.now()
  return allSections(sections)
    .flatMap(({ questions }) => questions)
    .slice(0, 440)
    .flatMap(({ id }, index) => {
      const began = 56 - Math.floor(index / 8)
      const course: [number, Rating][] = [
        [0, index % 3 === 0 ? 'hard' : 'good'],
        [3, 'good'],
        [12, index % 9 === 0 ? 'again' : 'good'],
        [30, 'easy'],
      ]
      return course
        .filter(([day]) => day < began && (index % 5 > 0 || day < 12))
        .map(([day, rating]) => ({
          id: `room/${index}-${day}`,
          question: idIn(allBanks, name, id),
          at: now - (began - day) * dayMs,
          rating,
          revision: 0,
        }))
    })
}

/** The link that a page gives away, at the address under which the server is reached here. */
async function linkIn(page: Page, label: string): Promise<string> {
  const link = await page.getByLabel(label, { exact: true }).first().inputValue()
  return link.replace(/^https?:\/\/[^/]+/, product.address)
}

async function ask(host: Device, phone: Page): Promise<void> {
  await pressKey(host, 'ArrowRight')
  await face(phone, 'ready')
  await pressKey(host, 'Space')
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
