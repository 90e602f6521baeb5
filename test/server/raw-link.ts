import { once } from 'node:events'
import { protocol, type Hello } from '@knopka/shared/contracts'
import { onTestFinished } from 'vitest'
import WebSocket from 'ws'

/** A connection that speaks the frames of the wire by hand, as no library of ours would. */
export class RawLink {
  readonly wire: WebSocket
  readonly closed: Promise<unknown>
  #heard: string[] = []

  constructor(address: string) {
    this.wire = new WebSocket(`${address.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    this.wire.on('message', (data: Buffer) => this.#heard.push(data.toString()))
    // To be cut off is what some tests wait for.
    this.wire.on('error', () => {})
    this.closed = new Promise((resolve) => this.wire.once('close', resolve))
    onTestFinished(() => this.wire.terminate())
  }

  /** @returns the first frame that begins so, also one that came before */
  async frame(start: string): Promise<string> {
    for (;;) {
      const found = this.#heard.find((frame) => frame.startsWith(start))
      if (found) return found
      await once(this.wire, 'message')
    }
  }

  send(frame: string): void {
    if (this.wire.readyState === WebSocket.OPEN) this.wire.send(frame)
  }

  async knock(pin: string, as: Hello['as']): Promise<void> {
    await this.frame('0')
    this.send(`40${JSON.stringify({ protocol, pin, as } satisfies Hello)}`)
    await this.frame('42["welcome"')
  }
}
