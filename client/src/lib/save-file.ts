/** Hands a file to the browser, to be saved under this name. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser begins to read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
