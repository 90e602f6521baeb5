/** A piece of a question's text: plain words, or something typed into a machine. */
interface Piece {
  text: string
  code: boolean
}

/**
 * What looks like code inside a sentence: text between backticks, `@name`, `snake_case`, `__dunder__`, `call()`,
 * `*args`. It leaves plain English words alone.
 */
const code =
  /`([^`]+)`|(?<![\p{L}\p{N}_.])(@[A-Za-z_][\w.]*|\*{1,2}[a-z]\w*|[A-Za-z_][\w.]*\(\)|[A-Za-z][A-Za-z0-9.]*_\w*|_+[A-Za-z]\w*)(?![\p{L}\p{N}_])/gu

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(code)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), code: false })
    pieces.push({ text: match[1] ?? match[0], code: true })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), code: false })
  return pieces
}
