/** Numbers in [0, 1), the same for the same seed on every machine. */
export type Random = () => number

/**
 * A small generator for fair shuffles, not for secrets.
 * @see sfc32 by Chris Doty-Humphrey (PractRand); the seed is spread by FNV-1a
 */
export function seededRandom(seed: string): Random {
  let [a, b, c, counter] = [spread(seed, 1), spread(seed, 2), spread(seed, 3), 1]
  const next = () => {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) next()
  return next
}

function spread(seed: string, salt: number): number {
  let hash = 0x811c9dc5 ^ salt
  for (let index = 0; index < seed.length; index++) hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193)
  return hash
}

/** A copy in random order, each order equally likely (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items]
  for (let last = copy.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    ;[copy[last], copy[pick]] = [copy[pick] as T, copy[last] as T]
  }
  return copy
}
