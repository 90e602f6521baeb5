/** What the load needs to tell apart of Engine.IO's and Socket.IO's text frames. */
export type Frame =
  | { kind: 'opened' | 'ping' | 'joined' | 'refused' | 'other' }
  /** `id` is empty where no answer is wanted. */
  | { kind: 'event'; name: string; id: string }
  | { kind: 'answer'; id: number }

const headBytes = 48

/** Reads the head alone: the load has more frames to read than the server to write. */
export function readFrame(bytes: Buffer): Frame {
  const head = bytes.toString('latin1', 0, headBytes)
  if (head.startsWith('42')) return readEvent(head)
  if (head.startsWith('43')) return { kind: 'answer', id: parseInt(head.slice(2), 10) }
  if (head.startsWith('40')) return { kind: 'joined' }
  if (head.startsWith('44')) return { kind: 'refused' }
  if (head.startsWith('0')) return { kind: 'opened' }
  return { kind: head === '2' ? 'ping' : 'other' }
}

function readEvent(head: string): Frame {
  const [, id, name] = /^42(\d*)\["(\w+)"/.exec(head) ?? []
  return id === undefined || name === undefined ? { kind: 'other' } : { kind: 'event', id, name }
}

/** What an event or an answer says, without the event's name. */
export function readBody(bytes: Buffer): unknown {
  const text = bytes.toString()
  const said = JSON.parse(text.slice(text.indexOf('['))) as unknown[]
  return text.startsWith('42') ? said[1] : said[0]
}

export const eventFrame = (name: string, ...said: unknown[]): string => `42${JSON.stringify([name, ...said])}`

export const askingFrame = (id: number, name: string, said: unknown): string => `42${id}${JSON.stringify([name, said])}`

export const answerFrame = (id: string, said: unknown): string => `43${id}[${JSON.stringify(said)}]`

/** An event of an exact size, so that a floor sends as many bytes as the product does. */
export function paddedFrame(name: string, said: string, bytes: number): string {
  return eventFrame(name, said, paddingOf(name, said, bytes))
}

export const paddingOf = (name: string, said: string, bytes: number): string =>
  'x'.repeat(Math.max(0, bytes - eventFrame(name, said, '').length))
