import type { Ms } from '@knopka/shared/ids'
import type { Connection } from './hang-up.ts'
import { Tally } from './tally.ts'

/** Devices and pages that may share a seat at once; a person has two or three. */
const mostConnections = 8

/** What all connections of one seat share on this process. */
interface Place {
  connections: Connection[]
  said: Tally
}

/** Who sits where: one seat has one allowance, however many connections it opens. */
export class Crowd {
  #places = new Map<string, Place>()
  #left = new Set<string>()

  /**
   * Counts a connection to a seat, until it closes.
   * @returns what the seat says in a second, or `null` where too many sit there already
   */
  sit(seat: string, connection: Connection): Tally | null {
    const place = this.#places.get(seat) ?? { connections: [], said: new Tally() }
    // Whoever left while the door was asked takes no place, for nothing would give it back.
    if (place.connections.includes(connection) || connection.readyState === 'closed') return place.said
    if (place.connections.length >= mostConnections) return null
    this.#places.set(seat, place)
    place.connections = place.connections.concat(connection)
    connection.on('close', () => {
      place.connections = place.connections.filter((one) => one !== connection)
      if (place.connections.length === 0) this.#left.add(seat)
    })
    return place.said
  }

  /** Forgets seats that nobody is in. Not at once: to leave and come back shall not fill the allowance up. */
  sweep(now: Ms): void {
    for (const seat of this.#left) {
      const place = this.#places.get(seat)
      const isTaken = place !== undefined && place.connections.length > 0
      if (!isTaken && place && !place.said.isOver(now)) continue
      if (!isTaken) this.#places.delete(seat)
      this.#left.delete(seat)
    }
  }
}
