import { pinDigits } from '@knopka/shared/ids'

/** Six digits that stand alone, perhaps parted in the middle; so a pasted link gives its PIN and not its address. */
const whole = /(?<!\d)(\d{3})[\s\u2009\u202f-]?(\d{3})(?!\d)/

/** The PIN, or as much of it as is there, in whatever a person typed or pasted. */
export function pinIn(text: string): string {
  const [, head, tail] = whole.exec(text) ?? []
  return head && tail ? head + tail : text.replace(/\D/g, '').slice(0, pinDigits)
}

/**
 * What the cells show after a change of the field.
 * @param before what they showed until now
 * @param refused no room answers to that: the next key begins anew
 * @param typed all that the field holds now
 */
export function pinAfter(before: string, refused: boolean, typed: string): string {
  if (!refused) return pinIn(typed)
  if (typed.length < before.length) return ''
  return pinIn(typed.startsWith(before) ? typed.slice(before.length) : typed)
}

export const isWhole = (pin: string): boolean => pin.length === pinDigits
