/** Names and questions are anybody's text: it stays text, on one line, also where a list or a number would begin. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_~[\]<>|#&]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')
