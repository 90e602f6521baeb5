import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { buildImage, type Identity, type Stage } from './dockerfile.ts'

/** Root can be somebody else; everybody else is not root already. */
const node: Identity =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }

let folder: string
let image: Stage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-image-'))
  await chmod(folder, 0o755)
  image = await buildImage(folder, node)
}, 300_000)
afterAll(async () => await rm(folder, { recursive: true, force: true }))

/** As the image's user, in its folder, with its environment and nothing of ours. */
function surroundings(port: number) {
  const { PATH = '' } = process.env
  const KNOPKA_DATA = join(image.files, image.environment.KNOPKA_DATA ?? '')
  return {
    cwd: join(image.files, image.workdir),
    env: { PATH, ...image.environment, KNOPKA_DATA, PORT: String(port) },
    ...node,
  }
}

const wordsOf = (told: string | undefined): [string, ...string[]] =>
  JSON.parse(told?.slice(told.indexOf('[')) ?? '[]') as [string, ...string[]]

test('serves as a user who is not root, and knows when it is well', async () => {
  expect(image.told.get('USER')).toBe('node')
  const port = await freePort()
  const here = surroundings(port)
  const [program, ...args] = wordsOf(image.told.get('CMD'))
  const server = spawn(program, args, here)
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
  while (!said.includes('Knopka runs on')) await Promise.race([once(server.stdout, 'data'), failed(server, () => said)])

  const address = `http://127.0.0.1:${port}`
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
  const banks = (await (await fetch(`${address}/api/banks`)).json()) as { questions: number }[]
  expect(banks[0]?.questions).toBeGreaterThan(1000)
  expect(await (await fetch(address)).text()).toContain('<title>')
  const [inspector, ...questions] = wordsOf(image.told.get('HEALTHCHECK'))
  expect(spawnSync(inspector, questions, here).status).toBe(0)

  const ended = once(server, 'exit')
  expect(image.told.get('STOPSIGNAL')).toBe('SIGTERM')
  server.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(spawnSync(inspector, questions, here).status).toBe(1)
})

async function failed(server: ReturnType<typeof spawn>, said: () => string): Promise<never> {
  const [code] = (await once(server, 'exit')) as [number | null]
  throw new Error(`The server ended with ${code}: ${said()}`)
}

test('holds what runs and nothing else', async () => {
  const app = join(image.files, image.workdir)
  expect((await readdir(app)).sort()).toEqual(['client', 'content', 'node_modules', 'server', 'shared'])
  expect(await readdir(join(app, 'client'))).toEqual(['dist'])
  for (const tool of ['typescript', 'vite', 'vitest', 'svelte', 'playwright-core'])
    expect(existsSync(join(app, 'node_modules', tool)), tool).toBe(false)
  const sources = (await readdir(app, { recursive: true })).filter((path) =>
    /^(server|shared)\/src\/.*\.\w+$/.test(path),
  )
  expect(sources.filter((path) => !path.endsWith('.lua'))).toEqual([])
})

test('holds every file that the built server reads beside itself', async () => {
  const dist = join(image.files, image.workdir, 'server/dist')
  const programs = (await readdir(dist, { recursive: true })).filter((path) => path.endsWith('.js'))
  const texts = await Promise.all(programs.map((path) => readFile(join(dist, path), 'utf8')))
  const read = programs.flatMap((path, index) =>
    [...(texts[index] ?? '').matchAll(/new URL\('([^']+)', import\.meta\.url\)/g)].map(([, file = '']) =>
      join(dist, dirname(path), file),
    ),
  )
  expect(read).not.toEqual([])
  expect(read.filter((path) => !existsSync(path))).toEqual([])
})

test('its data folder belongs to its user', async () => {
  const { uid } = await stat(join(image.files, image.told.get('VOLUME') ?? ''))
  expect(uid).toBe(node.uid)
  expect(image.told.get('VOLUME')).toBe(image.environment.KNOPKA_DATA)
})
