import type { Page } from 'playwright-core'
import type { Device } from './browser.ts'

/** Waits until a phone's button has this face. */
export const face = (page: Page, name: string): Promise<void> => page.locator(`main[data-face='${name}']`).waitFor()

/**
 * The host picks sections and a number of questions, and opens the room.
 * @param choices what to choose of which rule, both as the page words them
 * @returns its PIN
 */
export async function openRoom(
  { page }: Device,
  address: string,
  sections: string[],
  count: number,
  choices: Record<string, string> = {},
): Promise<string> {
  await page.goto(`${address}/host`)
  for (const section of sections) await page.getByRole('treeitem', { name: new RegExp(`^${section}`) }).click()
  await page.getByRole('spinbutton', { name: 'Сколько вопросов' }).fill(String(count))
  for (const [rule, choice] of Object.entries(choices)) {
    await page.getByRole('radiogroup', { name: rule }).getByText(choice, { exact: true }).click()
  }
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

/** At the door of a study room, as its link opens it. */
export async function comeIn({ page }: Device, name: string): Promise<void> {
  await page.getByLabel('Имя').fill(name)
  await page.getByRole('button', { name: 'Войти' }).press('Enter')
  await page.getByRole('heading', { name: 'Кто здесь' }).waitFor()
}

/** Presses the big button as soon as it is the one to press, and waits until the press has come through. */
export async function press({ page }: Device, becomes: 'first' | 'other'): Promise<void> {
  await page.locator("main[data-face='press'], main[data-face='join-queue']").waitFor()
  await page.locator('.disc').tap()
  await face(page, becomes)
}

/** A finger that goes down so long after this phone's own light. */
export const pressAfterLight = (page: Page, afterMs: number): Promise<void> =>
  page.evaluate((afterMs) => {
    const main = document.querySelector('main[data-face]')
    if (!main) throw new Error('No table')
    const press = () =>
      main
        .querySelector('.disc')
        ?.dispatchEvent(
          new PointerEvent('pointerdown', { isPrimary: true, button: 0, bubbles: true, cancelable: true }),
        )
    const watch = new MutationObserver(() => {
      if (main.getAttribute('data-face') !== 'press') return
      watch.disconnect()
      setTimeout(press, afterMs)
    })
    watch.observe(main, { attributes: true, attributeFilter: ['data-face'] })
  }, afterMs)

/** How the console's keys are written on it. */
const caps: Record<string, string> = { ArrowRight: '→', Space: 'Пробел' }

/** As a host does it: presses a key once the console shows that it can be pressed. A phone may know a moment sooner. */
export async function pressKey({ page }: Device, code: string): Promise<void> {
  if ('12345'.includes(code) || code in caps) await canPress(page, code)
  await page.keyboard.press(code)
}

/** Two keys in one turn of the page's event loop: the server hears of both, one behind the other, on one connection. */
export async function pressTogether({ page }: Device, code: string, next: string): Promise<void> {
  await canPress(page, code)
  await page.evaluate(
    (codes) =>
      codes.forEach((code) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true }))),
    [code, next],
  )
}

const canPress = (page: Page, code: string): Promise<void> =>
  page.locator(`[aria-keyshortcuts='${caps[code] ?? code}']:not([aria-disabled])`).waitFor()
