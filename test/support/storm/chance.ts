import { seededRandom, type Random } from '@knopka/shared/random'

/** Choices that are the same for the same seed. */
export class Chance {
  readonly next: Random

  constructor(seed: string) {
    this.next = seededRandom(seed)
  }

  /** A whole number from `least` to `most`. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** True so often of one. */
  flip(share: number): boolean {
    return this.next() < share
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('Nothing to pick from')
    return items[this.int(0, items.length - 1)] as T
  }

  /** One of these, each as likely as it weighs. */
  weighed<T>(items: readonly (readonly [weight: number, item: T])[]): T {
    let left = this.next() * items.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, item] of items) if ((left -= weight) < 0) return item
    return (items.at(-1) as readonly [number, T])[1]
  }

  hex(length: number): string {
    return Array.from({ length }, () => this.int(0, 15).toString(16)).join('')
  }

  text(least: number, most: number): string {
    return Array.from({ length: this.int(least, most) }, () => this.pick(letters)).join('')
  }
}

const letters = [...'abcxyzАБЯё 0189.-_']
