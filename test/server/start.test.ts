import { once } from 'node:events'
import { createServer } from 'node:http'
import { addressesOf } from '../../server/src/addresses.ts'
import { greeting } from '../../server/src/greeting.ts'
import { renderUnicodeCompact } from 'uqr'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openRoom } from '../support/server.ts'
import { asHost } from '../support/guest.ts'
import { ServerProcess } from './process.ts'
import { folderWith, untilTheEnd } from './scene.ts'

const start = async (environment: Record<string, string> = {}) =>
  new ServerProcess({ KNOPKA_DATA: await folderWith(), ...environment })

/** What a server says that cannot start: words for its user, and no traces of the program. */
async function complaint(server: ServerProcess): Promise<string> {
  expect(await server.end()).toBe(1)
  expect(server.stdout).toBe('')
  expect(server.stderr).not.toMatch(/^\s+at |node:internal|\.ts:\d|Error:/m)
  return server.stderr.trim()
}

const inOneSentence = async (server: ServerProcess) => {
  const said = await complaint(server)
  expect(said.split('\n')).toHaveLength(1)
  return said
}

describe('a server that cannot start says why, and what to do', () => {
  test('on a port that is in use', async () => {
    const other = createServer().listen(0)
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await inOneSentence(await start({ PORT: String(port) }))).toBe(
      `Port ${port} is in use. Stop the other program, or choose another port: PORT=3001 npm start`,
    )
  })

  test('on a data folder that another process uses', async () => {
    const data = { KNOPKA_DATA: await folderWith() }
    const first = new ServerProcess(data)
    await first.listening()
    const said = await inOneSentence(new ServerProcess(data))
    expect(said).toContain(`The data folder ${data.KNOPKA_DATA} is used by another Knopka (process ${first.child.pid})`)
    expect(said).toContain('KNOPKA_DATA=')
  })

  test('on a data folder that is a file', async () => {
    const folder = await folderWith({ data: 'a file' })
    const said = await inOneSentence(await start({ KNOPKA_DATA: `${folder}/data` }))
    expect(said).toContain(`The data folder ${folder}/data cannot be used: a file is in its way`)
  })

  test('on a bank with mistakes, which it names all at once', async () => {
    const one = '# One\n\n## A\n\nWhat?\n\n#### B\n\nWhat?\n'
    const two = '# Two\n\n## A\n\n> an answer to nothing\n\nWhat?\n'
    const folder = await folderWith({ 'one.md': one, 'two.md': two })
    const lines = (await complaint(await start({ KNOPKA_BANKS: folder }))).split('\n')
    expect(lines[0]).toBe('A question bank has mistakes:')
    expect(lines.slice(1).map((line) => line.trim().split(': ')[0])).toEqual([
      `${folder}/one.md:7`,
      `${folder}/two.md:5`,
    ])
  })

  test('on a folder without a bank', async () => {
    const folder = await folderWith({ 'README.md': '# The format' })
    expect(await inOneSentence(await start({ KNOPKA_BANKS: folder }))).toBe(
      `There is no question bank in ${folder}: put a Markdown file there.`,
    )
  })

  test('on a folder of banks that is not there', async () => {
    const said = await inOneSentence(await start({ KNOPKA_BANKS: '/nowhere/banks' }))
    expect(said).toMatch(/^The folder of question banks \/nowhere\/banks cannot be read/)
  })

  test('on settings that make no sense, naming each', async () => {
    const wrong = {
      PORT: 'eighty',
      KNOPKA_URL: 'ftp://quiz.example',
      KNOPKA_SECRET: 'short',
      KNOPKA_TRUST_PROXY: 'everyone',
      KNOPKA_KERNEL_RTT: 'guess',
      KNOPKA_ROOM_HOURS: '0',
      KNOPKA_RESULTS_DAYS: 'many',
      REDIS_URL: 'redis://localhost, https://:shortest@quiz.example',
      KNOPKA_HOST_PASSWORD: 'shorter',
      KNOPKA_MAX_CONNECTIONS: '0',
      KNOPKA_DRAIN_SECONDS: '-1',
      KNOPKA_METRICS_PORT: '0',
      KNOPKA_METRICS_TOKEN: 'shorter still',
      KNOPKA_LOG: 'loud',
    }
    const said = await inOneSentence(await start(wrong))
    expect(said).toMatch(/^These settings cannot be used: /)
    for (const name of Object.keys(wrong)) expect(said).toContain(`${name}: `)
    expect(said).not.toContain('short')
  })
})

describe('a server that is to ask a kernel for round trips', () => {
  test('does not start where no proxy is named that may tell them', async () => {
    expect(await inOneSentence(await start({ KNOPKA_KERNEL_RTT: 'header' }))).toBe(
      'KNOPKA_KERNEL_RTT=header needs KNOPKA_TRUST_PROXY, which names the proxy that may set the header.',
    )
  })

  test('does not start where its own kernel would measure the way to a proxy', async () => {
    const said = await inOneSentence(await start({ KNOPKA_KERNEL_RTT: 'ss', KNOPKA_TRUST_PROXY: 'loopback' }))
    expect(said).toMatch(/^KNOPKA_KERNEL_RTT=ss cannot be used together with KNOPKA_TRUST_PROXY: /)
  })

  test('does not start where its own kernel cannot be asked', async () => {
    expect(await inOneSentence(await start({ KNOPKA_KERNEL_RTT: 'ss', PATH: await folderWith() }))).toBe(
      'KNOPKA_KERNEL_RTT=ss needs the program ss (of the package iproute2), which cannot be run here.',
    )
  })
})

describe('a server that starts', () => {
  test('shows where phones find it, as text and as a QR code, and never its own name for itself', async () => {
    const server = await start()
    const port = await server.listening()
    const [best] = addressesOf(port, null)
    const lines = server.stdout.split('\n').map((line) => line.slice(2))
    const code = best && renderUnicodeCompact(best.address, { border: 2 })
    expect(lines).toContain(`Knopka runs on ${best?.address ?? `http://localhost:${port}`}`)
    expect(lines.join('\n')).toContain(code ?? 'no address on a local network')
    expect(best?.address ?? '').not.toMatch(/localhost|127\.0\.0\.1/)
    expect(server.stderr).toBe('')
  })

  test('shows its public name where it has one', async () => {
    const server = await start({ KNOPKA_URL: 'https://quiz.example/' })
    await server.listening()
    expect(server.stdout).toContain('Knopka runs on https://quiz.example\n')
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('ends well at %s, also with guests', async (signal) => {
    const server = await start()
    const address = `http://127.0.0.1:${await server.listening()}`
    const { pin, capability } = await openRoom(address)
    const host = untilTheEnd(await asHost(address, pin, capability))
    expect(await server.kill(signal)).toBe(0)
    expect(server.stderr).toBe('')
    await host.until(({ socket }) => !socket.connected)
  })
})

describe('the greeting', () => {
  test('has no QR code where no phone could follow it, and says what to do', () => {
    const text = greeting(3000, [])
    expect(text).not.toMatch(/[▀▄█]/)
    expect(text).toContain('http://localhost:3000')
    expect(text).toContain('KNOPKA_URL')
  })

  test('names the other addresses too', () => {
    const [home, work] = [
      { address: 'http://192.168.1.5:3000', name: 'wlan0' },
      { address: 'http://10.0.0.7:3000', name: 'eth0' },
    ]
    const text = greeting(3000, [home, work])
    expect(text).toContain('Knopka runs on http://192.168.1.5:3000')
    expect(text).toContain('or, on eth0,  http://10.0.0.7:3000')
  })
})
