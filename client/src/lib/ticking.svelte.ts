import { createSubscriber } from 'svelte/reactivity'

/** A clock that redraws what reads it, once a frame, for as long as something on the page reads it. */
export class Ticking {
  #read: () => number
  #subscribe = createSubscriber((update) => {
    let frame = requestAnimationFrame(function tick() {
      update()
      frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  })

  constructor(read: () => number) {
    this.#read = read
  }

  get now(): number {
    this.#subscribe()
    return this.#read()
  }
}
