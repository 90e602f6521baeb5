export type Listener<Message> = (message: Message) => void

/** @param message made anew for each listener, so that nobody can change what another hears */
export type Tell<Message> = (message: () => Message) => void

/** Each hears in a task of its own: one that throws harms nobody else. Whoever has left meanwhile hears nothing. */
export function tellAll<Message>(listeners: ReadonlySet<Listener<Message>>, message: () => Message): void {
  for (const listener of listeners) {
    queueMicrotask(() => {
      if (listeners.has(listener)) listener(message())
    })
  }
}
