import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenedStudy } from '@knopka/shared/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, laptop, launchBrowser, phone, type Device } from '../support/browser.ts'
import { comeIn } from '../support/evening.ts'
import { root, startServer, type TestServer } from '../support/server.ts'

const dayMs = 24 * 3_600_000
const questions = Array.from({ length: 40 }, (_, index) => `Что такое вещь ${index + 1}?`)

let browser: Browser
let server: TestServer
let banks: string
let aheadMs = 0

beforeAll(async () => {
  banks = await mkdtemp(join(tmpdir(), 'knopka-banks-'))
  await writeFile(join(banks, 'things.md'), ['# Вещи', '', '## Все', '', ...questions, ''].join('\n'))
  const clock = () => Date.now() + aheadMs
  server = await startServer({ KNOPKA_BANKS: banks }, { clientFolder: join(root, 'client/dist'), clock })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await rm(banks, { recursive: true, force: true })
})

/** Whose memory fails at which of the twelve questions, 1 for the first; all others come to them at once. */
const forgotten: Record<string, number[]> = { Анна: [3, 10], Борис: [7, 10], Вера: [] }

/** With nothing in focus, so that a key is the page's own. */
async function key({ page }: Device, code: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press(code)
}

async function follow(who: Device, link: string, name: string): Promise<void> {
  await who.page.goto(link)
  await comeIn(who, name)
}

