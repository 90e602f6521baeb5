/** Reads comma-separated values as RFC 4180 has them. @returns rows of cells */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  for (let index = 0; index < text.length; index++) {
    const sign = text[index] as string
    if (quoted && sign === '"' && text[index + 1] === '"') cell += text[++index] as string
    else if (sign === '"') quoted = !quoted
    else if (quoted) cell += sign
    else if (sign === ',') endCell()
    else if (sign === '\n') {
      endCell()
      rows.push(row)
      row = []
    } else if (sign !== '\r') cell += sign
  }
  return rows
}
