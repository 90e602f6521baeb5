import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, wall } from '../support/browser.ts'
import { choiceBanks } from '../support/choice-bank.ts'
import { pressKey } from '../support/evening.ts'
import { asPlayer, type Guest } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom, settings } from '../support/server.ts'

let browser: Browser
let product: Product
let folders: string[]

beforeAll(async () => {
  folders = [await mkdtemp(join(tmpdir(), 'knopka-choosing-')), await choiceBanks()]
  const [data, banks] = folders as [string, string]
  product = await Product.start({ KNOPKA_DATA: data, KNOPKA_BANKS: banks })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

/** What is right, or what anyone chose, as it would stand in a message. */
const told = /"right":(true|false|\[\d)|"spread":\[|"marks":|"choice":|"chosen":\{/
const bytes = (received: string[]) => received.join('\n')

const says = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor()
const optionWith = (page: Page, words: string) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: words })

async function choose(guest: Guest, ...texts: string[]): Promise<void> {
  await guest.until(({ state }) => Boolean(state.turn?.choosing?.options))
  const { turn, choosing } = guest.state.turn ?? {}
  const options = texts.map((text) => choosing?.options?.indexOf(text) ?? -1)
  const ack = await guest.say({ type: 'choose', turn: turn ?? 0, options, pressedAt: guest.clock() })
  expect(ack).toMatchObject({ ok: true })
}

test('questions that everyone answers, on the console and on the projector', async () => {
  const { pin, capability } = await openRoom(product.address, {
    count: 3,
    rules: { ...settings.rules, choices: { points: 'by-time', seconds: 600 } },
  })
  const [host, screen] = [
    await device(browser, { ...laptop, colorScheme: 'light' }),
    await device(browser, { ...wall, reducedMotion: 'reduce' }),
  ]
  await host.page.goto(`${product.address}/host/${pin}#${capability}`)
  await screen.page.goto(`${product.address}/screen/${pin}`)
  const [ann, bob, vera] = [
    await asPlayer(product.address, pin, 'Аня'),
    await asPlayer(product.address, pin, 'Борис'),
    await asPlayer(product.address, pin, 'Вера'),
  ]
  for (const name of ['Аня', 'Борис', 'Вера']) await screen.page.getByText(name, { exact: true }).first().waitFor()
  const everyoneElse = [screen, ann, bob, vera]

  const expectAllAccessible = async (state: string) => {
    for (const scheme of ['dark', 'light'] as const) {
      await host.page.emulateMedia({ colorScheme: scheme })
      await expectAccessible(host.page, `console, ${scheme}, ${state}`)
    }
    await expectAccessible(screen.page, `screen, ${state}`)
  }

  // While it is read, the host alone knows the options, and which one is right.
  await pressKey(host, 'ArrowRight')
  await optionWith(host.page, 'tuple').getByText('верно').waitFor()
  await screen.page.getByRole('heading', { name: 'Какой из этих типов неизменяемый?' }).waitFor()
  await ann.until(({ state }) => state.turn !== null)
  for (const { received } of everyoneElse) expect(bytes(received)).not.toContain('tuple')
  await expectAllAccessible('read')

  // Everyone may choose; who is still awaited is for the host, how many for the hall.
  await pressKey(host, 'Space')
  await says(screen.page, 'Ответили 0 из 3')
  for (const option of ['list', 'tuple', 'dict', 'set']) await optionWith(screen.page, option).waitFor()
  await choose(ann, 'tuple')
  await says(host.page, 'Ответил 1 из 3')
  await says(screen.page, 'Ответил 1 из 3')
  const awaited = host.page.getByRole('region', { name: 'Ждём' })
  await awaited.getByText('Вера').waitFor()
  expect(await awaited.getByRole('listitem').allInnerTexts()).not.toContain('Аня')
  vera.leave()
  await awaited.getByRole('listitem').filter({ hasText: 'Вера' }).getByText('нет связи').waitFor()
  await choose(bob, 'list')
  await says(screen.page, 'Ответили 2 из 3')
  expect(await optionWith(screen.page, 'верно').count()).toBe(0)
  for (const { received } of everyoneElse) expect(bytes(received)).not.toMatch(told)
  for (const { received } of [ann, bob, vera]) expect(bytes(received)).not.toMatch(/"type":"chosen"|"whoChose"/)
  await expectAllAccessible('open')

  // Everyone who is here has answered: the key to close it is the one that comes next.
  await host.page.locator("[aria-keyshortcuts='1'].primary").waitFor()
  await pressKey(host, '1')
  await says(host.page, 'Верно ответил 1 из 2')
  await says(screen.page, 'Верно ответил 1 из 2')
  await optionWith(screen.page, 'tuple').getByText('верно').waitFor()
  expect(await optionWith(screen.page, 'верно').count()).toBe(1)
  for (const page of [host.page, screen.page]) {
    expect(await optionWith(page, 'list').getByText('выбрал 1').count()).toBe(1)
    expect(await optionWith(page, 'set').getByText('выбрали 0').count()).toBe(1)
  }
  expect(bytes(screen.received)).toMatch(told)
  const quickest = optionWith(screen.page, '+10')
  await quickest.getByText('Аня').waitFor()
  await expectAllAccessible('closed')

  // A name that is kept off the wall is kept off it here, too.
  await host.page.getByRole('button', { name: 'Аня', exact: true }).click()
  await host.page.getByRole('button', { name: 'Убрать имя с экрана' }).click()
  await quickest.getByText('Игрок 1').waitFor()

  // The bank was wrong, or the host thinks so: Борис has it, too.
  await host.page.getByRole('button', { name: 'Верно другое' }).click()
  const dialog = host.page.getByRole('dialog')
  await expectAccessible(host.page, 'marking anew')
  await dialog.getByRole('checkbox', { name: 'list' }).check()
  await dialog.getByText('станет 2').waitFor()
  await dialog.getByRole('button', { name: 'Пересчитать' }).click()
  await says(screen.page, 'Верно ответили 2 из 2')
  await bob.until(({ mine }) => mine?.gained === 10)

  await pressKey(host, '5')
  await screen.page.getByText('Кортеж не меняется').waitFor()

  // One row of the log, and the way back, also when the next question is on the table.
  await pressKey(host, 'ArrowRight')
  await host.page.getByText('Верных несколько').waitFor()
  await host.page.getByRole('button', { name: 'Верно ответили 2 из 2' }).click()
  await dialog.getByRole('checkbox', { name: 'list' }).uncheck()
  await dialog.getByRole('button', { name: 'Пересчитать' }).click()
  await host.page.getByRole('button', { name: 'Верно ответил 1 из 2' }).waitFor()
  await bob.until(({ mine }) => mine?.score === 0)

  // Half of what is right is not right.
  await pressKey(host, 'Space')
  await choose(ann, 'Атомарность')
  await choose(bob, 'Атомарность', 'Изолированность')
  await pressKey(host, '1')
  await says(screen.page, 'Верно ответил 1 из 2')
  await quickest.getByText('Борис').waitFor()

  // And a question without options has its buzzer and its verdicts.
  await pressKey(host, 'ArrowRight')
  await pressKey(host, 'Space')
  await host.page.getByRole('heading', { name: 'Кнопки открыты' }).waitFor()
  await ann.buzz(3)
  await pressKey(host, '2')
  await host.page.getByRole('button', { name: 'Аня, частично' }).waitFor()

  for (const guest of [ann, bob]) guest.leave()
  for (const { faults } of [host, screen]) expect(faults).toEqual([])
})
