import { memoryUsage } from 'node:process'
import { setImmediate } from 'node:timers/promises'
import { startServer } from '../support/server.ts'

/** What the test asks of this process over a channel of its own, and what it says. */
export interface Question {
  number: number
  about: 'log' | 'faults' | 'rest' | 'end'
  pin?: string
}
export interface Reply {
  number: number
  reply: unknown
}

/** How it stands with this process when it has tidied up. */
export interface Rest {
  heapBytes: number
  /** From outside. */
  connections: number
}

const settings = Object.entries(process.env).filter(([name]) => name.startsWith('KNOPKA_'))
const warnings: string[] = []
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`))

const server = await startServer(Object.fromEntries(settings) as Record<string, string>)

async function replyTo({ about, pin = '' }: Question): Promise<unknown> {
  switch (about) {
    case 'log':
      return server.store.rooms.read(pin, 0)
    case 'faults':
      return [...server.faults, ...warnings]
    case 'rest':
      return rest()
    case 'end':
      return server.close()
  }
}

/** What is garbage only after a finalizer ran, or after another collection, is garbage all the same. */
async function rest(): Promise<Rest> {
  for (let times = 0; times < 5; times++) {
    globalThis.gc?.()
    await setImmediate()
  }
  const connections = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length
  return { heapBytes: memoryUsage().heapUsed, connections }
}

process.on('message', (question: Question) => {
  void replyTo(question).then((reply) => {
    const message: Reply = { number: question.number, reply }
    // As the product does: engine.io waits half a minute for those who polled and went away.
    if (question.about === 'end') process.send?.(message, undefined, {}, () => process.exit(0))
    else process.send?.(message)
  })
})
// Nobody is left to ask.
process.on('disconnect', () => process.exit(0))
process.send?.({ number: 0, reply: server.address } satisfies Reply)
