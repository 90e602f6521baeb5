import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoundSettings } from '@knopka/shared/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, wall, type Device } from '../support/browser.ts'
import { face, press, pressKey, takeSeat } from '../support/evening.ts'
import { Product } from '../support/product.ts'
import { openRoom, settings } from '../support/server.ts'

/** In the order in which it is asked: of each round what it asks, and behind it what stays in reserve. */
const bank = `# Вечер

## Разминка

Что такое GIL?
Что делает fork?
Что такое MVCC?
Что такое файловый дескриптор?

## Варианты

Какой из этих типов неизменяемый?
- [x] tuple
- [ ] list

Что из этого протокол?
- [x] TCP
- [ ] JPEG

## Кэш

Что такое LRU?
Что такое cache stampede?
Зачем кэшу TTL?

## Очереди

Что такое at-least-once?
Что такое dead letter queue?
Какой брокер держит лог на диске?
`

let browser: Browser
let product: Product
let folders: string[]

beforeAll(async () => {
  folders = [await mkdtemp(join(tmpdir(), 'knopka-whole-')), await mkdtemp(join(tmpdir(), 'knopka-whole-bank-'))]
  const [data, banks] = folders as [string, string]
  await writeFile(join(banks, 'evening.md'), bank)
  product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

const teams = {
  А: ['Аня', 'Алиса', 'Артур'],
  Б: ['Борис', 'Белла', 'Богдан'],
  В: ['Вера', 'Витя', 'Влада'],
  Г: ['Глеб', 'Галя', 'Гена'],
}

/** Pictures for whoever wants to see the evening: `SCREENSHOTS` names the folder. */
async function shoot(pages: Record<string, Page>, state: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  for (const [name, page] of Object.entries(pages))
    await page.screenshot({ path: join(folder, `${state}-${name}.png`) })
}

async function sectionsOf(address: string): Promise<Record<string, string>> {
  const [outline] = (await (await fetch(`${address}/api/banks`)).json()) as {
    sections: { id: string; title: string }[]
  }[]
  return Object.fromEntries((outline?.sections ?? []).map(({ id, title }) => [title, id]))
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const says = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()

/** Chooses, and waits until the choice has come through. */
async function choose({ page }: Device, option: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`${option}$`) }).tap()
  await page.locator("main[data-face='chosen'], main[data-face='marked']").waitFor()
}

async function type({ page }: Device, words: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Ваш ответ' }).fill(words)
  await button(page, 'Отправить').tap()
  await page.locator("main[data-face='typed'], main[data-face='marked']").waitFor()
}

async function stake({ page }: Device, points: number): Promise<void> {
  await page.getByRole('spinbutton', { name: 'Ставка' }).fill(String(points))
  await page.getByRole('spinbutton', { name: 'Ставка' }).blur()
  await button(page, `Поставить ${points}`).tap()
  await says(page, `Ставка ${points} принята`)
}

