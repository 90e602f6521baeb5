import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { isProxyList } from './origin.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const hour = 3_600_000
const day = 24 * hour

/** One row a setting; the README's table shows the same names. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  KNOPKA_DATA: z.string().min(1).default('./data'),
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
  KNOPKA_ROOM_HOURS: z.coerce.number().positive().default(24),
  KNOPKA_RESULTS_DAYS: z.coerce.number().positive().default(30),
  KNOPKA_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
})

export interface Config {
  port: number
  dataFolder: string
  banksFolder: string
  clientFolder: string
  /** The server's public name, where it has one; else addresses of the local network are offered. */
  url: string | null
  secret: string | null
  /** What Express calls `trust proxy`: which proxies may say whom they speak for; `null`: none. */
  trustProxy: string | null
  roomTtlMs: number
  resultsTtlMs: number
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
  return {
    port: settings.PORT,
    dataFolder: settings.KNOPKA_DATA,
    banksFolder: settings.KNOPKA_BANKS,
    clientFolder: `${root}client/dist`,
    url: settings.KNOPKA_URL ?? null,
    secret: settings.KNOPKA_SECRET ?? null,
    trustProxy: settings.KNOPKA_TRUST_PROXY ?? null,
    roomTtlMs: settings.KNOPKA_ROOM_HOURS * hour,
    resultsTtlMs: settings.KNOPKA_RESULTS_DAYS * day,
    logLevel: settings.KNOPKA_LOG,
  }
}
