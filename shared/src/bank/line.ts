/** What one line of a bank is, by its own look alone. */
export type Line =
  | { is: 'blank' }
  | { is: 'heading'; level: number; text: string }
  | { is: 'note'; text: string }
  | { is: 'choice'; text: string; right: boolean }
  | { is: 'more'; text: string }
  | { is: 'text'; text: string }
  | { is: 'fault'; message: string }

const heading = /^(#{1,6})(?:\s+(.*?))?(?:\s+#+)?$/
const crowdedHeading = /^#{1,6}[^#\s]/
const quote = /^>\s?(.*)$/
const choice = /^[-*+]\s+\[([ xX])\]\s+(.+)$/
const bullet = /^(?:[-*+]|\d+[.)])\s+(?=\S)/
const ruler = /^([-*_])(?:\s*\1){2,}$/

export function readLine(raw: string): Line {
  const text = raw.trim()
  if (text === '' || ruler.test(text)) return { is: 'blank' }
  const quoted = quote.exec(text)
  if (quoted) return { is: 'note', text: quoted[1] as string }
  const option = choice.exec(text)
  if (option) return { is: 'choice', text: option[2] as string, right: option[1] !== ' ' }
  if (/^\s/.test(raw)) return { is: 'more', text }
  return readWords(text)
}

function readWords(text: string): Line {
  const titled = heading.exec(text)
  if (titled) {
    const [, marks = '', title = ''] = titled
    if (title !== '') return { is: 'heading', level: marks.length, text: title }
    return { is: 'fault', message: 'The heading has no words. Give it a name, or delete it.' }
  }
  if (crowdedHeading.test(text)) return { is: 'fault', message: 'A heading needs a space after its #.' }
  if (text.startsWith('```')) {
    return { is: 'fault', message: 'A block of code may stand in an answer only: begin each of its lines with >.' }
  }
  return { is: 'text', text: text.replace(bullet, '') }
}
