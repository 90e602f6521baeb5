import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { freePort } from './free-port.ts'
import { root } from './server.ts'

const places = ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx']

/** nginx before some servers, with the product's own configuration. */
export interface Proxy {
  /** `http://127.0.0.1:41234` */
  address: string
  stop(): Promise<void>
}

/** On every answer of the proxy: the addresses that it tried; the last one answered. */
const triedHeader = 'X-Tried'

/** @param ports of the servers, in the order of the product's own list */
export async function startProxy(ports: number[]): Promise<Proxy> {
  const [folder, port] = [await mkdtemp(join(tmpdir(), 'knopka-proxy-')), await freePort()]
  await symlink(join(root, 'deploy/nginx.conf'), join(folder, 'nginx.conf'))
  await writeFile(join(folder, 'nodes.conf'), await nodesAt(ports))
  await writeFile(join(folder, 'door.conf'), doorAt(port))
  await chmod(folder, 0o755) // its workers may be somebody else
  const globally = `daemon off; pid ${folder}/pid; error_log stderr notice;`
  const child = spawn(program(), ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', globally])
  await started(child)
  return {
    address: `http://127.0.0.1:${port}`,
    async stop() {
      const gone = once(child, 'exit')
      if (child.kill('SIGTERM')) await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function program(): string {
  const found = process.env.NGINX_PATH || places.find((place) => existsSync(place))
  if (!found) throw new Error('There is no nginx: run npm test, which installs it, or set NGINX_PATH')
  return found
}

/** The product's own lines, each with another address. */
async function nodesAt(ports: number[]): Promise<string> {
  const lines = await readFile(join(root, 'deploy/nodes.conf'), 'utf8')
  const left = ports.map((port) => `127.0.0.1:${port}`)
  return lines.replace(/(?<=^server )\S+:\d+/gm, () => left.shift() ?? 'a server too few')
}

/** Folders of its own beside it, so that it runs without being root. */
const doorAt = (port: number) => `
listen 127.0.0.1:${port};
add_header ${triedHeader} $upstream_addr always;
client_body_temp_path body;
proxy_temp_path proxy;
fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi;
scgi_temp_path scgi;
`

/** Its sockets are open before it starts those who serve them. */
function started(child: ChildProcessWithoutNullStreams): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
      if (said.includes('start worker processes')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`nginx ended: ${said}`)))
  })
}

/** Where a page's link to its room ends, and how often it was made. */
export interface Whereabouts {
  /** An address and a port. */
  node: string
  links: number
}

/** Kept up to date from now on; to be asked for before the page is opened. */
export async function whereaboutsOf(page: Page): Promise<Whereabouts> {
  const where: Whereabouts = { node: '', links: 0 }
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  session.on('Network.webSocketHandshakeResponseReceived', ({ response: { status, headers } }) => {
    if (status !== 101) return
    where.node = answeredBy(headers[triedHeader])
    where.links++
  })
  page.on('response', (response) => {
    const { pathname, searchParams } = new URL(response.url())
    if (pathname !== '/socket.io/' || response.status() !== 200) return
    where.node = answeredBy(response.headers()[triedHeader.toLowerCase()])
    if (!searchParams.has('sid')) where.links++
  })
  return where
}

const answeredBy = (tried = '') => tried.split(', ').at(-1) ?? ''
