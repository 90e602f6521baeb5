/** Whether this process takes on anything new, and how much of what it began is not finished yet. */
export class Duty {
  #stage: 'open' | 'draining' | 'closed' = 'open'
  #begun = 0
  #whenDone: () => void = () => {}

  /** It will go soon: whoever spreads the load shall send nobody here any more. */
  get isDraining(): boolean {
    return this.#stage !== 'open'
  }

  get isClosed(): boolean {
    return this.#stage === 'closed'
  }

  begin(): void {
    this.#begun++
  }

  end(): void {
    this.#begun--
    if (this.#begun === 0) this.#whenDone()
  }

  drain(): void {
    this.#stage = 'draining'
  }

  /** Takes on nothing new. @returns when all that was begun is finished */
  close(): Promise<void> {
    this.#stage = 'closed'
    if (this.#begun === 0) return Promise.resolve()
    return new Promise((resolve) => (this.#whenDone = resolve))
  }
}
