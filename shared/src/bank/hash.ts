/**
 * 64 bits of a text in 13 digits of base 36: enough to name things that nobody wants to forge.
 * @see FNV-1a by Fowler, Noll and Vo, twice with different starts, and MurmurHash3's finish (Austin Appleby)
 */
export function hash(text: string): string {
  let [high, low] = [0x811c9dc5, 0x9e3779b9]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (high >>> 15)
  }
  return digits(finish(high ^ low), 7) + digits(finish(low), 6)
}

function finish(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const digits = (value: number, length: number) => value.toString(36).padStart(length, '0').slice(-length)
