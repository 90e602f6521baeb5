import { networkInterfaces } from 'node:os'

export interface Address {
  /** `http://192.168.1.5:3000` */
  address: string
  /** The network card it belongs to, for choosing among several. */
  name: string
}

/** Cards that virtual machines, containers and tunnels make: phones of the room are hardly ever behind them. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|tailscale|wg|lo)/i

/**
 * Where phones of the local network may find this server, likeliest first.
 * @param url the server's public name; where it has one there is nothing to choose
 */
export function addressesOf(port: number, url: string | null): Address[] {
  if (url) return [{ address: url, name: new URL(url).hostname }]
  const found = Object.entries(networkInterfaces()).flatMap(([name, cards]) =>
    (cards ?? [])
      .filter((card) => card.family === 'IPv4' && !card.internal && !card.address.startsWith('169.254.'))
      .map((card) => ({ address: `http://${card.address}:${port}`, name })),
  )
  return found.sort((a, b) => rank(a) - rank(b))
}

const rank = ({ address, name }: Address): number =>
  (virtual.test(name) ? 10 : 0) + (address.includes('//192.168.') ? 0 : address.includes('//10.') ? 1 : 2)
