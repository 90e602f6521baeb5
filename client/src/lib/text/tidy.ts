/** One line as the server takes it: marks that nobody sees dropped, white space folded. */
export const tidy = (text: string): string =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
