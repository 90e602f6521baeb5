import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { folderWith, serve } from '../server/scene.ts'
import { root } from '../support/server.ts'
import { Door } from './door.ts'
import { Evening } from './evening.ts'
import { report } from './figures.ts'
import { patienceMs } from './house.ts'

/** No file of the server may grow beyond: in blocks of 512 bytes, as POSIX has it. */
const mostBlocks = 1024
const script = ['--conditions=knopka-src', '--import', 'tsx', 'server/src/main.ts']

test(
  'the disk is full: who speaks is refused clearly, and all that was acknowledged is there when there is room again',
  async () => {
    const settings = {
      PORT: String(await freePort()),
      KNOPKA_DATA: await folderWith(),
      KNOPKA_SECRET: 'the same secret, before and after',
      KNOPKA_LOG: 'error',
    }
    const cramped = await startCramped(settings)
    const door = await Door.to([Number(settings.PORT)])
    const evening = await Evening.open([door], 20)
    const { crowd, players } = evening

    const isFull = crowd.isRefused()
    const talk = players.map((player) => untilItHolds(isFull, () => evening.rename(player)))
    await isFull
    // What is there can be looked at, by those who were there and by those who come.
    const late = await crowd.screen(door.address)
    expect(late.version).toBeGreaterThan(players.length)
    expect((await fetch(`${door.address}/healthz`)).status).toBe(200)
    expect(cramped.said()).toContain('The data could not be written')
    if (cramped.makeRoom()) await Promise.all(talk)
    await cramped.kill()

    const roomy = await serve(settings)
    await Promise.all(talk)
    await evening.round()
    await evening.end()
    const balance = await crowd.balance(roomy.store)
    report('the disk is full', 1, balance)
    expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: crowd.people.length })
    expect(balance.acknowledged).toBeGreaterThan(100)
  },
  patienceMs,
)

/** Does it again and again until `isSo`. */
async function untilItHolds(isSo: Promise<void>, act: () => Promise<void>): Promise<void> {
  let isOver = false
  void isSo.then(() => (isOver = true))
  while (!isOver) await act()
}

async function startCramped(settings: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env
  const limited = `ulimit -S -f ${mostBlocks}; exec "$0" "$@"`
  const env = { PATH, HOME, ...settings }
  const child = spawn('sh', ['-c', limited, process.execPath, ...script], { cwd: root, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`The server ended early: ${said}`)))
  while (!said.includes('localhost:')) await Promise.race([once(child.stdout, 'data'), ended])
  ended.catch(() => {})
  return {
    said: () => said,
    /** @returns whether it goes on; on some systems the limit of a process that runs cannot be lifted */
    makeRoom: () => spawnSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']).status === 0,
    async kill() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
