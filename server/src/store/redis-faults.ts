import type { Ms } from '@knopka/shared/ids'

/** Nobody waits longer for Redis. */
export const patienceMs = 5000

/** @throws {Error} when `work` takes too long; whatever comes of it later is nobody's concern */
export async function within<Result>(ms: Ms, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The library keeps in a fault what was asked: a password, the signing key, the answers of players. Faults are logged,
 * so only the message goes on.
 */
export function plain(fault: unknown): Error {
  const message = fault instanceof Error ? fault.message : String(fault)
  return new Error(`Redis: ${message === closed ? 'the connection was lost' : message}`)
}

/** In the library's words; which of its connections hears of it first is chance. */
const closed = 'Connection is closed.'

/** Tells of a lost connection once, however many connections are lost with it and however often each is tried again. */
export class Outage {
  #report: (fault: Error) => void
  #lost = new Set<string>()

  constructor(report: (fault: Error) => void) {
    this.#report = report
  }

  begin(what: string, fault: unknown): void {
    if (this.#lost.size === 0) this.#report(plain(fault))
    this.#lost.add(what)
  }

  end(what: string): void {
    this.#lost.delete(what)
  }
}
