import type { Ack, Light } from '@knopka/shared/contracts'
import type { Truth } from '@knopka/shared/fair'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { Buzzer, type Device, type Press } from '../../../client/src/lib/buzzer.ts'
import { openLink, type Knock, type Link } from '../../../client/src/lib/link.ts'
import { Outbox } from '../../../client/src/lib/outbox.ts'
import { randomId } from '../../../client/src/lib/random-id.ts'
import { readAt } from '../simulation/clock.ts'
import { frameFrom, type Handset } from '../simulation/handset.ts'
import { mainThread, reaction } from '../simulation/person.ts'
import { now, type Alarms } from './alarms.ts'
import type { DelayProxy } from './delay-proxy.ts'
import type { Role } from './roles.ts'
import { Wiring } from './wiring.ts'

export interface BotManner {
  pin: string
  name: string
  handset: Handset
  role: Role
  proxy: DelayProxy
  /** The instant at which the time of the handset begins. */
  epoch: Ms
  alarms: Alarms
}

/** What one phone does in one round. */
interface Part {
  turn: number
  truth: Truth
  reactsInMs: Ms | null
  /** The light's instant on the phone's clock; `null` before it has come. */
  lightAt: Ms | null
  done: (reactedMs: Ms | null) => void
}

/** The product's own page without its screens, with a person, on a phone of its own behind a link of its own. */
export class Bot {
  seat: SeatId = ''
  /** When presses of this round came to the server. */
  released: Ms[] = []
  /** How many of them it did not take. */
  refused = 0
  readonly #manner: BotManner
  readonly #link: Link
  readonly #buzzer: Buzzer
  readonly #outbox: Outbox
  readonly #wiring: Wiring
  #token: string | null = null
  #frameAt: Ms = -Infinity
  #part: Part | null = null
  #seated: () => void = () => {}

  constructor(manner: BotManner) {
    const { pin, handset, role, proxy, alarms } = manner
    this.#manner = manner
    const joinId = randomId()
    const newcomer: Knock = { kind: 'newcomer', joinId, name: manner.name }
    const knock = (): Knock => (this.#token ? { kind: 'seat', token: this.#token } : newcomer)
    this.#link = openLink(pin, knock, proxy.address)
    this.#outbox = new Outbox(this.#link)
    this.#buzzer = new Buzzer(this.#link, this.#device, { probe: () => {}, light: (light) => this.#lit(light) })
    this.#wiring = new Wiring(this.#link, role, handset.thread, alarms, (bytes) =>
      proxy.onReleased(bytes, (at) => this.released.push(at)),
    )
    this.#link.on('light', (light) => this.#heard(light))
    this.#link.on('welcome', ({ viewer, token }) => {
      this.seat = viewer.seat ?? ''
      this.#token = token ?? this.#token
      this.#outbox.sayAgain()
      this.#seated()
    })
  }

  /** Comes in, or comes back. */
  enter(): Promise<void> {
    return new Promise((resolve) => {
      this.#seated = resolve
      this.#link.connect()
    })
  }

  /** @returns how long after their light, or after the voice, the person pressed; `null`: they did not */
  play(turn: number, truth: Truth, plannedMs: Ms | null | undefined): Promise<Ms | null> {
    const { handset, role } = this.#manner
    const drawnMs = reaction(handset.person)
    const ownMs = plannedMs === undefined ? drawnMs : plannedMs
    const reactsInMs = role.reactsInMs ?? ownMs
    this.released = []
    this.refused = 0
    return new Promise((done) => {
      this.#part = { turn, truth, reactsInMs: reactsInMs === Infinity ? null : reactsInMs, lightAt: null, done }
      if (role.pressesEveryMs !== null) this.#spam(this.#part, role.pressesEveryMs)
      if (this.#part.reactsInMs === null) done(null)
    })
  }

  hearVoice(opensAt: Ms): void {
    if (this.#part?.truth === 'voice') this.#reactsTo(opensAt)
  }

  /** The round is over. */
  async rest(): Promise<void> {
    this.#part = null
    this.#wiring.isOpen = false
    if (!this.#manner.role.reconnects) return
    this.#link.disconnect()
    await this.enter()
  }

  leave(): void {
    this.#link.disconnect()
    this.#manner.proxy.close()
  }

  get #device(): Device {
    const { handset, epoch, alarms } = this.#manner
    return {
      now: () => this.#clockAt(now()),
      nextFrame: (show) => {
        const at = epoch + frameFrom(handset.framePhaseMs, Math.max(now(), this.#frameAt + 1) - epoch)
        alarms.at(at, () => {
          this.#frameAt = at
          show(this.#clockAt(at))
        })
      },
    }
  }

  #clockAt(at: Ms): Ms {
    const { handset, epoch } = this.#manner
    return readAt(handset.clock, at - epoch)
  }

  #heard(light: Light): void {
    if (this.#part?.turn !== light.turn) return
    this.#part.lightAt = light.at
    const { handset, role, epoch } = this.#manner
    if (role.lightsEarly && this.#part.truth === 'light')
      this.#reactsTo(epoch + frameFrom(handset.framePhaseMs, now() - epoch))
  }

  /** In the frame that shows it. */
  #lit({ turn }: Light): void {
    const isOwn = this.#part?.turn === turn && this.#part.truth === 'light'
    if (isOwn && !this.#manner.role.lightsEarly) this.#reactsTo(this.#frameAt)
  }

  #reactsTo(from: Ms): void {
    const part = this.#part
    if (!part || part.reactsInMs === null) return
    this.#manner.alarms.at(from + part.reactsInMs, () => {
      const at = now()
      void this.#press(part, at).then(() => part.done(at - from))
    })
  }

  /** The browser stamps a press at once; the page hears of it when its main thread has time. */
  async #press(part: Part, at: Ms): Promise<void> {
    const { role, handset, alarms } = this.#manner
    await alarms.until(at + mainThread(handset.thread))
    const stamped = this.#buzzer.press(part.turn, this.#clockAt(at))
    const { pressedAt, frameWaitMs } = role.says({ ...stamped, lightAt: part.lightAt ?? Infinity })
    await this.#send(role.sends({ ...stamped, pressedAt, frameWaitMs }))
  }

  async #send(presses: Press[]): Promise<void> {
    const acks: Ack[] = await Promise.all(presses.map((press) => this.#outbox.send(press)))
    this.refused += acks.filter(({ ok }) => !ok).length
  }

  #spam(part: Part, everyMs: Ms): void {
    if (this.#part !== part) return
    void this.#press(part, now())
    this.#manner.alarms.at(now() + everyMs, () => this.#spam(part, everyMs))
  }
}
