import { renderUnicodeCompact } from 'uqr'
import type { Address } from './addresses.ts'

/** What the terminal shows once the server listens: where to go, and a QR code of it. */
export function greeting(port: number, addresses: Address[]): string {
  const [best, ...others] = addresses
  const here = `http://localhost:${port}`
  if (!best) {
    return [
      '',
      `  Knopka runs on ${here}`,
      '  This machine has no address on a local network: join a Wi-Fi, or set KNOPKA_URL, so that phones can reach it.',
      '',
    ].join('\n')
  }
  return [
    '',
    indent(renderUnicodeCompact(best.address, { border: 2 })),
    '',
    `  Knopka runs on ${best.address}`,
    ...others.map(({ address, name }) => `  or, on ${name},  ${address}`),
    `  On this machine: ${here}/host opens an evening.`,
    '',
  ].join('\n')
}

const indent = (text: string) => text.replace(/^/gm, '  ')
