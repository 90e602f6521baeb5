import { request } from 'node:http'
import { connect } from 'node:net'
import { Hello, protocol } from '@knopka/shared/contracts'
import type { Chance } from './chance.ts'
import { mutated, odd, respelled, written } from './mutate.ts'
import { sample } from './sample.ts'

/** What someone says at the door who was never let in. */
export function anyKnock(chance: Chance, pins: readonly string[]): string {
  const known = (field: string) => (field === 'pin' ? pins : field === 'protocol' ? [protocol] : [])
  const hello = sample(Hello, chance, known) as { as: Record<string, unknown> }
  const wrong = chance.weighed<() => unknown>([
    [3, () => hello],
    [4, () => mutated(hello, chance)],
    [4, () => ({ ...hello, as: mutated(hello.as, chance) })],
    [1, () => odd(chance)],
  ])()
  const text = written(wrong)
  return `40${chance.flip(0.15) && text.startsWith('{') ? respelled(text, chance) : text}`
}

const strangePaths = [
  ...[
    '/socket.io/',
    '/socket.io/?EIO=3&transport=websocket',
    '/socket.io/?EIO=4',
    '/socket.io/?EIO=4&transport=polling',
  ],
  ...['/socket.io/?EIO=4&transport=constructor', '/socket.io/?EIO=4&transport=__proto__', '/socket.io/?EIO=NaN'],
  ...['/socket.io/?EIO=4&transport=websocket&sid=none', '/socket.io/?EIO=4&transport=websocket&sid=__proto__'],
  ...['/socket.io/?EIO=4&transport[]=websocket', '/socket.io/?EIO=4&transport=webtransport', '/socket.io', '/', '//'],
  ...['/socket.io/?EIO=4&transport=polling&sid=constructor&j=0', '/socket.io/%00?EIO=4&transport=websocket'],
]

export const strangePath = (chance: Chance): string => chance.pick(strangePaths)

const strangeBodies = ['', '40', '4\u001e4', '\u001e'.repeat(999), '2probe', '40{"protocol":1}', 'b!!!', '🦊', '1', '5']

/** Over HTTP, as long polling begins or goes on. Resolves when it is over, whatever came of it. */
export function poll(address: string, chance: Chance, headers: Record<string, string>): Promise<void> {
  const method = chance.pick(['GET', 'POST', 'OPTIONS', 'PUT', 'HEAD'])
  const body = method === 'POST' ? chance.pick(strangeBodies) : ''
  return new Promise((resolve) => {
    const asking = request(`${address}${strangePath(chance)}`, { method, headers, agent: false })
    asking.on('response', (response) => response.resume().on('close', () => resolve()))
    asking.on('error', () => resolve())
    asking.end(body)
  })
}

const handshake = (headers: Record<string, string>) =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

/** WebSocket frames that break its rules: unmasked, reserved bits, unknown kinds, lengths beyond all measure. */
const brokenBytes = [
  ...['810568656c6c6f', 'f18000000000', '838000000000', '8180', '81ff7fffffffffffffff00000000', '81ffffffffffffffffff'],
  ...['018000000000', '808000000000', '888100000000ff', '89fe00ff00000000', '0980', '8bff0000000000010000', '00', 'ff'],
]

/** Over a bare connection: bytes that are no WebSocket. Resolves when the server has hung up, or it has. */
export function babble(port: number, chance: Chance, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const noise = Buffer.from(chance.flip(0.7) ? chance.pick(brokenBytes) : chance.hex(2 * chance.int(1, 60)), 'hex')
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.once('data', () => {
      socket.write(noise)
      socket.end()
    })
    if (chance.flip(0.8)) socket.write(handshake(headers))
    else socket.end(noise)
  })
}
