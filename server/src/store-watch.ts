import type { Logger } from 'pino'
import type { Store } from './store/store.ts'

const everyMs = 2000

/** Knows whether the store can be asked, and tells the log when that changes. */
export class StoreWatch {
  #store: Store
  #log: Logger
  #isThere = true
  #asking: Promise<boolean> | null = null
  #timer: NodeJS.Timeout | undefined
  #isOver = false

  constructor(store: Store, log: Logger) {
    this.#store = store
    this.#log = log
  }

  start(): void {
    this.#timer = setInterval(() => void this.isThere(), everyMs).unref()
  }

  /** A store that is closed on purpose is not lost. */
  stop(): void {
    this.#isOver = true
    clearInterval(this.#timer)
  }

  /** Asks the store; however many want to know at once, it is asked once. */
  isThere(): Promise<boolean> {
    this.#asking ??= this.#store.check().then(
      () => this.#heard(true),
      (fault: unknown) => this.#heard(false, fault),
    )
    return this.#asking
  }

  #heard(isThere: boolean, fault?: unknown): boolean {
    this.#asking = null
    if (isThere !== this.#isThere && !this.#isOver) {
      // Both on one level: whoever reads of the loss reads of the return.
      if (isThere) this.#log.warn('the store is back')
      else this.#log.warn({ err: fault }, 'the store is lost')
    }
    this.#isThere = isThere
    return isThere
  }
}
