import { protocol } from '@knopka/shared/contracts'
import { Chance } from './chance.ts'
import { Heard, type Listener } from './heard.ts'
import { aLastWord, anyMessage, type Context, type Message } from './messages.ts'
import { anyKnock, babble, poll, strangePath } from './strangers.ts'
import type { Knock, Part, Stage } from './stage.ts'
import { Tally } from './tally.ts'
import { Wire } from './wire.ts'

interface Weather {
  address: string
  /** Decides what is said; the room decides what it meets. */
  seed: string
  /** The first is the one whose evening goes on. */
  stages: readonly [Stage, ...Stage[]]
  /** Called again and again while it rages: those who do no harm go on playing. */
  meanwhile: () => Promise<void>
}

/** Visitors at once: enough to keep the server busy, few enough to leave this process its breath. */
const visitorsAtOnce = 48
/** One visit says less than the server lets one connection say in a second. */
const mostCommands = 28
const inOneBreath = 7
const patienceMs = 30_000
/** By then it is known that answers stay away. */
const unansweredMost = 10

/** Many short visits by people who mean no good. */
export class Storm {
  readonly tally = new Tally()
  readonly heard = new Heard()
  readonly #weather: Weather
  #visits = 0
  #goal = 0

  constructor(weather: Weather) {
    this.#weather = weather
  }

  /** Resolves when so many more messages were said, and everyone has left. */
  async rage(messages: number): Promise<void> {
    this.#goal = this.tally.sent + messages
    await Promise.all(Array.from({ length: visitorsAtOnce }, (_, worker) => this.#work(worker)))
  }

  async #work(worker: number): Promise<void> {
    while (this.tally.sent < this.#goal && this.tally.unanswered.length < unansweredMost) {
      await this.#visit(new Chance(`${this.#weather.seed}/${this.#visits++}`))
      if (worker === 0) await this.#weather.meanwhile()
    }
  }

  #visit(chance: Chance): Promise<void> {
    const [calm, ...wild] = this.#weather.stages
    const stage = chance.flip(0.6) ? calm : chance.pick(wild)
    const visit = chance.weighed<() => Promise<void>>([
      [44, () => this.#play(stage, 'player', chance)],
      [16, () => this.#play(stage, 'host', chance)],
      [10, () => this.#play(stage, 'cohost', chance)],
      [4, () => this.#play(stage, 'screen', chance)],
      [14, () => this.#knockAbout(chance)],
      [4, () => this.#talkWithoutKnocking(stage, chance)],
      [4, () => this.#rush(stage, chance)],
      [8, () => this.#makeNoise(chance)],
    ])
    return visit()
  }

  /** Takes a seat and says all that may be said there, and all that may not. */
  async #play(stage: Stage, as: Part, chance: Chance): Promise<void> {
    const part = stage.partFor(as)
    const wire = await this.#open(chance, stage.pin)
    if (!wire) return
    if (await this.#enter(wire, stage, part, await stage.knock(part, chance))) {
      const isFlood = chance.flip(0.01)
      const commands = isFlood ? chance.int(60, 300) : chance.int(mostCommands / 2, mostCommands)
      for (let said = 0; said < commands && wire.isOpen; said += inOneBreath) {
        for (let word = 0; word < inOneBreath; word++)
          this.#say(wire, anyMessage(this.#about(stage, part, wire, chance), said + word), said + word)
        if (!isFlood) await this.#answers(wire)
      }
      await this.#answers(wire)
      this.#sayLast(wire, stage, part, chance)
    }
    await this.#leave(wire, chance)
  }

  async #enter(wire: Wire, stage: Stage, part: Part, as: Knock): Promise<boolean> {
    this.tally.say('knock with a right')
    const answer = await this.#knock(wire, `40${JSON.stringify({ protocol, pin: stage.pin, as })}`)
    this.tally.knockByRight(answer)
    if (!answer?.startsWith('40')) {
      stage.shut(part, as)
      return false
    }
    const { seat, token } = await wire.welcomed(patienceMs)
    if (seat && token) stage.seated(part, seat, token)
    return true
  }

  #sayLast(wire: Wire, stage: Stage, part: Part, chance: Chance): void {
    if (chance.flip(0.1)) return this.#send(wire, 'knock again', anyKnock(chance, [stage.pin]))
    if (chance.flip(0.9)) this.#say(wire, aLastWord(this.#about(stage, part, wire, chance), mostCommands), mostCommands)
  }

  #about(stage: Stage, part: Part, { probes }: Wire, chance: Chance): Context {
    const known: Context['known'] = (type) => stage.known(type, chance)
    return { chance, known, weights: stage.weightsFor(part), mayBeSaid: (command) => stage.mayBeSaid(command), probes }
  }

  #say(wire: Wire, { kind, frames, answerable }: Message, number: number): void {
    if (!wire.isOpen) return
    this.tally.say(kind)
    if (answerable) wire.ask(frames, number)
    else frames.forEach((frame) => wire.send(frame))
  }

  #send(wire: Wire, kind: string, frame: string): void {
    this.#say(wire, { kind, frames: [frame], answerable: false }, 0)
  }

  async #knock(wire: Wire, frame: string): Promise<string | null> {
    const answer = await wire.knock(frame, patienceMs)
    if (answer === null && wire.isOpen) this.tally.unanswered.push(frame)
    return answer
  }

  async #answers(wire: Wire): Promise<void> {
    this.tally.unanswered.push(...(await wire.answered(patienceMs)))
  }

