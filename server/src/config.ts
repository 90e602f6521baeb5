import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { isProxyList } from './origin.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const hour = 3_600_000
const day = 24 * hour

const portNumber = z.coerce.number().int().min(0).max(65_535)

/** Where the round trips of phones come from that their kernels, and no program of theirs, answer. */
const kernelRtts = ['off', 'ss', 'header'] as const

/** One row a setting; the README's table shows the same names. */
const Environment = z.object({
  PORT: portNumber.default(3000),
  KNOPKA_DATA: z.string().min(1).default('./data'),
  REDIS_URL: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .refine((urls) => urls.every(isRedisUrl), 'takes redis:// or rediss:// addresses, with commas between them')
    .optional(),
  KNOPKA_BANKS: z.string().min(1).default(`${root}content`),
  KNOPKA_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  KNOPKA_SECRET: z.string().min(16, 'takes at least 16 characters').optional(),
  KNOPKA_TRUST_PROXY: z
    .string()
    .refine(isProxyList, 'takes addresses or networks of proxies, or "loopback", with commas between them')
    .optional(),
  KNOPKA_KERNEL_RTT: z.enum(kernelRtts).default('off'),
  KNOPKA_ROOM_HOURS: z.coerce.number().positive().default(24),
  KNOPKA_RESULTS_DAYS: z.coerce.number().positive().default(30),
  KNOPKA_HOST_PASSWORD: z.string().min(8, 'takes at least 8 characters').max(200).optional(),
  KNOPKA_MAX_CONNECTIONS: z.coerce.number().int().min(1).default(10_000),
  KNOPKA_DRAIN_SECONDS: z.coerce.number().min(0).max(3600).default(0),
  KNOPKA_METRICS_PORT: portNumber.min(1).optional(),
  KNOPKA_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  KNOPKA_METRICS_TOKEN: z.string().min(16, 'takes at least 16 characters').optional(),
  KNOPKA_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
})

/** URLs of other protocols are refused here, before a password in one could stand in a fault. */
function isRedisUrl(url: string): boolean {
  return URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)
}

export interface Config {
  port: number
  dataFolder: string
  /** One node, or some nodes of a cluster; `null`: everything lies in `dataFolder`. */
  redisUrls: string[] | null
  banksFolder: string
  clientFolder: string
  /** The server's public name, where it has one; else addresses of the local network are offered. */
  url: string | null
  secret: string | null
  /** What Express calls `trust proxy`: which proxies may say whom they speak for; `null`: none. */
  trustProxy: string | null
  /** From a header of that proxy, or from this machine's own table of connections. */
  kernelRtt: (typeof kernelRtts)[number]
  roomTtlMs: number
  resultsTtlMs: number
  /** Who opens a room has to know it; `null`: anybody may. */
  hostPassword: string | null
  /** How many connections this process takes at once. */
  maxConnections: number
  /** How long it says that it will go, before it goes. */
  drainMs: number
  metrics: {
    /** A port of their own; `null`: none. */
    port: number | null
    host: string
    /** Opens them on the main port; `null`: they are not there. */
    token: string | null
  }
  logLevel: string
}

/** @throws {Error} one sentence that names every setting that is wrong */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(filled)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new Error(`These settings cannot be used: ${faults.join('; ')}.`)
  }
  const settings = parsed.data
  refuseWrongKernel(settings)
  return {
    port: settings.PORT,
    dataFolder: settings.KNOPKA_DATA,
    redisUrls: settings.REDIS_URL ?? null,
    banksFolder: settings.KNOPKA_BANKS,
    clientFolder: `${root}client/dist`,
    url: settings.KNOPKA_URL ?? null,
    secret: settings.KNOPKA_SECRET ?? null,
    trustProxy: settings.KNOPKA_TRUST_PROXY ?? null,
    kernelRtt: settings.KNOPKA_KERNEL_RTT,
    roomTtlMs: settings.KNOPKA_ROOM_HOURS * hour,
    resultsTtlMs: settings.KNOPKA_RESULTS_DAYS * day,
    hostPassword: settings.KNOPKA_HOST_PASSWORD ?? null,
    maxConnections: settings.KNOPKA_MAX_CONNECTIONS,
    drainMs: settings.KNOPKA_DRAIN_SECONDS * 1000,
    metrics: {
      port: settings.KNOPKA_METRICS_PORT ?? null,
      host: settings.KNOPKA_METRICS_HOST,
      token: settings.KNOPKA_METRICS_TOKEN ?? null,
    },
    logLevel: settings.KNOPKA_LOG,
  }
}

/** Whose kernel ends the phones' connections, a proxy's or this machine's, is the same question both times. */
function refuseWrongKernel({ KNOPKA_KERNEL_RTT: kernel, KNOPKA_TRUST_PROXY: proxy }: z.infer<typeof Environment>) {
  if (kernel === 'header' && proxy === undefined) {
    throw new Error('KNOPKA_KERNEL_RTT=header needs KNOPKA_TRUST_PROXY, which names the proxy that may set the header.')
  }
  if (kernel === 'ss' && proxy !== undefined) {
    throw new Error(
      'KNOPKA_KERNEL_RTT=ss cannot be used together with KNOPKA_TRUST_PROXY: ' +
        'behind a proxy, ss would measure the way to the proxy and not to the phones; use header.',
    )
  }
}
