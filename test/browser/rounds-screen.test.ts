import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, launchBrowser, wall, type Device } from '../support/browser.ts'
import { asHost, asPlayer, type Guest, type Said } from '../support/guest.ts'
import { Product } from '../support/product.ts'
import { openRoom, settings } from '../support/server.ts'

let browser: Browser
let product: Product
let data: string

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'knopka-rounds-'))
  product = await Product.start({ KNOPKA_DATA: data })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(data, { recursive: true, force: true })
})

const own = { pressSeconds: null, answerSeconds: null, scoring: 'plain', afterWrong: 'next-in-queue' } as const

const says = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor()

async function say(guest: Guest, said: Said): Promise<void> {
  expect(await guest.say(said)).toMatchObject({ ok: true })
}

/** The plan's next question, or the one behind a cell. @returns its turn */
async function ask(host: Guest, cell?: number): Promise<number> {
  const turn = (host.state.turn?.turn ?? 0) + 1
  const { plan, cellIds } = host.state.secret
  const questionId = (cell === undefined ? plan?.[turn - 1] : cellIds?.[cell]) ?? ''
  await say(host, { type: 'ask', turn, questionId, tieBreak: false, ...(cell === undefined ? {} : { cell }) })
  await host.until(({ state }) => state.turn?.turn === turn)
  return turn
}

async function type(guest: Guest, turn: number, text: string): Promise<void> {
  await guest.until(({ state }) => state.turn?.turn === turn && state.turn.openings > 0)
  await say(guest, { type: 'answer', turn, text, pressedAt: guest.clock() })
}

async function answerRight(host: Guest, guest: Guest, turn: number): Promise<void> {
  await say(host, { type: 'openBuzzers', turn })
  await guest.buzz(turn)
  await host.until(({ state }) => state.turn?.floor?.seat === guest.seat)
  await say(host, { type: 'giveVerdict', turn, seat: guest.seat, verdict: 'right' })
}

async function open(rest: Partial<Parameters<typeof openRoom>[1]>): Promise<[Guest, Device, Guest, Guest]> {
  const { pin, capability } = await openRoom(product.address, { count: 1, ...rest })
  const host = await asHost(product.address, pin, capability)
  const screen = await device(browser, { ...wall, reducedMotion: 'reduce' })
  await screen.page.goto(`${product.address}/screen/${pin}`)
  const [ann, bob] = [await asPlayer(product.address, pin, 'Аня'), await asPlayer(product.address, pin, 'Борис')]
  await says(screen.page, 'Борис')
  return [host, screen, ann, bob]
}

async function sections(): Promise<string[]> {
  const [bank] = (await (await fetch(`${product.address}/api/banks`)).json()) as { sections: { id: string }[] }[]
  return bank?.sections.map(({ id }) => id) ?? []
}

