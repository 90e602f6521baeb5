import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Ms } from '@knopka/shared/ids'

const run = promisify(execFile)
/** A connection takes about half a kilobyte. */
const mostBytes = 64 * 1024 * 1024

/** The other end of a TCP connection, as Node and as `ss` name it. */
interface Peer {
  remoteAddress?: string | undefined
  remotePort?: number | undefined
}

/** @throws {Error} one sentence, where the kernel cannot be asked */
export async function findKernel(): Promise<void> {
  await run('ss', ['-V']).catch((fault: unknown) => {
    const why = 'KNOPKA_KERNEL_RTT=ss needs the program ss (of the package iproute2), which cannot be run here.'
    throw new Error(why, { cause: fault })
  })
}

/** The shortest round trip that this machine's kernel ever measured of each connection to `port`, by {@link peerOf}. */
export async function readKernel(port: number): Promise<Map<string, Ms>> {
  const { stdout } = await run('ss', ['-tinH', 'sport', '=', `:${port}`], { maxBuffer: mostBytes })
  return readSockets(stdout)
}

/** @param told by `ss -tinH`: a line that names both ends, and an indented one that says all else */
export function readSockets(told: string): Map<string, Ms> {
  const trips = new Map<string, Ms>()
  let peer: string | undefined
  for (const line of told.split('\n')) {
    const [, rtt] = /\sminrtt:([\d.]+)/.exec(line) ?? []
    if (!/^\s/.test(line)) peer = peerIn(line)
    if (rtt !== undefined && peer !== undefined) trips.set(peer, Number(rtt))
  }
  return trips
}

/** Of state, two queues, this end and the other end, the last one. */
function peerIn(line: string): string | undefined {
  const [, remoteAddress, port] = /^\S+\s+\d+\s+\d+\s+\S+\s+(\S+):(\d+)/.exec(line) ?? []
  return remoteAddress && peerOf({ remoteAddress, remotePort: Number(port) })
}

/** Without brackets and zones, and an IPv4 address as such: it may come in by a socket of IPv6. */
export function peerOf({ remoteAddress = '', remotePort = 0 }: Peer): string {
  const plain = remoteAddress.replace(/[[\]]|%[^\]]*/g, '').replace(/^::ffff:(?=[\d.]+$)/i, '')
  return `${plain} ${remotePort}`
}
