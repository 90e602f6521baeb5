import type { Screens } from '@knopka/shared/contracts'
import type { Neighbours } from '../light/neighbours.ts'
import { perSecond } from './command.ts'
import type { GuestSocket } from './socket.ts'

/** The projectors of one room, as its hosts know them. None of it is a fact of the game. */
export class Projectors {
  #sockets: ReadonlySet<GuestSocket>
  #neighbours: Neighbours

  /** @param sockets those of this node */
  constructor(sockets: ReadonlySet<GuestSocket>, neighbours: Neighbours) {
    this.#sockets = sockets
    this.#neighbours = neighbours
  }

  get here(): Screens {
    const screens = [...this.#sockets]
    return { here: screens.length, sounding: screens.filter(({ data }) => data.isSounding).length }
  }

  get everywhere(): Screens {
    const screens = [this.here, ...this.#neighbours.screens]
    return {
      here: screens.reduce((sum, { here }) => sum + here, 0),
      sounding: screens.reduce((sum, { sounding }) => sum + sounding, 0),
    }
  }

  /** A projector tells whether the hall can hear it. @returns whether that is news */
  sounds({ data }: GuestSocket, isSounding: boolean): boolean {
    if (data.viewer.role !== 'screen' || data.isSounding === isSounding) return false
    data.isSounding = isSounding
    return true
  }

  /** A host asks to hear the projectors, wherever they are connected. */
  trySound({ data: { viewer, said } }: GuestSocket): void {
    if (viewer.role !== 'host' && viewer.role !== 'cohost') return
    if (said.add(performance.now()) > perSecond) return
    this.trySoundHere()
    this.#neighbours.tellTrySound()
  }

  trySoundHere(): void {
    for (const socket of this.#sockets) socket.emit('trySound')
  }
}
