import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, totalmem } from 'node:os'

/** What figures depend on, beside the product. */
export interface WhereItRan {
  machine: Record<string, string | number>
  versions: Record<string, string>
}

export function whereItRan(): WhereItRan {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const machine = { cores: cpus().length, memory: `${gigabytes} GB`, linux: release() }
  const versions = { node: process.versions.node, ws: versionOf('ws'), 'socket.io': versionOf('socket.io') }
  return { machine, versions }
}

/** One line on a terminal that is written over; a line each elsewhere. */
export function tellProgress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : text && `${text}\n`)
}

function versionOf(name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
