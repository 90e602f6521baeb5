/** What one line of a bank is, by its own look alone. */
export type Line =
  | { is: 'blank' }
  | { is: 'heading'; level: number; text: string }
  | { is: 'note'; text: string }
  | { is: 'choice'; text: string; right: boolean }
  | { is: 'more'; text: string }
  | { is: 'text'; text: string }
  | { is: 'fault'; message: string }

const heading = /^(#{1,6})(?:\s+(.*))?$/
const closingMarks = /(?<=^|\s)#+$/
const crowdedHeading = /^#{1,6}[^#\s]/
const tooDeep = /^#{7}/
const quote = /^>\s?(.*)$/
const choice = /^[-*+]\s+\[([ xX])\]\s+(.+)$/
/** `[x](…)` is a link. */
const crowdedChoice = /^[-*+]\s+\[[ xX]\](?:$|[^\s(])/
const bullet = /^(?:[-*+]|\d+[.)])\s+(?=\S)/
const ruler = /^([-*_])(?:\s*\1){2,}$/

export function readLine(raw: string): Line {
  const text = raw.trim()
  if (text === '' || ruler.test(text)) return { is: 'blank' }
  const quoted = quote.exec(text)
  if (quoted) return { is: 'note', text: quoted[1] as string }
  const option = choice.exec(text)
  if (option) return { is: 'choice', text: option[2] as string, right: option[1] !== ' ' }
  if (crowdedChoice.test(text)) return { is: 'fault', message: 'A choice needs a space and words after its ].' }
  if (/^\s/.test(raw)) return { is: 'more', text }
  return readWords(text)
}

function readWords(text: string): Line {
  const titled = heading.exec(text)
  if (titled) {
    const [, marks = '', rest = ''] = titled
    const title = rest.replace(closingMarks, '').trimEnd()
    if (title !== '') return { is: 'heading', level: marks.length, text: title }
    return { is: 'fault', message: 'The heading has no words. Give it a name, or delete it.' }
  }
  if (crowdedHeading.test(text)) return { is: 'fault', message: 'A heading needs a space after its #.' }
  if (tooDeep.test(text)) return { is: 'fault', message: 'A heading has six # at most. Take some away.' }
  if (text.startsWith('```')) {
    return { is: 'fault', message: 'A block of code may stand in an answer only: begin each of its lines with >.' }
  }
  return { is: 'text', text: text.replace(bullet, '') }
}
