import { once } from 'node:events'
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  type Server,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startProxy, type Proxy } from '../support/proxy.ts'

/** Stands for a server of the product: says who it is and what it was asked. */
class StandIn {
  readonly asked: string[] = []
  readonly sockets = new Set<Socket>()
  /** The first request that wanted to be a WebSocket. */
  readonly upgraded: Promise<IncomingMessage>
  /** Hangs up on requests with a body instead of answering them. */
  hangsUp = false
  #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      this.asked.push(`${request.method} ${request.url}`)
      if (this.hangsUp && request.method === 'POST') return void request.socket.destroy()
      response.end(JSON.stringify({ port: this.port, headers: request.headers }))
    })
    this.#server.on('connection', (socket) => this.sockets.add(socket))
    this.upgraded = once(this.#server, 'upgrade').then(([request]) => request as IncomingMessage)
    this.#server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n')
      socket.write(`X-Port: ${this.port}\r\n\r\n`)
      socket.on('error', () => socket.destroy())
    })
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
  }

  async die(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy())
    if (this.#server.listening) await once(this.#server.close(), 'close')
  }
}

let nodes: [StandIn, StandIn]
let proxy: Proxy
let opened: Socket[]

beforeEach(async () => {
  nodes = [new StandIn(), new StandIn()]
  for (const node of nodes) await node.listen()
  proxy = await startProxy(nodes.map(({ port }) => port))
  opened = []
})
afterEach(async () => {
  opened.forEach((socket) => socket.destroy())
  await proxy.stop()
  for (const node of nodes) await node.die()
})

interface Answer {
  status: number
  body: string
}

/** As it is written: `fetch` would tidy the path and choose some headers itself. */
function ask(path: string, options: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(proxy.address)
    const asking = request({ host: '127.0.0.1', port, path, agent: false, ...options }, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    asking.on('error', reject).end()
  })
}

async function whoAnswers(path: string, options?: RequestOptions): Promise<number> {
  const { status, body } = await ask(path, options)
  expect(status).toBe(200)
  return (JSON.parse(body) as { port: number }).port
}

/** @returns the port of the node that it ended at */
async function openWebSocket(path: string, said: Record<string, string> = {}): Promise<number> {
  const { port } = new URL(proxy.address)
  const headers = { ...said, Connection: 'Upgrade', Upgrade: 'websocket' }
  const asking = request({ host: '127.0.0.1', port, path, headers, agent: false }).end()
  const [{ headers: answer }, socket] = (await once(asking, 'upgrade')) as [{ headers: IncomingHttpHeaders }, Socket]
  opened.push(socket.on('error', () => socket.destroy()))
  return Number(answer['x-port'])
}

const engine = '/socket.io/?EIO=4&transport='
const times = (count: number) => Array.from({ length: count }, (_, index) => index)

test('what a guest says of its own address ends at the proxy, which says it anew', async () => {
  const lies = {
    'X-Forwarded-For': '203.0.113.9',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'elsewhere.example',
    Forwarded: 'for=203.0.113.9',
  }
  for (const path of ['/api/banks', `${engine}polling`]) {
    const { body } = await ask(path, { headers: { ...lies, Host: 'quiz.example:8080' } })
    const { headers } = JSON.parse(body) as { headers: IncomingHttpHeaders }
    expect(headers).toMatchObject({
      host: 'quiz.example:8080',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    })
    expect(Object.keys(headers)).not.toContain('forwarded')
    expect(Object.keys(headers)).not.toContain('x-forwarded-host')
  }
})

test('what the proxy’s kernel measured of the way to a guest goes with every request, and nobody else can say it', async () => {
  const rttUs = ({ headers }: { headers: IncomingHttpHeaders }) => headers['x-knopka-rtt-us']
  const lie = { 'X-Knopka-Rtt-Us': '123456789' }
  const { body } = await ask(`${engine}polling`, { headers: lie })
  const upgrades = Promise.race(nodes.map((node) => node.upgraded))
  await openWebSocket(`${engine}websocket`, lie)
  for (const us of [rttUs(JSON.parse(body) as { headers: IncomingHttpHeaders }), rttUs(await upgrades)]) {
    expect(us).toMatch(/^\d+$/)
    expect(Number(us)).toBeGreaterThan(0)
    expect(Number(us)).toBeLessThan(100_000_000)
  }
})

test.for(['/metrics', '/METRICS', '/metrics/', '//metrics', '/%6detrics', '/api/../metrics', '/readyz', '/Readyz/?a'])(
  '%s is not for those outside',
  async (path) => {
    expect((await ask(path)).status).toBe(404)
    expect(nodes.flatMap(({ asked }) => asked)).toEqual([])
  },
)

test('a connection becomes a WebSocket or nothing else', async () => {
  const { body } = await ask('/socket.io/', { headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c' } })
  const { headers } = JSON.parse(body) as { headers: IncomingHttpHeaders }
  expect(headers.upgrade).toBeUndefined()
  expect(headers.connection).toBe('close')
})

test('WebSockets are spread evenly', async () => {
  const ends: number[] = []
  for (const index of times(10)) ends.push(await openWebSocket(`${engine}websocket&t=${index}`))
  for (const { port } of nodes) expect(ends.filter((end) => end === port)).toHaveLength(5)
})

test('all of long polling comes to one server, a session that turns into a WebSocket too', async () => {
  for (const index of times(5)) await openWebSocket(`${engine}websocket&t=${index}`)
  const home = await whoAnswers(`${engine}polling`)
  for (const index of times(10)) {
    expect(await whoAnswers(`${engine}polling&t=${index}&sid=abc${index}`)).toBe(home)
    expect(await whoAnswers(`${engine}polling&sid=abc${index}`, { method: 'POST' })).toBe(home)
    expect(await openWebSocket(`${engine}websocket&sid=abc${index}`)).toBe(home)
  }
})

test('a dead server is left at once, and nobody notices', async () => {
  const home = await whoAnswers(`${engine}polling`)
  const [dead, alive] = home === nodes[0].port ? nodes : ([nodes[1], nodes[0]] as const)
  await dead.die()
  for (const index of times(10)) {
    expect(await whoAnswers(`/${index}`)).toBe(alive.port)
    expect(await whoAnswers(`${engine}polling&t=${index}`)).toBe(alive.port)
    expect(await openWebSocket(`${engine}websocket&t=${index}`)).toBe(alive.port)
  }
})

test('a server that dies over a request may have done what it asks: it is not said to another', async () => {
  for (const node of nodes) node.hangsUp = true
  expect((await ask('/api/rooms', { method: 'POST' })).status).toBe(502)
  expect(nodes.flatMap(({ asked }) => asked)).toEqual(['POST /api/rooms'])
})
