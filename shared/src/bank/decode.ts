import type { Mistake } from './question.ts'

/** Node and browsers have it alike; the types of either would let in everything else that they have. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal: boolean })
  decode(bytes: Uint8Array, options?: { stream: boolean }): string
}

/** A bank of a thousand questions with answers is some hundred kilobytes. */
const maxBytes = 10 * 1024 * 1024

/** Signs that turn text round, so that a line reads otherwise than it is written; and control signs. */
// eslint-disable-next-line no-control-regex -- these signs are what it looks for
export const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u

/** The lines of a file, whatever ends them; no lines where the file is no text at all. */
export function decode(bytes: Uint8Array): { lines: string[]; mistakes: Mistake[] } {
  if (bytes.length > maxBytes) {
    const size = Math.ceil(bytes.length / 1024 / 1024)
    return broken(1, `The file has ${size} MB; a bank may have ${maxBytes / 1024 / 1024}. Split it into several banks.`)
  }
  const nul = bytes.indexOf(0)
  if (nul >= 0)
    return broken(lineAt(bytes, nul), 'There is a NUL byte: this is no text in UTF-8. Save it as plain text, in UTF-8.')
  const wrong = firstWrongByte(bytes)
  if (wrong >= 0) return broken(lineAt(bytes, wrong), 'These bytes are not UTF-8. Save the file in UTF-8.')
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\r|\n/)
  return { lines, mistakes: lines.flatMap(hiddenSigns) }
}

const broken = (line: number, message: string) => ({ lines: [], mistakes: [{ line, message }] })

function hiddenSigns(text: string, index: number): Mistake[] {
  const [sign] = hidden.exec(text) ?? []
  if (sign === undefined) return []
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return [{ line: index + 1, message: `There is an invisible sign, U+${code}. Delete it.` }]
}

const lineAt = (bytes: Uint8Array, offset: number) => {
  let line = 1
  for (let index = 0; index < offset; index++) {
    const isCrBeforeLf = bytes[index] === 0x0d && bytes[index + 1] === 0x0a
    if (bytes[index] === 0x0a || (bytes[index] === 0x0d && !isCrBeforeLf)) line++
  }
  return line
}

/** -1 when all of it is UTF-8. Halving finds the place: a beginning is fine as long as only its end is cut off. */
function firstWrongByte(bytes: Uint8Array): number {
  if (isUtf8(bytes, false)) return -1
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8(bytes.subarray(0, middle), true)) good = middle
    else bad = middle
  }
  return good
}

function isUtf8(bytes: Uint8Array, mayBeCut: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayBeCut })
    return true
  } catch {
    return false
  }
}
