/** What this device remembers. A browser may forbid it (private windows, full disk): then nothing is remembered. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`knopka.${key}`)
  } catch {
    return null
  }
}

export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`knopka.${key}`)
    else localStorage.setItem(`knopka.${key}`, value)
  } catch {
    // The page works without it; only a reload will not find the seat again.
  }
}
