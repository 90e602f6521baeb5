import { ourGame, type Asked, type Setting } from './ours.ts'
import type { Door, Wire } from './wire.ts'

export type { Asked }

/** Running servers of one kind, as the load is told of them. */
export interface Place {
  kind: 'ours' | 'ws' | 'stock'
  /** One a process: the people of a room are spread over them. */
  ports: number[]
  pids: number[]
  /** Where the people of our rooms sit: it decides how long presses are waited for. */
  setting: Setting
}

/** One room's evening in the words of the server that it runs on: whatever runs, the load does the same. */
export interface Game {
  hello(role: 'host' | 'player'): unknown
  /** The host is in. */
  begin(host: Wire, welcome: Buffer): void
  ask(): Promise<void>
  open(): Promise<void>
  /** Everyone hears of it. */
  press(phone: Wire): Promise<void>
  /** One of many chooses: it is acknowledged, and the host hears of it. */
  answer(phone: Wire): Promise<void>
  close(): Promise<void>
  /** The word of the commit that says whose press was first, where anyone decides that. */
  decides: string | null
}

export const doorOf = ({ kind, ports }: Place, index: number): Door => ({
  port: ports[index % ports.length] ?? 0,
  opens: kind === 'ws' ? 'at once' : 'after handshake',
})

/** @param index tells the rooms of one run apart */
export async function openGame({ kind, ports, setting }: Place, index: number, asks: Asked): Promise<Game> {
  return kind === 'ours' ? ourGame(ports[0] ?? 0, setting, index, asks) : floorGame(String(index))
}

/** The same words at the same moments, each a message to the whole room. */
function floorGame(room: string): Game {
  let host: Wire
  const say = (wire: Wire, word: string) => Promise.resolve(wire.tell('say', word))
  return {
    decides: null,
    hello: (role) => ({ room, role }),
    begin: (wire) => (host = wire),
    ask: () => say(host, 'questionAsked'),
    open: () => say(host, 'buzzersOpened'),
    press: (phone) => say(phone, 'buzzed'),
    answer: async (phone) => void (await phone.ask('tell', 'chosen')),
    close: () => say(host, 'turnClosed'),
  }
}
