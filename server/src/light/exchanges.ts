import type { Exchange } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'

const most = 80
/** Of one exchange, in this order: its nonce, `sentAt`, `cameAt`, `phoneClock`, `rttMs`. */
const width = 5

/**
 * The latest exchanges of one link, oldest first. As numbers in one list they take a quarter of what as many objects do,
 * and each of thousands of links keeps dozens.
 */
export class Exchanges {
  #numbers: number[] = []

  get count(): number {
    return this.#numbers.length / width
  }

  get lastRttMs(): Ms | null {
    return this.#numbers.at(-1) ?? null
  }

  add(nonce: number, { sentAt, cameAt, phoneClock, rttMs }: Exchange): void {
    this.#numbers.push(nonce, sentAt, cameAt, phoneClock, rttMs)
    if (this.count > most) this.#numbers.splice(0, width)
  }

  /** Its round trip was shorter than it seemed. @returns whether there is such an exchange */
  shorten(nonce: number, rttMs: Ms): boolean {
    let row = this.#numbers.length - width
    while (row >= 0 && this.#at(row) !== nonce) row -= width
    if (row < 0) return false
    this.#numbers[row + 4] = Math.min(this.#at(row + 4), rttMs)
    return true
  }

  /** Those that came at this instant or later. */
  since(instant: Ms): Exchange[] {
    return this.#rowsSince(instant, (row) => ({
      sentAt: this.#at(row + 1),
      cameAt: this.#at(row + 2),
      phoneClock: this.#at(row + 3),
      rttMs: this.#at(row + 4),
    }))
  }

  rttsSince(instant: Ms): Ms[] {
    return this.#rowsSince(instant, (row) => this.#at(row + 4))
  }

  #rowsSince<Read>(instant: Ms, read: (row: number) => Read): Read[] {
    const found: Read[] = []
    for (let row = 0; row < this.#numbers.length; row += width) {
      if (this.#at(row + 2) >= instant) found.push(read(row))
    }
    return found
  }

  #at(index: number): number {
    return this.#numbers[index] as number
  }
}
