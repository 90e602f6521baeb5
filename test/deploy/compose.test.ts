import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '@knopka/server/config'
import proxyAddr from 'proxy-addr'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../support/server.ts'

interface Service {
  image: string
  build?: string
  pull_policy?: string
  command?: string[]
  environment?: Record<string, string>
  depends_on?: string[] | Record<string, { condition: string }>
  volumes?: string[]
  ports?: string[]
  healthcheck?: { test: string[] }
  stop_grace_period?: string
  restart?: string
  networks?: { default: { ipv4_address: string } }
}

interface Composition {
  services: Record<string, Service>
  volumes: Record<string, unknown>
  networks: { default: { ipam: { config: [{ subnet: string; ip_range: string }] } } }
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** As Compose reads it where none of the variables is set. */
function composition(): Composition {
  const tree: unknown = parse(read('docker-compose.yml'), { merge: true })
  return JSON.parse(JSON.stringify(tree).replace(/\$\{\w+:-([^}]*)\}/g, '$1')) as Composition
}

const { services, volumes, networks } = composition()
const all = Object.entries(services)
const isOurs = ({ image }: Service) => image.startsWith('knopka:')
const servers = all.filter(([, service]) => isOurs(service))
const { proxy, redis } = services as { proxy: Service; redis: Service }
const addressOf = (service: Service) => service.networks?.default.ipv4_address ?? ''

test('every variable has a default, so that nothing needs to be set', () => {
  const texts = all.map(([, service]) => JSON.stringify(service)).join()
  expect(texts).not.toContain('$')
})

test('two servers of one image, which is built here and once', () => {
  expect(new Set(servers.map(([, { image }]) => image)).size).toBe(1)
  expect(servers.map(([, { build, pull_policy }]) => [build, pull_policy])).toEqual([
    ['.', 'build'],
    [undefined, 'never'],
  ])
})

test('what is fetched has an exact version', () => {
  const bases = [...read('Dockerfile').matchAll(/^FROM (\S+:\S+)/gm)].map(([, image = '']) => image)
  const fetched = all.filter(([, service]) => !isOurs(service)).map(([, { image }]) => image)
  expect(bases.length).toBeGreaterThan(0)
  for (const image of [...bases, ...fetched]) expect(image).toMatch(/^[\w./-]+:\d+\.\d+\.\d+(-[\w.]+)?$/)
})

test('the image runs the same line of Node as the product asks for', () => {
  const bases = new Set([...read('Dockerfile').matchAll(/^FROM (node:\S+)/gm)].map(([, image = '']) => image))
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  const least = engines.node.match(/\d+/g)?.map(Number) as [number, number]
  const [major, minor] = [...bases][0]?.match(/\d+/g)?.map(Number) as [number, number]
  expect(bases.size).toBe(1)
  expect(major).toBe(least[0])
  expect(minor).toBeGreaterThanOrEqual(least[1])
})

describe.for(servers)('%s', ([, server]) => {
  const environment = server.environment ?? {}

  test('is set by variables that the program knows, to what it takes', () => {
    const known = new Set(read('server/src/config.ts').match(/\b(?:PORT|REDIS_URL|KNOPKA_[A-Z_]+)(?=:)/g))
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([])
    expect(readConfig(environment)).toMatchObject({ redisUrls: ['redis://redis:6379'], trustProxy: addressOf(proxy) })
  })

  test('believes the proxy and nobody else', () => {
    const trusts = proxyAddr.compile(environment.KNOPKA_TRUST_PROXY ?? '')
    for (const [name, service] of all) expect(trusts(addressOf(service) || '172.30.77.130', 0)).toBe(name === 'proxy')
  })

  test('has time to send its guests to the other', () => {
    const seconds = Number(/^(\d+)s$/.exec(server.stop_grace_period ?? '')?.[1])
    expect(seconds).toBeGreaterThan(readConfig(environment).drainMs / 1000 + 10)
  })

  test('waits for Redis', () => {
    expect(server.depends_on).toEqual({ redis: { condition: 'service_healthy' } })
  })
})

describe('the proxy', () => {
  const nodes = [...read('deploy/nodes.conf').matchAll(/^server (\S+):(\d+) /gm)]

  test('knows exactly the servers, where they listen', () => {
    expect(nodes.map(([, address]) => address)).toEqual(servers.map(([, server]) => addressOf(server)))
    const [, port] = /^ENV PORT=(\d+)$/m.exec(read('Dockerfile')) ?? []
    for (const [, , listens] of nodes) expect(listens).toBe(port)
  })

  test('has the one door, and is found behind it', () => {
    const [, listens] = /^listen (\d+);$/m.exec(read('deploy/door.conf')) ?? []
    expect(all.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['proxy'])
    expect(proxy.ports?.map((port) => port.split(':')[1])).toEqual([listens])
  })

  test('is given its configuration whole', () => {
    const [from = '', to = ''] = proxy.volumes?.[0]?.split(':') ?? []
    const file = proxy.command?.[proxy.command.indexOf('-c') + 1] ?? ''
    const config = join(from, file.slice(to.length))
    const parts = [...read(config).matchAll(/include (\S+);/g)].map(([, name = '']) => name)
    expect(file.startsWith(`${to}/`)).toBe(true)
    expect(new Set(parts)).toEqual(new Set(['nodes.conf', 'door.conf']))
    for (const part of parts) expect(existsSync(join(root, from, part)), part).toBe(true)
  })
})

test('Redis writes down what was acknowledged, on a volume that outlives it', () => {
  const settings = redis.command?.join(' ')
  expect(settings).toContain('--appendonly yes')
  expect(settings).toContain('--appendfsync always')
  expect(redis.volumes).toEqual(['redis:/data'])
  expect(Object.keys(volumes)).toEqual(['redis'])
})

test('all come back by themselves, and each is asked whether it is well', () => {
  const ownCheck = read('Dockerfile').includes('\nHEALTHCHECK ')
  for (const [name, service] of all) {
    expect(service.restart, name).toBe('unless-stopped')
    expect(service.healthcheck?.test[0] === 'CMD' || (isOurs(service) && ownCheck), name).toBe(true)
  }
})

test('written addresses lie in the network, and none of them is ever given to another', () => {
  const { subnet, ip_range: given } = networks.default.ipam.config[0]
  const written = all.map(([, service]) => addressOf(service)).filter((address) => address !== '')
  expect(new Set(written).size).toBe(3)
  for (const address of written) {
    expect(proxyAddr.compile(subnet)(address, 0)).toBe(true)
    expect(proxyAddr.compile(given)(address, 0)).toBe(false)
  }
})
