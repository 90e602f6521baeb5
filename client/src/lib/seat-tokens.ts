import type { Pin } from '@knopka/shared/ids'
import { keep, recall } from './keepsakes.ts'

/**
 * One device may both host a room and play in it: the two seats are kept apart. In an interview each link has its own:
 * whoever asks may look at the candidate's page in another tab.
 */
export type Side = 'host' | 'player' | 'member' | `call-${string}`

const keyOf = (pin: Pin, side: Side) => `${side}.${pin}`

/** What brings this device's seat in that room back; `null` where it has none. */
export const tokenOf = (pin: Pin, side: Side): string | null => recall(keyOf(pin, side))

export const keepToken = (pin: Pin, side: Side, token: string | null): void => keep(keyOf(pin, side), token)

/** Tells the link by which this device came into a call last from the others of that room, and opens nothing. */
export const lastLink = (pin: Pin): string | null => recall(`call.${pin}`)

export const keepLastLink = (pin: Pin, link: string): void => keep(`call.${pin}`, link)