  /** Knocks until the door is shut for good; sometimes twice at once, or in the way of those who may come in. */
  async #knockAbout(chance: Chance): Promise<void> {
    const wire = await this.#open(chance, 'nowhere')
    if (!wire) return
    const pins = [chance.pick(this.#weather.stages).pin]
    for (let times = chance.int(4, 12); times > 0 && wire.isOpen; times--) {
      if (chance.flip(0.1)) this.#send(wire, 'knock', anyKnock(chance, pins))
      this.tally.say('knock')
      const answer = await this.#knock(wire, anyKnock(chance, pins))
      this.tally.knock(answer)
      if (answer?.startsWith('40')) this.#send(wire, 'goodbye', '41')
    }
    await this.#leave(wire, chance)
  }

  /** Is gone before anything can be answered, as a phone is that loses the network while it comes in. */
  async #rush(stage: Stage, chance: Chance): Promise<void> {
    const wire = await this.#open(chance, stage.pin)
    if (!wire) return
    const as = chance.pick(stage.hasty)
    this.#send(wire, 'knock in haste', `40${JSON.stringify({ protocol, pin: stage.pin, as })}`)
    if (chance.flip(0.5)) this.#say(wire, anyMessage(this.#about(stage, 'player', wire, chance), 1), 1)
    await (chance.flip(0.5) ? wire.drop() : wire.close())
  }

  async #talkWithoutKnocking(stage: Stage, chance: Chance): Promise<void> {
    const wire = await this.#open(chance, 'nowhere')
    if (!wire) return
    const context = this.#about(stage, 'host', wire, chance)
    const { kind, frames } = chance.flip(0.5) ? anyMessage(context, 1) : aLastWord(context, 1)
    this.#say(wire, { kind: `${kind}, by a stranger`, frames, answerable: false }, 1)
    await this.#leave(wire, chance)
  }

  /** Beside the ways that lead to a room. */
  async #makeNoise(chance: Chance): Promise<void> {
    const headers = from(chance)
    const { address } = this.#weather
    this.tally.connections++
    this.tally.say('noise')
    if (chance.flip(0.3)) return poll(address, chance, headers)
    if (chance.flip(0.5)) return babble(Number(new URL(address).port), chance, headers)
    const wire = await Wire.open(address, headers, strangePath(chance))
    if (wire) await this.#leave(wire, chance)
  }

  async #open(chance: Chance, pin: string): Promise<Wire | null> {
    this.tally.connections++
    const wire = await Wire.open(this.#weather.address, from(chance))
    if (!wire) return null
    const listener: Listener = { ears: 'stranger', pin, version: -1 }
    wire.onFrame = (frame) => this.heard.hear(listener, frame)
    wire.onAnswer = (answer) => this.tally.answer(answer)
    return wire
  }

  async #leave(wire: Wire, chance: Chance): Promise<void> {
    if (chance.flip(0.1)) wire.pong(Buffer.alloc(chance.pick([0, 4, 125]), chance.int(0, 255)))
    if (chance.flip(0.1)) wire.ping(Buffer.alloc(chance.pick([0, 4, 125])))
    if (chance.flip(0.2)) return wire.drop()
    if (chance.flip(0.5)) wire.send('41')
    return wire.close()
  }
}

/** Every visitor comes from an address of their own, so that those who guess are not stopped for one another. */
const from = (chance: Chance): Record<string, string> => ({
  'x-forwarded-for': `10.${chance.int(0, 255)}.${chance.int(0, 255)}.${chance.int(1, 254)}`,
})
