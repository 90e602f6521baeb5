import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in a time that tells nothing of how much of a guess was right, nor how long the secret is. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

const digest = (text: string) => createHash('sha256').update(text).digest()
