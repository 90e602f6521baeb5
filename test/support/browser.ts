import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'

const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The system's own Chromium; `CHROMIUM_PATH` names another. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || places.find((place) => existsSync(place))
  if (!executablePath) throw new Error('There is no Chromium: run npm test, which installs it, or set CHROMIUM_PATH')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
}

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }
export const laptop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
export const wall: BrowserContextOptions = { viewport: { width: 1920, height: 1080 } }

/** A page of a device of its own, with everything that went wrong in it. */
export interface Device {
  page: Page
  /** Script errors, refused resources and messages of the content security policy. */
  faults: string[]
  /** All that came over its socket. */
  received: string[]
}

export async function device(browser: Browser, options: BrowserContextOptions): Promise<Device> {
  const context = await browser.newContext({ locale: 'ru-RU', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const faults: string[] = []
  const received: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !isLostConnection(message.text())) faults.push(message.text())
  })
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(String(payload))))
  return { page, faults, received }
}

/** A server that is down is part of some tests; the browser logs each try. */
const isLostConnection = (text: string) => /WebSocket connection|ERR_CONNECTION|ERR_SOCKET|ERR_EMPTY/.test(text)

/** No violation of WCAG 2 A and AA, nor of axe's best practices. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  )
  expect.soft(found, where).toEqual([])
}
