import { Cluster, Command, Redis, type RedisOptions } from 'ioredis'
import type { Ms } from '@knopka/shared/ids'
import { patienceMs, within } from './redis-faults.ts'

export type Client = Redis | Cluster

/** Sharded channels came with it. */
const oldestVersion = 7
const example = 'REDIS_URL=redis://127.0.0.1:6379 npm start'

const common = {
  lazyConnect: true,
  commandTimeout: patienceMs,
  connectTimeout: patienceMs,
  // A connection may be dead without a word from the network.
  socketTimeout: patienceMs,
  // Where the library fails to subscribe again it tells nobody, and may end the process: see redis-channels.ts.
  autoResubscribe: false,
  // Some seconds. Whoever asked has given up by then, and shall not be obeyed later.
  maxRetriesPerRequest: 8,
} satisfies RedisOptions

/** Quick, as a game waits, and for ever. */
export const backoffMs = (tries: number): Ms => Math.min(50 * 2 ** (tries - 1), 1000)

/**
 * Connects to one Redis, or for several addresses to the cluster that they belong to.
 * @throws {Error} says why it cannot be used and what to do, without any password
 */
export async function connect(urls: string[]): Promise<Client> {
  const names = urls.map(nameOf).join(', ')
  const client = clientFor(urls)
  try {
    await reach(client)
    demand(await within(patienceMs, client.info()), client)
    return client
  } catch (fault) {
    client.disconnect()
    return refuse(`Redis at ${names} cannot be used: ${wordsOf(fault)}`)
  }
}

export const addressOf = ({ options }: Redis): string => `${options.host}:${options.port}`

/** Where the channel lives, as far as is known. Who has asked there in vain asks any node, which knows better. */
export function guessAddress(client: Client, channel: string, tries: number): string {
  if (client instanceof Redis) return addressOf(client)
  const named = client.slots[new Command('ssubscribe', [channel]).getSlot() ?? 0]?.[0]
  if (named && tries === 1) return named
  const nodes = client.nodes()
  const node = nodes[tries % nodes.length]
  if (!node) throw new Error('no node of the cluster can be reached')
  return addressOf(node)
}

/**
 * A connection more, to the node at this address, which does not come back by itself. It is made from the settings, not
 * from a node that is known: while a cluster comes back there may be a moment in which none is.
 */
export function another(client: Client, address: string): Redis {
  const colon = address.lastIndexOf(':')
  const [host, port] = [address.slice(0, colon), Number(address.slice(colon + 1))]
  const known = client instanceof Redis ? client.options : client.options.redisOptions
  return new Redis({ ...known, ...common, host, port, retryStrategy: null, replyMapping: 'legacy' })
}

function clientFor([url = '', ...others]: string[]): Client {
  if (others.length === 0) return new Redis(url, { ...common, retryStrategy: backoffMs })
  const { username, password, protocol } = new URL(url)
  const credentials = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  return new Cluster([url, ...others], {
    lazyConnect: true,
    clusterRetryStrategy: backoffMs,
    slotsRefreshTimeout: patienceMs,
    // With the delay between two tries, about as long as anybody waits.
    maxRedirections: 100,
    // Nodes that the cluster itself names are spoken to as the first one is.
    redisOptions: { ...common, ...credentials, ...(protocol === 'rediss:' && { tls: {} }) },
    // A certificate is for a name and not for the number behind it.
    ...(protocol === 'rediss:' && { dnsLookup: (name, done) => done(null, name) }),
  })
}

function nameOf(url: string): string {
  if (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)) return new URL(url).host
  return refuse(`REDIS_URL takes addresses like redis://127.0.0.1:6379, with commas between several of a cluster.`)
}

async function reach(client: Client): Promise<void> {
  let reason: unknown
  // It stays for good: a fault that nobody listens to is printed by the library.
  client.on('error', (fault: unknown) => (reason = fault))
  await within(patienceMs, client.connect()).catch((fault: unknown) =>
    refuse(`${wordsOf(reason ?? fault)}. Start it, or choose another: ${example}`),
  )
}

function demand(info: string, client: Client): void {
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? ''
  if (parseInt(version) < oldestVersion) {
    refuse(`it is version ${version}. Update it to ${oldestVersion} or newer, or choose another: ${example}`)
  }
  if (client instanceof Redis && /^cluster_enabled:1/m.test(info)) {
    refuse('it belongs to a cluster. Name several of its nodes in REDIS_URL, with commas between them.')
  }
}

/** Words alone: the library's faults hold what was said to Redis, the password too. */
function refuse(words: string): never {
  throw new Error(words)
}

/** A cluster's fault says only that all nodes failed, and keeps the reason beside. */
function wordsOf(fault: unknown): string {
  const { lastNodeError, message } = fault as { lastNodeError?: Error; message: string }
  return lastNodeError?.message ?? message
}
