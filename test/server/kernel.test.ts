import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { peerOf, readKernel, readSockets } from '../../server/src/light/kernel.ts'
import { Asks } from '../../server/src/socket/kernel.ts'
import { delayProxy } from '../support/delay-proxy.ts'
import { asPlayer, type Guest, type Manners } from '../support/guest.ts'
import type { TestServer } from '../support/server.ts'
import { enact, serve, untilTheEnd, type Scene } from './scene.ts'

// A busy machine measures links seldom.
vi.setConfig({ testTimeout: 120_000 })

/** As `ss -tinH` of iproute2 6.1 writes it, with one line more between: that of a socket without a round trip. */
const told = `ESTAB 0      0      [::ffff:127.0.0.1]:46397 [::ffff:127.0.0.1]:41044
\t bbr wscale:10,10 rto:204 rtt:0.012/0.005 ato:40 mss:32768 pmtu:65535 cwnd:11 bytes_sent:1 bytes_acked:1 bbr:(bw:15420234368bps,mrtt:0.012,pacing_gain:2.88672,cwnd_gain:2.88672) send 240298666667bps lastsnd:320 rcv_space:65483 rcv_ssthresh:65483 minrtt:0.012 snd_wnd:65536
ESTAB 0      0                   [::1]:46397              [::1]:41686
\t bbr wscale:10,10 rto:204 rtt:0.014/0.005 ato:40 mss:32768 delivered:2 app_limited minrtt:0.014 snd_wnd:65536
SYN-RECV 0      0      192.168.1.20:46397 192.168.1.31:50211
\t cubic rto:1000 mss:524 cwnd:10
ESTAB 0      232    192.168.1.20:46397 192.168.1.30:50210
\t cubic wscale:7,7 rto:236 rtt:34.1/8.2 mss:1448 cwnd:10 minrtt:28.417
FIN-WAIT-2 0      0      [fe80::1%wlan0]:46397 [fe80::2%wlan0]:50212
\t cubic rto:204 rtt:3/1 minrtt:2
`

describe('what ss tells', () => {
  test('is the shortest round trip of each connection, by its other end', () => {
    expect([...readSockets(told)]).toEqual([
      ['127.0.0.1 41044', 0.012],
      ['::1 41686', 0.014],
      ['192.168.1.30 50210', 28.417],
      ['fe80::2 50212', 2],
    ])
  })

  test('names the other end as Node does', () => {
    const ends: [string, string][] = [
      ['::ffff:127.0.0.1', '127.0.0.1'],
      ['127.0.0.1', '127.0.0.1'],
      ['[fe80::2%wlan0]', 'fe80::2'],
      ['[fe80::2]%wlan0', 'fe80::2'],
      ['fe80::2%wlan0', 'fe80::2'],
      ['::ffff:7f00:1', '::ffff:7f00:1'],
    ]
    for (const [written, plain] of ends) {
      expect(peerOf({ remoteAddress: written, remotePort: 7 })).toBe(`${plain} 7`)
    }
  })

  test('nothing, of nothing', () => {
    for (const silence of ['', '\n', '\t cubic minrtt:3\n', 'Cannot open netlink socket\n\t minrtt:1']) {
      expect(readSockets(silence).size).toBe(0)
    }
  })

  test.each(['127.0.0.1', '::1'])('finds a connection from %s to a server of this machine', async (host) => {
    const server = createServer((socket) => socket.write('hello')).listen(0)
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const came = once(server, 'connection')
    const here = connect({ port, host })
    const [there] = (await came) as [Socket]
    onTestFinished(() => {
      for (const socket of [there, here]) socket.destroy()
      server.close()
    })
    await once(here, 'data')
    const rttMs = (await readKernel(port)).get(peerOf(there))
    expect(rttMs).toBeGreaterThan(0)
    expect(rttMs).toBeLessThan(1000)
  })
})

describe('the kernel is asked', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('soon after somebody came, once for all who came meanwhile', async () => {
    let asked = 0
    const asks = new Asks(() => Promise.resolve(void asked++))
    asks.soon()
    await vi.advanceTimersByTimeAsync(900)
    asks.soon()
    expect(asked).toBe(0)
    await vi.advanceTimersByTimeAsync(100)
    expect(asked).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toBe(1)
    asks.soon()
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toBe(2)
  })

  test('again for who came while it was answering, and never twice at once', async () => {
    const answers: (() => void)[] = []
    const asks = new Asks(() => new Promise((resolve) => answers.push(resolve)))
    asks.now()
    asks.soon()
    asks.now()
    await vi.advanceTimersByTimeAsync(5000)
    expect(answers.length).toBe(1)
    answers[0]?.()
    await vi.advanceTimersByTimeAsync(1000)
    expect(answers.length).toBe(2)
  })
})

const looksFarther = ({ presence }: Guest, { seat }: Guest) => presence[seat]?.looksFarther ?? false
/** Long enough for the host to see any mark: the link is known, and was told since. */
const known = async ({ host }: Scene, guest: Guest) => {
  await guest.until(({ probes }) => probes.length > 10)
  const before = host.presence
  await host.until(({ presence }) => presence !== before && (presence[guest.seat]?.rttMs ?? null) !== null)
}

/** By a program that holds back all that it is sent, pings too: to the kernel it is next door. */
async function fromAfar({ port }: TestServer, { pin }: Scene, name: string, manners: Manners = {}): Promise<Guest> {
  const proxy = await delayProxy(port, 50, 50)
  onTestFinished(() => proxy.close())
  return untilTheEnd(await asPlayer(proxy.address, pin, name, undefined, manners))
}

describe('a phone that takes longer to answer than its kernel', () => {
  const trusted = { KNOPKA_TRUST_PROXY: 'loopback', KNOPKA_KERNEL_RTT: 'header' }
  const saying = (us: string): Manners => ({ headers: { 'X-Knopka-Rtt-Us': us } })

  test('is marked for the host, where a trusted proxy tells what its kernel measured', async () => {
    const server = await serve(trusted)
    const scene = await enact(server)
    const [near, far] = await Promise.all([
      fromAfar(server, scene, 'Аня', saying('900')),
      fromAfar(server, scene, 'Борис', saying('95000')),
    ])
    await Promise.all([scene.host.until(() => looksFarther(scene.host, near)), known(scene, far)])
    expect(looksFarther(scene.host, far)).toBe(false)
  })

  test.each([
    ['where no proxy is asked for it', { KNOPKA_TRUST_PROXY: 'loopback' }, '900'],
    ['where it comes from somebody who is not trusted', { ...trusted, KNOPKA_TRUST_PROXY: '192.0.2.1' }, '900'],
    ['where it is no time', trusted, '0, 900'],
    ['where it is no time', trusted, '-1'],
    ['where it is no time', trusted, 'soon'],
  ])('is not marked by what it says of itself %s (%o, %s)', async (_, environment, us) => {
    const server = await serve(environment)
    const scene = await enact(server)
    const ann = await fromAfar(server, scene, 'Аня', saying(us))
    await known(scene, ann)
    expect(looksFarther(scene.host, ann)).toBe(false)
  })

  test('is marked for the host, where the server asks its own kernel', async () => {
    const server = await serve({ KNOPKA_KERNEL_RTT: 'ss' })
    const scene = await enact(server)
    const near = await scene.player('Борис')
    const ann = await fromAfar(server, scene, 'Аня', saying('95000'))
    await scene.host.until(() => looksFarther(scene.host, ann))
    expect(looksFarther(scene.host, near)).toBe(false)
  })
})