async function openRoom(): Promise<string> {
  const outlines = (await (await fetch(`${server.address}/api/banks`)).json()) as {
    id: string
    sections: { id: string }[]
  }[]
  const [bank] = outlines
  const study = { sections: bank?.sections.map(({ id }) => id), newPercent: 20, typesFirst: false }
  const response = await fetch(`${server.address}/api/studies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Вторник', bank: bank?.id, study }),
  })
  const { pin, invitation } = (await response.json()) as OpenedStudy
  return `${server.address}/study/${pin}#${invitation}`
}

const heading = ({ page }: Device) => page.locator('#asked')

/** Asks the next question, and waits until everyone sees another one than before. */
async function askNext(who: Device, all: Device[], before: string | null): Promise<string> {
  await key(who, 'Enter')
  await expect.poll(() => heading(who).textContent(), { timeout: 10_000 }).not.toBe(before)
  const text = (await heading(who).textContent())?.trim() ?? ''
  for (const one of all) await one.page.getByRole('heading', { name: text, exact: true }).waitFor()
  return text
}

/** One presses and answers aloud, the others say what they think of it, and all is shown. */
async function answer(first: Device, others: Device[]): Promise<void> {
  await first.page.locator('[data-face=press]').waitFor()
  await key(first, 'Space')
  await first.page.locator('[data-face=first]').waitFor()
  for (const other of others) {
    await other.page.getByRole('button', { name: /^Знает/ }).waitFor()
    await key(other, 'Digit1')
    await other.page.getByRole('button', { name: /^Знает/, pressed: true }).waitFor()
  }
  await key(others[0] ?? first, 'Enter')
  for (const one of [first, ...others]) await one.page.getByRole('heading', { name: 'Как вы это помните?' }).waitFor()
}

async function rate(who: Device, isForgotten: boolean): Promise<void> {
  await who.page.getByRole('heading', { name: 'Как вы это помните?' }).waitFor()
  await key(who, isForgotten ? 'Digit1' : 'Digit4')
  await who.page.getByRole('button', { name: isForgotten ? /^Снова/ : /^Легко/, pressed: true }).waitFor()
}

test('what was forgotten comes first three days later, and nothing else comes twice', async () => {
  const link = await openRoom()
  const [anna, boris, vera] = [
    await device(browser, laptop),
    await device(browser, laptop),
    await device(browser, phone),
  ]
  const named = [
    ['Анна', anna],
    ['Борис', boris],
    ['Вера', vera],
  ] as const
  for (const [name, who] of named) await follow(who, link, name)
  for (const [name] of named) await anna.page.getByText(name, { exact: false }).first().waitFor()

  const asked: string[] = []
  for (let number = 1; number <= 12; number++) {
    const here = named.filter(([name]) => name !== 'Вера' || number < 9)
    const all = here.map(([, who]) => who)
    asked.push(await askNext(all[number % all.length] as Device, all, asked.at(-1) ?? null))
    // One reloads in the middle of a question, and finds it as it was.
    if (number === 5) {
      await vera.page.reload()
      await vera.page.getByRole('heading', { name: asked.at(-1) ?? '', exact: true }).waitFor()
    }
    const first = all[number % all.length] as Device
    await answer(
      first,
      all.filter((one) => one !== first),
    )
    for (const [name, who] of here) await rate(who, forgotten[name]?.includes(number) ?? false)
    if (number === 8) await vera.page.close()
  }
  expect(new Set(asked).size).toBe(12)
  await anna.page.getByRole('button', { name: 'Завершить' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Завершить' }).click()
  for (const who of [anna, boris]) await who.page.getByRole('heading', { name: 'Итог тренировки' }).waitFor()
  await anna.page.getByText(/^12 вопросов/).waitFor()

  // Three days later.
  for (const { page } of [anna, boris]) await page.goto('about:blank')
  aheadMs += 3 * dayMs
  for (const { page } of [anna, boris]) {
    await page.goto(link)
    await page.getByRole('button', { name: 'Новая тренировка' }).waitFor()
  }
  const again: { text: string; why: string }[] = []
  for (let number = 1; number <= 8; number++) {
    const text = await askNext(anna, [anna, boris], again.at(-1)?.text ?? null)
    const why = (await anna.page.locator('.why').textContent()) ?? ''
    again.push({ text, why: why.trim() })
    await answer(boris, [anna])
    for (const who of [anna, boris]) await rate(who, false)
  }
  const lost = new Map([
    [asked[2], 'Анна забывает'],
    [asked[6], 'Борис забывает'],
    [asked[9], 'Анна и Борис забывают'],
  ])
  // Both have forgotten it: it is the weakest.
  expect(again[0]?.text).toBe(asked[9])
  for (const { text, why } of again.slice(0, 3)) {
    const names = lost.get(text)
    expect(names?.split(' ').sort()).toEqual(why.split(' ').sort())
    lost.delete(text)
  }
  expect(lost.size).toBe(0)
  for (const { text, why } of again.slice(3)) {
    expect(asked).not.toContain(text)
    expect(why).toBe('новый')
  }
  for (const { faults } of [anna, boris]) expect(faults).toEqual([])

  // Somebody who studies alone sees their own map, and nothing of what the others know.
  const gleb = await device(browser, phone)
  await follow(gleb, await openRoom(), 'Глеб')
  const own = await askNext(gleb, [gleb], null)
  await key(gleb, 'Enter')
  await rate(gleb, false)
  const totals = async ({ page }: Device) => {
    await page.goto(`${server.address}/progress`)
    await page.getByRole('heading', { name: 'Карта банка' }).waitFor()
    await page.getByText('Те же цифры таблицей').click()
    // Written when it is opened; read when it can be seen.
    const whole = page.locator('table tbody tr').first()
    await whole.waitFor()
    return whole.innerText()
  }
  expect(own).not.toBe('')
  expect(await totals(gleb)).toMatch(/39/)
  expect(await totals(anna)).toMatch(/23/)
  expect(server.faults).toEqual([])
})

/** What the browser saves when this key is pressed. */
async function savedBy(page: Page, name: string | RegExp): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return readFile(await download.path(), 'utf8')
}

test('answers go out as a file and come in again, and where two differ somebody chooses', async () => {
  const anna = await device(browser, laptop)
  const { page } = anna
  await follow(anna, await openRoom(), 'Анна')
  const asked = await askNext(anna, [anna], null)
  await key(anna, 'Enter')
  await rate(anna, true)
  await page.getByRole('button', { name: 'Записать ответ' }).click()
  await page.getByRole('textbox', { name: 'Текст ответа' }).fill('Первая **мысль**')
  await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Первая мысль').waitFor()
  await page.getByRole('button', { name: 'Завершить' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Завершить' }).click()

  // What was not recalled goes to Anki with the answer that was shown.
  expect(await savedBy(page, /^Забытое в Anki: 1/)).toContain(`\t${asked}\t`)
  const file = await savedBy(page, 'Скачать ответы')
  expect(file).toContain(`${asked}\n> Первая **мысль**`)

  const other = questions.find((question) => question !== asked) ?? ''
  const brought = ['# Вещи', '', '## Все', '', asked, '> Вторая мысль', '', other, '> Ещё ответ', ''].join('\n')
  const path = join(banks, 'notes.txt')
  await writeFile(path, brought)
  await page.getByLabel('Файл с ответами').setInputFiles(path)
  await page.getByText('Записано новых: 1').waitFor()
  await page.getByText('Ответы расходятся: 1').waitFor()
  expect(await savedBy(page, 'Скачать ответы')).toContain('> Первая **мысль**')
  await page.getByRole('button', { name: /^Взять из файла/ }).click()
  await page.getByText('Ответы расходятся').waitFor({ state: 'hidden' })
  const after = await savedBy(page, 'Скачать ответы')
  expect(after).toContain(`${asked}\n> Вторая мысль`)
  expect(after).toContain(`${other}\n> Ещё ответ`)

  // The team's map shows those who share theirs, and only sums.
  await page.getByText('Пока никто не показывает свою карту').waitFor()
  await page.getByRole('switch', { name: 'Показывать и мою карту' }).check()
  await page.getByText(/^Вместе: 1/).waitFor()
  expect(anna.faults).toEqual([])
})
