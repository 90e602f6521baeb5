import type { Ms } from '@knopka/shared/ids'
import type { Random } from '@knopka/shared/random'
import type { Link } from '../../../client/src/lib/link.ts'
import { mainThread } from '../simulation/person.ts'
import { Line, now, type Alarms } from './alarms.ts'
import type { Role } from './roles.ts'

/** The WebSocket beneath a link, in ws's own names. */
interface Wire {
  onmessage: ((event: { data: unknown }) => void) | null
  send(data: string, options: object): void
  pong(data: Buffer, mask: boolean, done: () => void): void
  _socket: { bytesWritten: number }
}

/** Engine.IO's and Socket.IO's heads of an acknowledgement, of a light and of a press. */
const heads = { answer: '43', light: '42["light"', press: /^42\d*\["command",\{"type":"buzz"/ }
const answerShape = /^43(\d+)\[(.*)\]$/

/**
 * What lies between a page's script and its network: a main thread that is busy now and then, and whatever a cheat has
 * put there. Control pings are answered below all of it, as a browser does.
 */
export class Wiring {
  /** Whether the buzzers are open, as far as the phone knows. */
  isOpen = false
  readonly #role: Role
  readonly #thread: Random
  readonly #alarms: Alarms
  readonly #onPress: (bytes: number) => void
  #holdsUntil: Ms = -Infinity

  /** @param onPress a press has left the phone, at the end of so many bytes of its connection */
  constructor(link: Link, role: Role, thread: Random, alarms: Alarms, onPress: (bytes: number) => void) {
    this.#role = role
    this.#thread = thread
    this.#alarms = alarms
    this.#onPress = onPress
    link.io.on('open', () => this.#lay((link.io.engine.transport as unknown as { ws: Wire }).ws))
  }

  #lay(wire: Wire): void {
    const reads = new Line(this.#alarms)
    const hears = wire.onmessage
    wire.onmessage = (event) => {
      reads.put(now() + mainThread(this.#thread), () => {
        if (String(event.data).startsWith(heads.light)) this.#lights()
        hears?.(event)
      })
    }
    this.#laySends(wire)
    this.#layPongs(wire)
  }

  #lights(): void {
    this.isOpen = true
    if (this.#role.holdsMs > 0) this.#holdsUntil = now() + this.#role.holdsMs
  }

  #laySends(wire: Wire): void {
    const send = wire.send.bind(wire)
    const [answers, rest] = [new Line(this.#alarms), new Line(this.#alarms)]
    wire.send = (data, options) => {
      const isAnswer = data.startsWith(heads.answer)
      if (isAnswer && this.#role.isMute && this.isOpen) return
      const said = isAnswer ? this.#answers(data) : [data]
      const lateMs = isAnswer ? this.#role.answersLateMs : 0
      const line = lateMs > 0 ? answers : rest
      line.put(Math.max(now() + lateMs, this.#holdsUntil), () => {
        for (const one of said) send(one, options)
        if (heads.press.test(data)) this.#onPress(wire._socket.bytesWritten)
      })
    }
  }

  #answers(data: string): string[] {
    const [, id = '', clock = ''] = answerShape.exec(data) ?? []
    const { readsLate, replays } = this.#role
    if (replays) return [data, `43${id}[${Number(clock) + 50}]`, `43${Math.max(0, Number(id) - 1)}[${clock}]`]
    const isLate = readsLate.share > 0 && this.#thread() < readsLate.share
    return [isLate ? `43${id}[${Number(clock) + readsLate.ms}]` : data]
  }

  #layPongs(wire: Wire): void {
    const pong = wire.pong.bind(wire)
    const { pongsLateMs, promptShare, replays } = this.#role
    const [prompt, late] = [new Line(this.#alarms), new Line(this.#alarms)]
    let before: Buffer | null = null
    wire.pong = (data, mask, done) => {
      const again = replays && before ? [data, before, data] : [data]
      before = data
      const isPrompt = promptShare > 0 && this.#thread() < promptShare
      const [line, lateMs] = isPrompt ? [prompt, 0] : [late, pongsLateMs]
      line.put(now() + lateMs, () => again.forEach((one) => pong(one, mask, done)))
    }
  }
}
