import type { Page } from 'playwright-core'
import type { Device } from './browser.ts'

/** Waits until a phone's button has this face. */
export const face = (page: Page, name: string): Promise<void> => page.locator(`main[data-face='${name}']`).waitFor()

/** The host picks sections and a number of questions, and opens the room. @returns its PIN */
export async function openRoom({ page }: Device, address: string, sections: string[], count: number): Promise<string> {
  await page.goto(`${address}/host`)
  for (const section of sections) await page.getByRole('treeitem', { name: new RegExp(`^${section}`) }).click()
  await page.getByRole('spinbutton', { name: 'Сколько вопросов' }).fill(String(count))
  await page.getByRole('button', { name: /Открыть комнату/ }).click()
  await page.waitForURL(/\/host\/\d{6}$/)
  await page.getByRole('button', { name: /Начать/ }).waitFor()
  return new URL(page.url()).pathname.split('/')[2] as string
}

/** By the code, as people in the room do it. */
export async function takeSeat({ page }: Device, address: string, pin: string, name: string): Promise<void> {
  await page.goto(address)
  await page.locator('input:focus').waitFor()
  await page.keyboard.type(pin)
  await page.waitForURL(`**/${pin}`)
  await page.getByRole('textbox').fill(name)
  await page.keyboard.press('Enter')
  await page.locator('[data-face]').waitFor()
}

/** Presses the big button as soon as it is the one to press, and waits until the press has come through. */
export async function press({ page }: Device, becomes: 'first' | 'other'): Promise<void> {
  await page.locator("main[data-face='press'], main[data-face='join-queue']").waitFor()
  await page.locator('.disc').tap()
  await face(page, becomes)
}

/** How the console's keys are written on it. */
const caps: Record<string, string> = { ArrowRight: '→', Space: 'Пробел' }

/** As a host does it: presses a key once the console shows that it can be pressed. A phone may know a moment sooner. */
export async function pressKey({ page }: Device, code: string): Promise<void> {
  if ('12345'.includes(code) || code in caps) {
    await page.locator(`[aria-keyshortcuts='${caps[code] ?? code}']:not([aria-disabled])`).waitFor()
  }
  await page.keyboard.press(code)
}
