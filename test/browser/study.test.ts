import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, type Device } from '../support/browser.ts'
import { comeIn } from '../support/evening.ts'
import { notedBanks, noteMark } from '../support/noted-bank.ts'
import { Product } from '../support/product.ts'

let browser: Browser
let product: Product
let folder: string
let banks: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-study-'))
  banks = await notedBanks()
  product = await Product.start({ KNOPKA_DATA: folder, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  for (const one of [folder, banks]) await rm(one, { recursive: true, force: true })
})

/** With nothing in focus, so that a key is the page's own. */
async function key({ page }: Device, code: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press(code)
}

/** In both languages: no complaint of axe, and no page wider than its device. */
async function inBothLanguages({ page }: Device, where: string): Promise<void> {
  const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect.soft(await isTooWide(), where).toBe(false)
  await expectAccessible(page, `${where}, ru`)
  await page.evaluate(() => localStorage.setItem('knopka.language', 'en'))
  await page.reload()
  await page.locator('html[lang=en]').waitFor({ state: 'attached' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expectAccessible(page, `${where}, en`)
  expect.soft(await isTooWide(), where).toBe(false)
  await page.evaluate(() => localStorage.setItem('knopka.language', 'ru'))
  await page.reload()
  await page.locator('html[lang=ru]').waitFor({ state: 'attached' })
  await page.getByRole('heading', { level: 1 }).waitFor()
}

async function openRoom({ page }: Device, types: boolean): Promise<void> {
  await page.goto(`${product.address}/`)
  await page.getByRole('link', { name: 'Тренировка' }).click()
  await page.getByRole('heading', { name: 'Новая тренировка' }).waitFor()
  const choice = page.getByRole('radiogroup', { name: 'Сначала пишем' })
  await choice.getByText(types ? 'Да' : 'Нет', { exact: true }).click()
  await page.getByRole('button', { name: 'Открыть комнату' }).click()
}

const linkIn = ({ page }: Device) => page.getByLabel('Ссылка в комнату', { exact: true }).inputValue()
const questionOf = ({ page }: Device) => page.locator('#asked').innerText()
const open = ({ page }: Device) => page.locator('[data-face=press]').waitFor()
const rate = ({ page }: Device, word: string) => page.getByRole('button', { name: word, pressed: true }).waitFor()

/** @param before the one that all are past by now */
async function sameQuestion(before: string, ...people: Device[]): Promise<string> {
  const [first] = people as [Device]
  await first.page.locator('#asked').waitFor()
  await expect.poll(() => questionOf(first)).not.toBe(before)
  const text = await questionOf(first)
  for (const { page } of people) await page.getByRole('heading', { name: text, exact: true }).waitFor()
  return text
}

async function writeNote({ page }: Device, text: string): Promise<void> {
  await page.getByRole('button', { name: /^(Поправить|Записать ответ)$/ }).press('Enter')
  await page.getByLabel('Текст ответа').fill(text)
}

test('three people study together; one comes back, one leaves, and nobody learns what another thinks of oneself', async () => {
  const [anna, boris, vera] = [
    await device(browser, laptop),
    await device(browser, phone),
    await device(browser, laptop),
  ]
  await openRoom(anna, true)
  await anna.page.getByRole('heading', { name: 'Как вас зовут?' }).waitFor()
  await inBothLanguages(anna, 'door')
  await comeIn(anna, 'Аня')
  await inBothLanguages(anna, 'lobby')
  const link = await linkIn(anna)
  await boris.page.goto(link)
  await comeIn(boris, 'Борис')
  await vera.page.goto(link)
  await vera.page.getByLabel('Помнить, что я знаю').uncheck()
  await comeIn(vera, 'Вера')
  for (const name of ['Аня', 'Борис', 'Вера']) await anna.page.getByRole('button', { name }).waitFor()
  const everyone = [anna, boris, vera]

  // The first question: two type, one answers aloud, the others vote, and all is shown at once.
  await key(anna, 'Enter')
  const first = await sameQuestion('', ...everyone)
  for (const who of everyone) await who.page.getByText('новый', { exact: true }).waitFor()
  await boris.page.getByLabel('Ваш ответ').fill('Пишу с телефона')
  await vera.page.getByLabel('Ваш ответ').fill('Пишу с ноутбука')
  await anna.page.getByText('Есть ответ: Борис и Вера').or(anna.page.getByText('Есть ответ: Вера и Борис')).waitFor()
  expect(anna.received.join()).not.toContain('Пишу с')
  await open(anna)
  await key(anna, 'Space')
  await anna.page.getByRole('heading', { name: 'Вы раньше всех' }).waitFor()
  await boris.page.getByRole('heading', { name: 'Отвечает Аня' }).waitFor()
  await inBothLanguages(boris, 'phone, somebody answers')
  await boris.page.getByRole('button', { name: 'Знает', exact: true }).tap()
  await boris.page.getByRole('button', { name: 'Знает', exact: true, pressed: true }).waitFor()
  await key(vera, 'Digit2')
  await vera.page.getByRole('button', { name: 'Частично', pressed: true }).waitFor()
  for (const { received } of everyone) expect(received.join()).not.toContain(noteMark)
  await key(vera, 'Enter')
  for (const who of everyone) {
    await who.page.getByText(noteMark).waitFor()
    await who.page.getByText('Пишу с телефона').waitFor()
    await who.page.getByText('знает: 1, частично: 1, не знает: 0').waitFor()
  }
  await key(anna, 'Digit1')
  await rate(anna, 'Снова')
  await boris.page.getByRole('button', { name: 'Легко' }).tap()
  await rate(boris, 'Легко')
  await key(vera, 'Digit3')
  await rate(vera, 'Помню')
  await vera.page.getByText('Оценка останется только в этой комнате').waitFor()
  for (const name of ['Аня', 'Борис', 'Вера']) {
    await anna.page
      .getByText(/^Оценка есть: /)
      .filter({ hasText: name })
      .waitFor()
  }
  await boris.page.reload()
  await rate(boris, 'Легко')
  expect(await questionOf(boris)).toBe(first)
  await inBothLanguages(boris, 'phone, shown')
  await inBothLanguages(anna, 'shown')

  // A note: a script in it is text, and of two who write at once both are seen.
  await writeNote(anna, '**Важно** <script>window.isRun = true</script><img src=x onerror="window.isRun = true">')
  await expectAccessible(anna.page, 'note')
  await anna.page.getByRole('button', { name: 'Сохранить', exact: true }).press('Enter')
  await boris.page.getByText('<script>window.isRun = true</script>').waitFor()
  expect(await boris.page.evaluate(() => 'isRun' in window)).toBe(false)
  await writeNote(boris, 'Поправляет Борис')
  // Escape gives nothing up, nor what Vera writes before he goes on.
  await boris.page.keyboard.press('Escape')
  await boris.page.getByRole('dialog').waitFor({ state: 'detached' })
  await writeNote(vera, 'Поправляет Вера')
  await vera.page.getByRole('button', { name: 'Сохранить', exact: true }).press('Enter')
  await vera.page.getByRole('dialog').waitFor({ state: 'detached' })
  await boris.page.getByText('Поправляет Вера').waitFor()
  await boris.page.getByRole('button', { name: 'Поправить' }).press('Enter')
  const two = boris.page.getByRole('dialog', { name: 'Ответ' })
  await two.getByText('Здесь уже есть другой текст: Вера').waitFor()
  await two.getByRole('region', { name: 'Ваш текст' }).getByText('Поправляет Борис').waitFor()
  await two.getByRole('region', { name: 'Текст: Вера' }).getByText('Поправляет Вера').waitFor()
  await expectAccessible(boris.page, 'two texts')
  await two.getByRole('button', { name: 'Оставить мой' }).press('Enter')
  await anna.page.getByText('Поправляет Борис').waitFor()
  await anna.page.getByText(/пишет Борис.*3 версии/).waitFor()

  // The second: on the phone the button is under a thumb; who leaves is away, and keeps their seat.
  await key(vera, 'ArrowRight')
  const second = await sameQuestion(first, ...everyone)
  await open(boris)
  await boris.page.locator('[data-look=press]').tap()
  await boris.page.getByRole('heading', { name: 'Вы раньше всех' }).waitFor()
  await vera.page.close()
  await anna.page.getByRole('button', { name: /Вера.*не на связи/ }).waitFor()
  await key(anna, 'Backspace')
  await open(boris)
  await key(anna, 'Digit0')
  await boris.page.getByText('Пауза. Продолжить может любой').waitFor()
  await boris.page.getByRole('button', { name: 'Продолжить', exact: true }).tap()
  await open(anna)
  await key(anna, 'Enter')
  await anna.page.getByText(noteMark).waitFor()
  await key(anna, 'Digit2')
  await rate(anna, 'Трудно')

  // The third is nobody's aloud.
  await boris.page.getByRole('button', { name: 'Дальше' }).tap()
  await open(boris)
  const third = await sameQuestion(second, anna, boris)
  await key(anna, 'Enter')
  await anna.page.getByText(noteMark).waitFor()
  await anna.page.getByRole('button', { name: 'Завершить' }).press('Enter')
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Завершить' }).press('Enter')
  for (const who of [anna, boris]) {
    await who.page.getByRole('heading', { name: 'Итог тренировки' }).waitFor()
    for (const text of [first, second, third]) await who.page.getByText(text, { exact: true }).waitFor()
  }
  await anna.page
    .getByText(/^вернётся /)
    .first()
    .waitFor()
  await inBothLanguages(anna, 'summary')
  await inBothLanguages(boris, 'summary on a phone')

  const [download] = await Promise.all([
    anna.page.waitForEvent('download'),
    anna.page.getByRole('button', { name: 'Скачать Markdown' }).press('Enter'),
  ])
  const file = await readFile(await download.path(), 'utf8')
  expect(file).toContain('Ваша оценка: снова')
  expect(file).toContain('> Поправляет Борис')
  expect(file).not.toContain('легко')

  // What each has rated came to nobody else, in whatever way.
  const others = {
    anna: [anna, /"(easy|good)"/],
    boris: [boris, /"(again|hard|good)"/],
    vera: [vera, /"(again|hard|easy)"/],
  }
  for (const [name, [who, foreign]] of Object.entries(others) as [string, [Device, RegExp]][]) {
    expect(who.received.join('\n'), name).not.toMatch(foreign)
    expect(who.faults, name).toEqual([])
  }
}, 600_000)

test('alone there is no race: the answer is a key away', async () => {
  const solo = await device(browser, phone)
  await openRoom(solo, false)
  await comeIn(solo, 'Глеб')
  await solo.page.getByRole('button', { name: 'Начать тренировку' }).tap()
  await solo.page.getByRole('heading', { name: 'Ответьте вслух или про себя' }).waitFor()
  expect(await solo.page.locator('[data-look]').count()).toBe(0)
  await inBothLanguages(solo, 'alone')
  await solo.page.getByRole('button', { name: 'Показать ответ' }).tap()
  await solo.page.getByText(noteMark).waitFor()
  await solo.page.getByRole('button', { name: 'Легко' }).tap()
  await rate(solo, 'Легко')
  expect(solo.faults).toEqual([])
})

test('more than half may ask somebody to leave, who then needs a new link', async () => {
  const [anna, boris, vera] = [
    await device(browser, laptop),
    await device(browser, laptop),
    await device(browser, laptop),
  ]
  await openRoom(anna, false)
  await comeIn(anna, 'Аня')
  const link = await linkIn(anna)
  for (const [who, name] of [
    [boris, 'Борис'],
    [vera, 'Вера'],
  ] as const) {
    await who.page.goto(link)
    await comeIn(who, name)
  }
  for (const [index, who] of [anna, boris].entries()) {
    await who.page.getByRole('button', { name: 'Вера' }).press('Enter')
    if (index === 1) await who.page.getByText('1 голос из 2 нужных').waitFor()
    if (index === 1) await expectAccessible(who.page, 'member')
    await who.page.getByRole('button', { name: 'Попросить выйти' }).press('Enter')
  }
  await vera.page.getByRole('heading', { name: 'Вы больше не в комнате' }).waitFor()
  await expectAccessible(vera.page, 'out')
  await expect.poll(() => anna.page.getByRole('button', { name: 'Вера' }).count()).toBe(0)
  // Who was asked to leave goes before the link is another.
  const next = await linkIn(anna)
  expect(next).not.toBe(link)
  expect(vera.received.join()).not.toContain(next.split('#')[1])
  const stranger = await device(browser, laptop)
  await stranger.page.goto(link)
  await stranger.page.getByLabel('Имя').fill('Чужой')
  await stranger.page.getByRole('button', { name: 'Войти' }).press('Enter')
  await stranger.page.getByText('Ссылка устарела').waitFor()
  await stranger.page.goto(link.replace(/#.*/, ''))
  await stranger.page.reload()
  await stranger.page.getByRole('heading', { name: 'Нужна ссылка-приглашение' }).waitFor()
})
