import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

interface Link {
  near: Socket
  far: Socket
  /** It has said the word that is listened for. */
  isMarked: boolean
}

/** A way that leads to the first of some ports where somebody listens, as a balancer does it. It can be cut. */
export class Door {
  readonly port: number
  #server: Server
  #ports: number[]
  #word: string | null
  #links = new Set<Link>()
  #isCut = false
  cuts = 0

  private constructor(server: Server, ports: number[], word: string | null) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    this.#ports = ports
    this.#word = word
  }

  /** @param word when given, {@link cut} concerns those links alone on which it was said */
  static async to(ports: number[], word: string | null = null): Promise<Door> {
    const server = createServer({ noDelay: true, pauseOnConnect: true }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const door = new Door(server, ports, word)
    server.on('connection', (near) => void door.#lead(near))
    onTestFinished(() => door.close())
    return door
  }

  /** `http://127.0.0.1:41234` */
  get address(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Ends the links there are: whoever comes back takes the way anew. */
  hangUp(): void {
    for (const link of this.#links) this.#end(link)
  }

  /** What is said on the links there are is still heard, and no answer comes back. */
  swallow(): void {
    for (const { near, far } of this.#links) far.unpipe(near).resume()
  }

  /** Ends these links, also those that are made from now on. */
  cut(): void {
    this.#isCut = true
    for (const link of this.#links) this.#endIfCut(link)
  }

  mend(): void {
    this.#isCut = false
  }

  close(): void {
    this.hangUp()
    this.#server.close()
  }

  async #lead(near: Socket): Promise<void> {
    near.on('error', () => near.destroy())
    const far = await this.#reach()
    if (!far || near.destroyed) {
      far?.destroy()
      return void near.destroy()
    }
    const link: Link = { near, far, isMarked: this.#word === null }
    this.#links.add(link)
    for (const end of [near, far]) end.on('error', () => {}).on('close', () => this.#end(link))
    near.on('data', (said) => this.#listen(link, said))
    near.pipe(far)
    far.pipe(near)
    near.resume()
    this.#endIfCut(link)
  }

  async #reach(): Promise<Socket | null> {
    for (const port of this.#ports) {
      const far = connect({ port, host: '127.0.0.1', noDelay: true })
      const isThere = once(far, 'connect').then(
        () => true,
        () => false,
      )
      if (await isThere) return far
    }
    return null
  }

  #listen(link: Link, said: Buffer): void {
    if (link.isMarked || this.#word === null || !said.includes(this.#word)) return
    link.isMarked = true
    this.#endIfCut(link)
  }

  #endIfCut(link: Link): void {
    if (!this.#isCut || !link.isMarked || !this.#links.has(link)) return
    this.cuts++
    this.#end(link)
  }

  #end(link: Link): void {
    this.#links.delete(link)
    link.near.destroy()
    link.far.destroy()
  }
}
