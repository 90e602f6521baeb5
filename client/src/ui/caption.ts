import type { Press, Turn } from '@knopka/shared/game'

/** What stands around and on the big button. */
export interface Caption {
  head: string
  word: string
  line: string
}

/** Who has the floor, as far as the presses tell. */
export const speakerOf = (turn: Turn): Press | undefined =>
  turn.presses.findLast(({ seat }) => seat === turn.floor?.seat)
