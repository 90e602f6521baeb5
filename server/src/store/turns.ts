/** Lets jobs of one name run one after the other; those of different names do not wait for each other. */
export class Turns {
  #last = new Map<string, Promise<void>>()
  #over = false

  take<Result>(name: string, job: () => Promise<Result>): Promise<Result> {
    if (this.#over) return Promise.reject(new Error('The store is closed'))
    const result = (this.#last.get(name) ?? Promise.resolve()).then(job)
    const leave = () => {
      if (this.#last.get(name) === done) this.#last.delete(name)
    }
    // A fault is for whoever asked; those behind get their turn all the same.
    const done: Promise<void> = result.then(leave, leave)
    this.#last.set(name, done)
    return result
  }

  /** Takes no more jobs. @returns when the last one is done */
  async end(): Promise<void> {
    this.#over = true
    await Promise.all(this.#last.values())
  }
}
