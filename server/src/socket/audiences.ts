import type { Pin } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { House } from '../house.ts'
import { Audience } from './audience.ts'
import type { GuestSocket } from './socket.ts'

/** PIN -> everyone of that room on this node, for as long as someone is here. */
export class Audiences {
  #house: House
  #log: Logger
  #byPin = new Map<Pin, Audience>()

  constructor(house: House, log: Logger) {
    this.#house = house
    this.#log = log
  }

  seat(socket: GuestSocket): void {
    const { room } = socket.data
    const audience = this.#byPin.get(room.pin) ?? new Audience(room, this.#house, this.#log)
    this.#byPin.set(room.pin, audience)
    audience.seat(socket)
    socket.on('disconnect', () => {
      if (!audience.leave(socket)) return
      audience.close()
      this.#byPin.delete(room.pin)
    })
  }

  /** Whether a crowd is being told something. */
  get isAnyTelling(): boolean {
    for (const audience of this.#byPin.values()) if (audience.isTelling) return true
    return false
  }

  /** Called several times a second, once a second with `isSecond`. */
  beat(isSecond: boolean): void {
    for (const audience of this.#byPin.values()) audience.beat(isSecond)
  }
}
