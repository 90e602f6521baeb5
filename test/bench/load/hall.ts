import { doorOf, openGame, type Asked, type Game, type Place } from './game.ts'
import type { Sizes } from './scenario.ts'
import { Wire } from './wire.ts'

const deadlineMs = 60_000

/** When a commit came: at the last of all, at the host, and at the one who is watched. */
export interface Arrival {
  last: number
  host: number
  watched: number
}

interface Expected extends Arrival {
  word: Buffer
  watch: Wire | null
  left: number
  done: () => void
}

/** A room full of people, as the load sees it. */
export class Hall {
  readonly phones: Wire[] = []
  /** Commits that came in, over all people. */
  delivered = 0
  /** Of the latest frames, for the floors to send as much. */
  readonly sizes: Sizes = { commitBytes: 0, welcomeBytes: 0 }
  /** Hears every commit that comes for the host. */
  onHost: (frame: Buffer) => void = () => {}
  readonly game: Game
  #host: Wire | null = null
  #place: Place
  #expected = new Set<Expected>()

  private constructor(place: Place, game: Game) {
    this.#place = place
    this.game = game
  }

  /** @param index tells the rooms of one run apart */
  static async open(place: Place, people: number, index = 0, asks: Asked = 'interview'): Promise<Hall> {
    const hall = new Hall(place, await openGame(place, index, asks))
    const [host, welcome] = await hall.#enter('host', 0)
    hall.#host = host
    hall.game.begin(host, welcome)
    await hall.join(people)
    return hall
  }

  /** Lets so many more in. @throws when one of them is not let in */
  async join(people: number, atOnce = 100): Promise<void> {
    const last = this.phones.length + people
    let next = this.phones.length
    const come = async () => {
      while (next < last) {
        const index = next++
        const [phone, welcome] = await this.#enter('player', index)
        this.phones[index] = phone
        this.sizes.welcomeBytes = welcome.length
      }
    }
    await Promise.all(Array.from({ length: atOnce }, come))
  }

  /** Resolves when everyone has had a commit with this word. */
  hears(word: string, watch: Wire | null = null): Promise<Arrival> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`${expected.left} of ${this.phones.length + 1} did not hear of ${word}`))
      }, deadlineMs)
      const done = () => {
        clearTimeout(late)
        this.#expected.delete(expected)
        resolve(expected)
      }
      const left = this.phones.length + 1
      const expected: Expected = { word: Buffer.from(`"${word}"`), watch, left, done, last: 0, host: 0, watched: 0 }
      this.#expected.add(expected)
    })
  }

  /** What the host says, until everyone has heard of it. */
  async until(word: string, say: () => Promise<void>): Promise<void> {
    const heard = this.hears(word)
    await Promise.all([say(), heard])
  }

  /** The host asks and opens; everyone may press. */
  async ready(): Promise<void> {
    await this.until('questionAsked', () => this.game.ask())
    await this.until('buzzersOpened', () => this.game.open())
  }

  /**
   * One of the phones presses; resolves when it is decided who was first.
   * @param heard is called when everyone knows of the press
   * @returns in ms after the press
   */
  async press(index: number, heard = () => {}): Promise<Arrival> {
    const phone = this.phones[index % this.phones.length]
    if (!phone) throw new Error('Nobody is there to press')
    const decided = this.game.decides ? this.hears(this.game.decides) : null
    const known = this.hears('buzzed', phone)
    const pressedAt = performance.now()
    const answered = this.game.press(phone)
    const { last, host, watched } = await known
    heard()
    await Promise.all([answered, decided])
    return { last: last - pressedAt, host: host - pressedAt, watched: watched - pressedAt }
  }

  close(): Promise<void> {
    return this.until('turnClosed', () => this.game.close())
  }

  #enter(role: 'host' | 'player', index: number): Promise<[Wire, Buffer]> {
    return Wire.enter(doorOf(this.#place, index), this.game.hello(role), (wire, name, frame) => {
      if (name === 'commit') this.#hear(wire, frame)
      // Nobody is to leave: a bench that went on without them would measure a smaller room.
      if (name === 'gone') throw new Error('Someone was hung up on')
    })
  }

  #hear(wire: Wire, frame: Buffer): void {
    const now = performance.now()
    this.delivered++
    if (wire === this.#host) this.onHost(frame)
    for (const expected of this.#expected) {
      if (!frame.includes(expected.word)) continue
      expected.last = now
      if (wire === this.#host) expected.host = now
      else this.sizes.commitBytes = frame.length
      if (wire === expected.watch) expected.watched = now
      if (--expected.left === 0) expected.done()
    }
  }
}
