import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone, wall, type Device } from '../support/browser.ts'
import { delayProxy } from '../support/delay-proxy.ts'
import { openRoom, takeSeat } from '../support/evening.ts'
import { asHost, asPlayer, askNext } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom as openByApi } from '../support/server.ts'

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-ready-'))
  product = await Product.start({ KNOPKA_DATA: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

declare global {
  interface Window {
    /** What this page did beyond its screen, oldest first: `sine 220`, `vibrate 15`, `wake lock`. */
    done: string[]
  }
}

/** From here on the page notes what it plays, how it vibrates, and that it asks for a wake lock. */
async function noted({ page }: Device): Promise<void> {
  await page.addInitScript(() => {
    window.done = []
    window.OscillatorNode = class extends OscillatorNode {
      override start(at?: number): void {
        window.done.push(`${this.type} ${Math.round(this.frequency.value)}`)
        super.start(at)
      }
    }
    navigator.vibrate = (pattern) => window.done.push(`vibrate ${JSON.stringify(pattern)}`) > 0
    if (!('wakeLock' in navigator)) return
    const { wakeLock } = navigator
    const request = (type?: WakeLockType) => {
      window.done.push('wake lock')
      return wakeLock.request(type)
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
  })
}

const done = (page: Page): Promise<string[]> => page.evaluate(() => window.done)
const doneSoon = (page: Page) => expect.poll(() => done(page), { timeout: 30_000 })

const [press, right, signature] = ['sine 220', ['triangle 659', 'triangle 988'], ['triangle 220', 'triangle 330']]
const wrong = 'sine 196'

test('the lobby of the console says in one look that all is fine, or what to do', async () => {
  const host = await device(browser, laptop)
  const pin = await openRoom(host, product.address, ['Архитектура'], 3)
  const check = host.page.getByRole('region', { name: 'Проверка перед началом' })
  const says = (words: string | RegExp) => check.getByText(words).first().waitFor()
  await says('Ждём первого телефона')
  await says('Экран не подключён')
  await check.getByRole('button', { name: /На экране/, disabled: true }).waitFor()
  await expectAccessible(host.page, 'check, nobody there')

  const screen = await device(browser, wall)
  await noted(screen)
  await screen.page.goto(`${product.address}/screen/${pin}`)
  await says('Экран на связи, звука на нём нет')
  await check.getByRole('button', { name: 'На экране' }).click()
  await says('Экран молчит, пока по нему не щёлкнут')
  // The console says so before the screen has heard of it; a click in between would let it sound.
  await expect.poll(() => screen.received.join(), { timeout: 30_000 }).toContain('"trySound"')
  await screen.page.mouse.click(900, 900)
  await says('Экран на связи, звук включён')
  expect(await done(screen.page)).not.toContain(press)
  await check.getByRole('button', { name: 'На экране' }).click()
  await says('Слышно в последнем ряду?')
  await doneSoon(screen.page).toEqual(expect.arrayContaining([press, ...right, wrong]))

  const far = await delayProxy(product.port, 170, 170)
  onTestFinished(() => far.close())
  const [ann, vera] = [await device(browser, phone), await device(browser, phone)]
  await takeSeat(ann, product.address, pin, 'Аня')
  await says('Всё в порядке, можно начинать')
  await takeSeat(vera, far.address, pin, 'Вера')
  await says(/Медленная связь, дольше 300.мс:\s+Вера/)
  await host.page.getByRole('button', { name: /Вера\s+медленно · 3\d\d/ }).waitFor()
  await says('Есть что поправить')
  await vera.page.close()
  await says(/Не на связи:\s+Вера/)
  for (const colorScheme of ['dark', 'light'] as const) {
    await host.page.emulateMedia({ colorScheme })
    await expectAccessible(host.page, `check, ${colorScheme}`)
  }
  for (const { faults } of [host, screen, ann]) expect(faults).toEqual([])
})

test('a phone tries its button in the lobby, feels it as it chose to, and says nothing of it to the server', async () => {
  const { pin } = await openByApi(product.address)
  const ann = await device(browser, phone)
  await noted(ann)
  const said: string[] = []
  ann.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => said.push(String(payload))))
  await takeSeat(ann, product.address, pin, 'Аня')
  const tapped = async () => {
    await ann.page.locator('.disc').tap()
    await ann.page.getByRole('button', { name: /^Нажато/ }).waitFor()
    await ann.page.getByRole('button', { name: /^Попробуйте/ }).waitFor()
  }
  const doneBy = async (act: () => Promise<void>) => {
    const before = (await done(ann.page)).length
    await act()
    return (await done(ann.page)).slice(before)
  }

  expect(await doneBy(tapped)).toEqual(['vibrate 15'])
  await ann.page.getByText('Кнопка работает').waitFor()
  await ann.page.getByRole('switch', { name: 'Вибрация' }).tap()
  expect(await doneBy(tapped)).toEqual([])
  await ann.page.getByRole('switch', { name: 'Звук' }).tap()
  await doneSoon(ann.page).toContain(press)
  expect(await doneBy(tapped)).toEqual([press])
  await expectAccessible(ann.page, 'trial')
  expect(said.join()).not.toContain('"command"')

  // The choice is this phone's, also after a reload; a tap lets the new page sound.
  await ann.page.reload()
  await ann.page.getByRole('switch', { name: 'Звук', checked: true }).waitFor()
  await ann.page.getByRole('switch', { name: 'Вибрация', checked: false }).waitFor()
  await tapped()
  expect(await doneBy(tapped)).toEqual([press])
  expect(ann.faults).toEqual([])
})

interface Playing {
  paused: boolean
  muted: boolean
  hasPicture: boolean
}

const videos = (page: Page): Promise<Playing[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('video')].map((video) => ({
      paused: video.paused,
      muted: video.muted,
      hasPicture: video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
    })),
  )

