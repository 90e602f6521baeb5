import type { IncomingMessage } from 'node:http'
import type { Ms } from '@knopka/shared/ids'
import proxyAddr from 'proxy-addr'

/**
 * Whether a request comes from our own page: its origin is the host that it asks, or the server's public address.
 * Programs other than browsers send no origin and are let through; what they may do is decided by their tokens.
 */
export function isOwnOrigin({ headers }: IncomingMessage, url: string | null): boolean {
  const { origin, host } = headers
  if (!origin) return true
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === host || (url !== null && origin === new URL(url).origin)
}

const proxies = (list: string) => proxyAddr.compile(list.split(/\s*,\s*/))

export function isProxyList(list: string): boolean {
  try {
    proxies(list)
    return true
  } catch {
    return false
  }
}

const truster = (trustProxy: string | null) => (trustProxy === null ? () => false : proxies(trustProxy))

/** Reads whom a request speaks for: what a trusted proxy says, else where the connection comes from. */
export function addressReader(trustProxy: string | null): (request: IncomingMessage) => string {
  const trust = truster(trustProxy)
  return (request) => proxyAddr(request, trust)
}

/** In microseconds, as nginx writes `$tcpinfo_rtt`. */
const rttHeader = 'x-knopka-rtt-us'

/** Reads what the kernel of a trusted proxy measured of the way to whom it speaks for; `null`: nobody trusted says so. */
export function kernelRttReader(trustProxy: string | null): (request: IncomingMessage) => Ms | null {
  const trust = truster(trustProxy)
  return ({ headers, socket }) => {
    const rttMs = Number(headers[rttHeader]) / 1000
    return rttMs > 0 && trust(socket.remoteAddress ?? '', 0) ? rttMs : null
  }
}
