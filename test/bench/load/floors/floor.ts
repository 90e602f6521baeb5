import { paddingOf } from '../frames.ts'

/** What a floor sends in place of the product's messages: as many bytes, and nothing behind them. */
export const commitBytes = Number(process.env.COMMIT_BYTES)
export const welcomeBytes = Number(process.env.WELCOME_BYTES)

export interface FloorHello {
  room: string
  role: 'host' | 'player'
}

const paddings = new Map<string, string>()

/** The padding behind one word of the evening, made once. */
export function commitPadding(word: string): string {
  const padding = paddings.get(word) ?? paddingOf('commit', word, commitBytes)
  paddings.set(word, padding)
  return padding
}

export const listens = (port: number) => process.stdout.write(`listens on localhost:${port}\n`)