test('four teams, twelve phones and three rounds: buzzer, options and a board with a final', async () => {
  const section = await sectionsOf(product.address)
  const { pressSeconds, answerSeconds, scoring, afterWrong } = settings.rules
  const own = { pressSeconds, answerSeconds, scoring, afterWrong }
  const round = (title: string, sections: string[], changes: Partial<RoundSettings>): RoundSettings => ({
    ...{ title, sections: sections.map((name) => section[name] ?? ''), count: 2, order: 'bank', rules: own },
    ...changes,
  })
  const { pin, capability } = await openRoom(product.address, {
    ...{ sections: [section.Разминка ?? ''], count: 3, order: 'bank' },
    rules: { ...settings.rules, teams: { count: 4, formedBy: 'players', presses: 'anyone', score: 'sum' } },
    rounds: [
      round('Выбор', ['Варианты'], { rules: { ...own, choices: { points: 'plain', seconds: null } } }),
      round('Своя игра', ['Кэш', 'Очереди'], {
        rules: { ...own, scoring: 'penalty' },
        board: { rows: 2, step: 100, doubles: 0, final: true },
      }),
    ],
  })

  const host = await device(browser, { ...laptop, colorScheme: 'light' })
  const screen = await device(browser, { ...wall, colorScheme: 'dark' })
  const desks = { console: host.page, screen: screen.page }
  await host.page.goto(`${product.address}/host/${pin}#${capability}`)
  await screen.page.goto(`${product.address}/screen/${pin}`)
  const key = (code: string) => pressKey(host, code)
  const dialog = host.page.getByRole('dialog')

  const phones = new Map<string, Device>()
  const at = (name: string): Device => {
    const found = phones.get(name)
    if (!found) throw new Error(`${name} is not here`)
    return found
  }
  for (const [team, names] of Object.entries(teams)) {
    for (const name of names) {
      const one = await device(browser, phone)
      phones.set(name, one)
      await takeSeat(one, product.address, pin, name)
      await button(one.page, `Команда ${team}`).tap()
      await screen.page.getByText(name, { exact: true }).first().waitFor()
    }
  }
  await shoot({ ...desks, phone: at('Аня').page }, '01-lobby')
  const score = async (...expected: [string, string][]) => {
    for (const [team, points] of expected) {
      const row = host.page.getByRole('region', { name: 'Счёт' }).getByRole('listitem').filter({ hasText: team })
      await row.getByText(points, { exact: true }).first().waitFor()
    }
  }

  // Round 1, question 1: Аня is wrong, Борис waits behind her and is right.
  await key('ArrowRight')
  await key('Space')
  await press(at('Аня'), 'first')
  await press(at('Борис'), 'other')
  await shoot({ ...desks, first: at('Аня').page, waiting: at('Борис').page }, '02-queue')
  await key('3')
  await face(at('Борис').page, 'first')
  await key('1')
  await face(at('Аня').page, 'closed')
  // She asks for a review.
  await button(at('Аня').page, 'Опротестовать').tap()
  await button(at('Аня').page, 'Отправить').tap()
  await says(at('Аня').page, 'Протест у ведущего')

  // Question 2: Вера answers, the hall votes, and the host agrees with it.
  await key('ArrowRight')
  await key('Space')
  await press(at('Вера'), 'first')
  await host.page.keyboard.press('KeyJ')
  for (const name of ['Аня', 'Борис', 'Глеб']) {
    await face(at(name).page, 'jury')
    await at(name).page.getByRole('radio', { name: 'Верно', exact: true }).tap()
  }
  await shoot({ ...desks, phone: at('Аня').page }, '03-jury')
  const hall = host.page.getByRole('region', { name: 'Зал считает' })
  await hall
    .getByRole('listitem')
    .filter({ hasText: /^верно\s*3/ })
    .waitFor()
  await key('1')
  await face(at('Вера').page, 'closed')

  // Question 3: Глеб has half of it. The protest is upheld, and two questions later Борис loses his point.
  await key('ArrowRight')
  await key('Space')
  await press(at('Глеб'), 'first')
  await key('2')
  await face(at('Глеб').page, 'closed')
  await button(host.page, 'Протестов: 1').click()
  await button(dialog as never, 'Принять').click()
  await dialog.getByRole('heading', { name: 'Вопрос 1: Аня (Команда А)' }).waitFor()
  await dialog.getByRole('button', { name: 'Верно', exact: true }).click()
  await dialog.getByRole('heading', { name: 'Протесты' }).waitFor()
  await host.page.keyboard.press('Escape')
  await host.page.getByRole('button', { name: 'Борис, верно' }).click()
  await dialog.getByRole('button', { name: 'Отменить оценку' }).click()
  await says(at('Аня').page, 'Протест принят')
  await score(['Команда А', '1'], ['Команда Б', '0'], ['Команда В', '1'], ['Команда Г', '½'])

  // A break, with the standings on the wall.
  await button(host.page, 'Перерыв').click()
  await dialog.getByRole('button', { name: '10 минут' }).click()
  await says(screen.page, 'Перерыв')
  await says(at('Гена').page, /Перерыв/)
  await shoot({ ...desks, phone: at('Гена').page }, '04-break')
  await expectAccessible(screen.page, 'break')
  await button(host.page, 'Закончить перерыв').click()

  // Round 2: who is right of those who choose.
  await key('ArrowRight')
  await says(screen.page, 'Выбор')
  await says(at('Гена').page, 'Выбор')
  await shoot({ ...desks, phone: at('Гена').page }, '05-round')
  await expectAccessible(screen.page, 'a round')
  await expectAccessible(at('Гена').page, 'a round')
  await key('ArrowRight')
  await key('Space')
  for (const name of ['Алиса', 'Белла', 'Богдан', 'Витя']) await choose(at(name), 'tuple')
  for (const name of ['Аня', 'Глеб']) await choose(at(name), 'list')
  await shoot({ ...desks, phone: at('Артур').page }, '06-choices')
  await key('1')
  await says(screen.page, 'Верно ответили 4 из 6')
  await key('ArrowRight')
  await key('Space')
  for (const name of ['Галя', 'Гена', 'Аня']) await choose(at(name), 'TCP')
  await choose(at('Борис'), 'JPEG')
  await key('1')
  await says(screen.page, 'Верно ответили 3 из 4')
  await score(['Команда А', '3'], ['Команда Б', '2'], ['Команда В', '2'], ['Команда Г', '2½'])

  // Round 3: a board. The host asks the first cell; whoever is right picks on.
  await key('ArrowRight')
  await says(screen.page, 'Очереди')
  await shoot({ ...desks, phone: at('Вера').page }, '07-board')
  await expectAccessible(host.page, 'the board')
  await expectAccessible(screen.page, 'the board')
  await button(host.page, 'Кэш, 100').click()
  await says(screen.page, 'Что такое LRU?')
  await key('Space')
  await press(at('Вера'), 'first')
  await key('1')
  await button(at('Вера').page, 'Очереди, 200').tap()
  await says(host.page, 'Выбрано: 200, Очереди')
  await shoot({ ...desks, picker: at('Вера').page, other: at('Глеб').page }, '08-picked')
  await key('ArrowRight')
  await says(screen.page, 'Что такое dead letter queue?')
  await key('Space')
  await press(at('Глеб'), 'first')
  await press(at('Аня'), 'other')
  await key('3')
  await face(at('Аня').page, 'first')
  await key('1')
  await button(at('Аня').page, 'Кэш, 200').tap()
  await says(host.page, 'Выбрано: 200, Кэш')
  await key('ArrowRight')
  await key('Space')
  await press(at('Борис'), 'first')
  await key('1')
  await button(host.page, 'Очереди, 100').click()
  await says(screen.page, 'Что такое at-least-once?')
  await key('4')
  await score(['Команда А', '203'], ['Команда Б', '202'], ['Команда В', '102'])

  // The final: stakes before the question, words after it.
  await key('ArrowRight')
  await stake(at('Аня'), 50)
  await stake(at('Борис'), 51)
  await stake(at('Вера'), 10)
  await shoot({ ...desks, phone: at('Аня').page }, '09-stakes')
  await expectAccessible(screen.page, 'stakes')
  await expectAccessible(at('Аня').page, 'stakes')
  for (const { received } of [screen, at('Аня')]) expect(received.join()).not.toContain('держит лог на диске')
  await key('Space')
  await says(screen.page, 'Какой брокер держит лог на диске?')
  await type(at('Аня'), 'Kafka')
  await type(at('Борис'), 'kafka!')
  await type(at('Вера'), 'RabbitMQ')
  for (const [name, { received }] of phones) {
    if (name !== 'Вера') expect(received.join()).not.toContain('RabbitMQ')
  }
  await shoot({ ...desks, phone: at('Аня').page }, '10-typing')
  await key('1')
  await says(host.page, 'RabbitMQ')
  await shoot(desks, '11-groups')
  await expectAccessible(host.page, 'typed answers')
  await key('1')
  await key('3')
  await says(at('Вера').page, 'Неверно')
  await shoot({ ...desks, phone: at('Аня').page }, '12-judged')
  await score(['Команда А', '253'], ['Команда Б', '253'], ['Команда В', '92'])

  // Two teams share the first place: one question decides between them.
  await button(host.page, 'Решающий вопрос').click()
  await face(at('Вера').page, 'locked')
  await key('Space')
  await press(at('Алиса'), 'first')
  await shoot({ ...desks, out: at('Вера').page }, '13-tie-break')
  await key('1')
  await score(['Команда А', '254'], ['Команда Б', '253'])

  await button(host.page, 'Завершить').click()
  await dialog.getByRole('button', { name: 'Завершить' }).click()
  await face(at('Аня').page, 'over')
  await says(screen.page, 'Команда А')
  await shoot({ ...desks, phone: at('Аня').page }, '14-podium')
  await host.page.getByRole('link', { name: 'Итоги и выгрузки' }).click()
  await host.page.getByRole('heading', { name: 'Все вопросы' }).waitFor()
  await expectAccessible(host.page, 'results')
  await shoot({ results: host.page }, '15')
  const results = JSON.parse(await download(host.page)) as Results

  // By hand: 1 for the protest, 2 and 1 and 2 by choosing, the cells won and lost, the stakes, and the tie-break.
  expect(results.teams.map(({ place, number, score }) => [place, number, score])).toEqual([
    [1, 1, 1 + 2 + 200 + 50 + 1],
    [2, 2, 2 + 200 + 51],
    [3, 3, 1 + 1 + 100 - 10],
    [4, 4, 0.5 + 2 - 200],
  ])
  expect(Object.fromEntries(results.standings.map(({ name, score }) => [name, score]))).toEqual({
    ...{ Аня: 1 + 1 + 200 + 50, Алиса: 1 + 1, Артур: 0, Борис: 200 + 51, Белла: 1, Богдан: 1 },
    ...{ Вера: 1 + 100 - 10, Витя: 1, Влада: 0, Глеб: 0.5 - 200, Галя: 1, Гена: 1 },
  })
  for (const { faults } of [host, screen, ...phones.values()]) expect(faults).toEqual([])
}, 400_000)

interface Results {
  teams: { place: number; number: number; score: number }[]
  standings: { name: string; score: number }[]
}

async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /JSON/ }).click()])
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