test('rounds are announced, and typed answers are counted and then read out', async () => {
  const round = { sections: await sections(), count: 2, order: 'bank' as const, title: null }
  const [host, screen, ann, bob] = await open({
    rounds: [
      { ...round, title: 'Разминка пальцев', rules: { ...own, typing: { kind: 'text', seconds: null } } },
      { ...round, rules: { ...own, typing: { kind: 'number', seconds: 600 } } },
    ],
  })
  await screen.page.getByText('3 раунда, 5 вопросов').waitFor()
  await say(host, { type: 'skip', turn: await ask(host) })

  await say(host, { type: 'beginRound', round: 2 })
  await screen.page.getByRole('heading', { name: 'Разминка пальцев' }).waitFor()
  await says(screen.page, 'Раунд 2 из 3')
  await screen.page.getByText('Каждый пишет ответ на телефоне').waitFor()
  await expectAccessible(screen.page, 'a round')

  const text = await ask(host)
  await says(screen.page, '1 / 2')
  await say(host, { type: 'openBuzzers', turn: text })
  await says(screen.page, 'Ответили 0 из 2')
  await type(ann, text, 'Ёлка')
  await says(screen.page, 'Ответил 1 из 2')
  await type(bob, text, 'пальма')
  await says(screen.page, 'Ведущий проверяет ответы')
  expect(screen.received.join('\n')).not.toMatch(/Ёлка|пальма/)
  await say(host, { type: 'judgeAnswers', turn: text, answers: ['елка'], verdict: 'right' })
  await says(screen.page, 'Верно ответил 1 из 2')
  await says(screen.page, 'Ёлка')
  await say(host, { type: 'judgeAnswers', turn: text, answers: ['пальма'], verdict: 'wrong' })
  await expectAccessible(screen.page, 'typed answers')
  expect(screen.received.join('\n')).not.toContain('пальма')

  await say(host, { type: 'beginRound', round: 3 })
  await screen.page.getByRole('heading', { name: 'Число' }).waitFor()
  const number = await ask(host)
  await say(host, { type: 'openBuzzers', turn: number })
  await type(ann, number, '90')
  await type(bob, number, '300')
  await say(host, { type: 'judgeGuesses', turn: number, right: 100 })
  await screen.page.getByText('90, мимо на 10').waitFor()
  await expectAccessible(screen.page, 'a number')
  expect(screen.faults).toEqual([])
})

test('a board, a double and a final on the wall', async () => {
  const chosen = (await sections()).slice(0, 2)
  const board = { rows: 3, step: 100, doubles: 4, final: true }
  const [host, screen, ann, bob] = await open({ sections: chosen, board, rules: { ...settings.rules, ...own } })
  await say(host, { type: 'beginRound', round: 1 })
  await screen.page.getByRole('heading', { name: 'Своя игра' }).waitFor()
  await says(screen.page, 'Выбираем вопрос')
  expect(await screen.page.getByText('100, свободно').count()).toBe(2)
  await expectAccessible(screen.page, 'a board')

  // The first row holds no double.
  await answerRight(host, ann, await ask(host, 0))
  await screen.page.getByText('Верно', { exact: true }).waitFor()
  await say(ann, { type: 'pickCell', cell: 1 })
  await screen.page.getByText('200, выбрано').waitFor()
  await screen.page.getByText('100, Аня').waitFor()
  await expectAccessible(screen.page, 'a picked cell')

  // Below it everything is one here, and nobody reads it before the stake is said.
  const double = await ask(host, 1)
  await screen.page.getByRole('heading', { name: 'Ставка' }).waitFor()
  await says(screen.page, 'Аня')
  await expectAccessible(screen.page, 'a double')
  await say(ann, { type: 'stake', turn: double, seat: ann.seat, points: 200 })
  await says(screen.page, 'Ставка 200')
  await answerRight(host, ann, double)
  await says(screen.page, '+200')

  // A page that comes now has seen nothing of it, and finds the board.
  await screen.page.reload()
  await screen.page.getByText('200, Аня').waitFor()

  const cells = host.state.cells.length
  const final = await ask(host, cells - 1)
  await says(screen.page, 'Делайте ставки')
  await says(screen.page, 'Поставили 0 из 2')
  await say(ann, { type: 'stake', turn: final, seat: ann.seat, points: 300 })
  await say(bob, { type: 'stake', turn: final, seat: bob.seat, points: 100 })
  await says(screen.page, 'Поставили 2 из 2')
  await expectAccessible(screen.page, 'a final')
  await say(host, { type: 'openBuzzers', turn: final })
  await type(ann, final, 'да')
  await type(bob, final, 'нет')
  await says(screen.page, 'Ведущий проверяет ответы')
  await say(host, { type: 'judgeAnswers', turn: final, answers: ['нет'], verdict: 'wrong' })
  await say(host, { type: 'judgeAnswers', turn: final, answers: ['да'], verdict: 'right' })
  await says(screen.page, '+300')
  await says(screen.page, '−100')
  await expectAccessible(screen.page, 'a final that is judged')
  expect(screen.faults).toEqual([])
})
