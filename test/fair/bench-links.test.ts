import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { seededRandom } from '@knopka/shared/random'
import { afterEach, describe, expect, test } from 'vitest'
import { Alarms, Errors, Line, now } from '../bench/fairness/alarms.ts'
import { openDelayProxy, type DelayProxy } from '../bench/fairness/delay-proxy.ts'
import { drawLink, type Ways } from '../bench/simulation/links.ts'

const open: (DelayProxy | Server | Socket)[] = []
afterEach(() => open.splice(0).forEach((one) => ('destroy' in one ? one.destroy() : one.close())))

const lte = (): Ways => drawLink('lte', seededRandom('a phone on LTE'), 60_000)
const none = (): Ways => drawLink('none', seededRandom('no delay'), 60_000)

/** A phone's socket, the server's end of it, and the relay between them. */
async function relayed(ways: Ways, kernelRttMs: number | null = null) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const proxy = await openDelayProxy({ port, ways, epoch: now(), kernelRttMs, alarms: new Alarms() })
  const phone = connect(Number(new URL(proxy.address).port), '127.0.0.1')
  const [inner] = (await once(server, 'connection')) as [Socket]
  open.push(phone, inner, proxy, server)
  return { phone, inner, proxy }
}

/** Resolves with so much text, or more, and the instant at which the last of it came. */
function heard(socket: Socket, length: number): Promise<{ text: string; at: number }> {
  let text = ''
  return new Promise((resolve) =>
    socket.on('data', (part: Buffer) => {
      text += part.toString()
      if (text.length >= length) resolve({ text, at: now() })
    }),
  )
}

describe('a relay', () => {
  test.each(['up', 'down'] as const)(
    'lets nothing through sooner than its link would, %s, and in order',
    async (way) => {
      const { phone, inner } = await relayed(lte())
      const [from, to] = way === 'up' ? [phone, inner] : [inner, phone]
      const words = Array.from({ length: 40 }, (_, index) => `word ${index}. `)
      const all = heard(to, words.join('').length)
      const lastAt = await words.reduce(async (before, word) => {
        await before
        from.write(word)
        await setImmediate()
        return now()
      }, Promise.resolve(now()))
      const { text, at } = await all
      expect(text).toBe(words.join(''))
      // The last word was written before `lastAt` was read, and timers count whole milliseconds.
      expect(at - lastAt).toBeGreaterThan(lte()[way].baseMs - 2)
    },
  )

  test('tells the server the round trip of its link, behind the first line of the request', async () => {
    const { phone, inner } = await relayed(none(), 41.5)
    const request = 'GET /socket.io/ HTTP/1.1\r\nhost: knopka\r\n\r\n'
    const told = 'GET /socket.io/ HTTP/1.1\r\nx-knopka-rtt-us: 41500\r\nhost: knopka\r\n\r\n'
    const all = heard(inner, told.length)
    phone.write(request)
    expect((await all).text).toBe(told)
  })

  test('says when it has let go of a press', async () => {
    const { phone, inner, proxy } = await relayed(lte())
    const written = now()
    const all = heard(inner, 10)
    phone.write('0123456789')
    const releasedAt = await new Promise<number>((released) => proxy.onReleased(phone.bytesWritten, released))
    expect(releasedAt - written).toBeGreaterThan(lte().up.baseMs - 2)
    expect(releasedAt).toBeLessThanOrEqual((await all).at)
  })

  test('ends the one side when the other has ended', async () => {
    const { phone, inner } = await relayed(none())
    const ended = once(inner.resume(), 'close')
    phone.destroy()
    await ended
  })
})

test('what is due sooner does not overtake what came before it in its line', async () => {
  const line = new Line(new Alarms())
  const done: string[] = []
  await new Promise<void>((resolve) => {
    line.put(now() + 20, () => done.push('late'))
    line.put(now(), () => done.push('at once'))
    line.put(now() + 5, resolve)
  })
  expect(done).toEqual(['late', 'at once'])
})

test('errors of timers are told by their share, early ones as well as late ones', () => {
  const errors = new Errors()
  for (let index = 0; index < 98; index++) errors.add(0.12)
  errors.add(-3)
  errors.add(500)
  expect([0.5, 0.99, 1].map((share) => errors.percentile(share))).toEqual([0.15, 3.05, 200.05])
  const both = new Errors()
  both.join(errors.counts)
  both.join(errors.counts)
  expect(both.percentile(0.99)).toBe(3.05)
  expect(new Errors().percentile(0.99)).toBe(0)
})
