import { ProbeAnswer } from '@knopka/shared/contracts'
import type { Store } from '../store/store.ts'
import type { GameServer, GuestSocket } from './socket.ts'

const everyMs = 1000
/** Enough round trips at the start to know a link before the first question. */
const firstProbes = 5

/** One timer for all links: a timer a socket would cost a large room dearly. */
export function probeAll(io: GameServer, store: Store, afterwards: () => void): NodeJS.Timeout {
  return setInterval(() => {
    for (const socket of io.of('/').sockets.values()) probe(socket, store)
    afterwards()
  }, everyMs).unref()
}

/** Measures a new link at once, one probe after the other. */
export function probeNewcomer(socket: GuestSocket, store: Store): void {
  probe(socket, store, () => {
    if (socket.data.meter.measured < firstProbes) probeNewcomer(socket, store)
  })
}

function probe(socket: GuestSocket, store: Store, answered?: () => void): void {
  const { meter } = socket.data
  const probe = meter.probe(store.now())
  socket.emit('probe', probe, (phoneClock: unknown) => {
    const now = store.now()
    if (!ProbeAnswer.safeParse(phoneClock).success) return
    meter.answered(probe.nonce, now)
    answered?.()
  })
}
