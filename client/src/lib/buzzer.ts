import type { Light, Probe } from '@knopka/shared/contracts'
import type { Ms } from '@knopka/shared/ids'
import type { Link } from './link.ts'
import type { Saying } from './outbox.ts'

/** What a page runs on, as far as time goes. */
export interface Device {
  /** Its monotonic clock. */
  now(): Ms
  /** Calls back once, in the next frame, with the time of that frame on the same clock. */
  nextFrame(show: (frameAt: Ms) => void): void
}

export const thisDevice: Device = {
  now: () => performance.now(),
  nextFrame: (show) => void requestAnimationFrame(show),
}

/** What a phone says of its press. */
export type Press = Extract<Saying, { type: 'buzz' }>
export type Choice = Extract<Saying, { type: 'choose' }>
export type Answer = Extract<Saying, { type: 'answer' }>

export interface Heard {
  /** @param here this device's clock as the probe was read */
  probe(probe: Probe, here: Ms): void
  /** In the frame that shows it. */
  light(light: Light): void
}

/** An event's time stamp that is further from the clock than this is on another clock. */
const oldestPressMs = 500

/** The phone's part in who was first: answers probes at once, shows the light in its frame, and stamps the press. */
export class Buzzer {
  #link: Link
  #device: Device
  #heard: Heard
  /** How long after the light was due the frame came that showed it: the screen's own part in being late. */
  #frameWaitMs = 0
  /** The last light that came, until it is taken back. */
  #awaited: Light | null = null

  constructor(link: Link, device: Device, heard: Heard) {
    this.#link = link
    this.#device = device
    this.#heard = heard
    link.on('probe', (probe, answer) => {
      const here = device.now()
      answer(here)
      heard.probe(probe, here)
    })
    link.on('light', (light) => this.#await(light, device.now()))
  }

  /** @param timeStamp the browser's own time of the press */
  press(turn: number, timeStamp: Ms): Press {
    return { type: 'buzz', turn, pressedAt: this.#pressedAt(timeStamp), frameWaitMs: this.#frameWaitMs }
  }

  /** @param timeStamp the browser's own time of the press that sends it */
  choose(turn: number, options: number[], timeStamp: Ms): Choice {
    return { type: 'choose', turn, options, pressedAt: this.#pressedAt(timeStamp) }
  }

  /** @param timeStamp the browser's own time of the press that sends it */
  answer(turn: number, text: string, timeStamp: Ms): Answer {
    return { type: 'answer', turn, text, pressedAt: this.#pressedAt(timeStamp) }
  }

  /** The light is taken back, also one that is on its way. */
  putOut(): void {
    this.#awaited = null
  }

  #pressedAt(timeStamp: Ms): Ms {
    const now = this.#device.now()
    return timeStamp > now - oldestPressMs && timeStamp < now + 1 ? timeStamp : now
  }

  /** Just in time, and on this phone's own clock: nobody knows long before when it will be, and all see it at once. */
  #await(light: Light, phoneClock: Ms): void {
    this.#link.volatile.emit('lit', { turn: light.turn, opening: light.opening, phoneClock })
    this.#awaited = light
    const show = (frameAt: Ms) => {
      if (this.#awaited !== light) return
      if (frameAt < light.at) return this.#device.nextFrame(show)
      this.#frameWaitMs = Math.max(0, frameAt - light.at)
      this.#heard.light(light)
    }
    this.#device.nextFrame(show)
  }
}