test('over plain http a silent picture keeps the phone awake, from the first tap on', async () => {
  const { pin } = await openByApi(product.address)
  const ann = await device(browser, phone)
  await takeSeat(ann, product.address, pin, 'Аня')
  expect(await ann.page.evaluate(() => isSecureContext)).toBe(false)
  // What was typed at the door came before this screen was there.
  expect(await videos(ann.page)).toEqual([])
  await ann.page.locator('.disc').tap()
  const playing = [{ paused: false, muted: true, hasPicture: true }]
  await expect.poll(() => videos(ann.page), { timeout: 30_000 }).toEqual(playing)
  await ann.page.evaluate(() => document.querySelector('video')?.pause())
  await ann.page.locator('.disc').tap()
  await expect.poll(() => videos(ann.page), { timeout: 30_000 }).toEqual(playing)
  await expectAccessible(ann.page, 'kept awake')
  expect(ann.faults).toEqual([])
})

test('where the browser has wake locks, the phone asks for one, and plays no picture', async () => {
  const address = `http://localhost:${product.port}`
  const { pin } = await openByApi(address)
  const ann = await device(browser, phone)
  await noted(ann)
  await takeSeat(ann, address, pin, 'Аня')
  await doneSoon(ann.page).toContain('wake lock')
  await ann.page.locator('.disc').tap()
  await ann.page.getByText('Кнопка работает').waitFor()
  expect(await videos(ann.page)).toEqual([])
})

test('the hall hears everything once, and the podium throws confetti once, unless calm is asked for', async () => {
  const { pin, capability } = await openByApi(product.address)
  const [screen, calm] = [
    await device(browser, { ...wall, reducedMotion: 'no-preference' }),
    await device(browser, wall),
  ]
  for (const one of [screen, calm]) {
    await noted(one)
    await one.page.goto(`${product.address}/screen/${pin}`)
    // Before it has loaded, a page hears no click.
    await one.page.getByRole('button', { name: 'Звук и полный экран' }).waitFor()
    await one.page.mouse.click(900, 900)
  }
  const host = await asHost(product.address, pin, capability)
  const ann = await asPlayer(product.address, pin, 'Аня')
  onTestFinished(() => [host, ann].forEach((guest) => guest.leave()))
  await host.until(({ screens }) => screens.sounding === 2)
  const turn = await askNext(host)
  await host.say({ type: 'openBuzzers', turn })
  await ann.buzz(turn)
  await host.until(({ state }) => !!state.turn?.floor)
  await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  const heard = [press, ...signature, ...right]
  for (const { page } of [screen, calm]) await doneSoon(page).toEqual(heard)

  // Cut off and back: what was heard is not heard again.
  await product.kill()
  await screen.page.getByText('Связь пропала').waitFor()
  await product.startAgain()
  // Told each second: what was known before the cut does not count.
  host.screens = { here: 0, sounding: 0 }
  await host.until(({ screens }) => screens.sounding === 2)
  expect(await done(screen.page)).toEqual(heard)

  await host.say({ type: 'end' })
  await screen.page.locator('.confetti').waitFor()
  await calm.page.getByText('1-е место').waitFor()
  expect(await calm.page.locator('.confetti').count()).toBe(0)
  const chord = ['triangle 262', 'triangle 330', 'triangle 392', 'triangle 523']
  for (const { page } of [screen, calm]) await doneSoon(page).toEqual([...heard, ...chord])

  await screen.page.locator('.confetti').waitFor({ state: 'detached' })
  const moving = () => document.getAnimations().filter(({ playState }) => playState === 'running').length
  expect(await screen.page.evaluate(moving)).toBe(0)
  await screen.page.reload()
  await screen.page.getByText('1-е место').waitFor()
  expect(await screen.page.locator('.confetti').count()).toBe(0)
  for (const { faults } of [screen, calm]) expect(faults).toEqual([])
})

test('a console sounds as the projector does once its host wishes it, also after a reload', async () => {
  const { pin, capability } = await openByApi(product.address)
  const desk = await device(browser, laptop)
  await noted(desk)
  await desk.page.goto(`${product.address}/host/${pin}#${capability}`)
  const menu = desk.page.getByRole('button', { name: 'Комната и вход' })
  await menu.waitFor()
  const host = await asHost(product.address, pin, capability)
  const ann = await asPlayer(product.address, pin, 'Аня')
  onTestFinished(() => [host, ann].forEach((guest) => guest.leave()))
  const play = async (verdict: 'right' | 'wrong') => {
    const turn = await askNext(host)
    await host.say({ type: 'openBuzzers', turn })
    await ann.buzz(turn)
    await host.until(({ state }) => !!state.turn?.floor)
    await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict })
  }
  await play('right')
  await expect.poll(() => desk.received.join(), { timeout: 30_000 }).toContain('"verdictGiven"')
  await menu.click()
  const wish = desk.page.getByRole('switch', { name: 'Звуки игры и на этом устройстве' })
  await wish.click()
  await doneSoon(desk.page).toEqual([press])
  await expectAccessible(desk.page, 'room and door')
  await desk.page.keyboard.press('Escape')
  await play('right')
  await doneSoon(desk.page).toEqual([press, press, ...signature, ...right])

  await desk.page.reload()
  await menu.click()
  await desk.page.getByRole('switch', { name: /Звуки игры/, checked: true }).waitFor()
  await play('wrong')
  const chord = ['triangle 262', 'triangle 330', 'triangle 392', 'triangle 523']
  await host.say({ type: 'end' })
  await doneSoon(desk.page).toEqual([press, ...signature, wrong, ...chord])
  expect(desk.faults).toEqual([])
})
