import { openEmbeddedStore } from '@knopka/server/store/embedded'
import type { Ack, SentCommand } from '@knopka/shared/contracts'
import type { RoomEvent } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import { asHost, asPlayer, asScreen, newId, type Guest, type Said } from '../support/guest.ts'
import { openRoom } from '../support/server.ts'
import { freePort } from '../support/free-port.ts'
import { ServerProcess } from './process.ts'
import { folderWith, untilTheEnd, withRules } from './scene.ts'

interface Acknowledged {
  commandId: string
  version: number
}

/** Says it, and remembers whether it was acknowledged. */
class Witness {
  readonly acknowledged: Acknowledged[] = []

  say(guest: Guest, said: Said): Promise<Ack> {
    return this.#remember((commandId) => guest.say({ ...said, commandId }))
  }

  press(guest: Guest, turn: number): Promise<Ack> {
    return this.#remember((commandId) => guest.buzz(turn, commandId))
  }

  async #remember(speak: (commandId: string) => Promise<Ack>): Promise<Ack> {
    const commandId = newId()
    const ack = await speak(commandId)
    if (ack.ok) this.acknowledged.push({ commandId, version: ack.version })
    return ack
  }
}

const asking = (host: Guest, turn: number): Omit<Extract<SentCommand, { type: 'ask' }>, 'commandId'> => ({
  type: 'ask',
  turn,
  questionId: host.state.secret.plan?.[turn - 1] ?? '',
  tieBreak: false,
})

async function evening(changes: Parameters<typeof openRoom>[1]) {
  const [port, data] = [await freePort(), await folderWith()]
  const start = async () => {
    const server = new ServerProcess({ PORT: String(port), KNOPKA_DATA: data })
    await server.listening()
    return server
  }
  const server = await start()
  const address = `http://127.0.0.1:${port}`
  const { pin, capability } = await openRoom(address, changes)
  const host = untilTheEnd(await asHost(address, pin, capability))
  const join = async (name: string) => untilTheEnd(await asPlayer(address, pin, name))
  return { server, start, address, pin, data, host, join, witness: new Witness() }
}

async function logOf(data: string, pin: string): Promise<RoomEvent[]> {
  const store = await openEmbeddedStore({ folder: data, roomTtlMs: 86_400_000 })
  const log = await store.rooms.read(pin, 0)
  await store.close()
  return log
}

/** What was acknowledged stands in the log, not later than the version that the ack named. */
function expectAll(acknowledged: Acknowledged[], log: RoomEvent[]) {
  for (const { commandId, version } of acknowledged) {
    const place = log.findIndex(({ secret }) => secret?.commandId === commandId)
    expect(place).toBeGreaterThanOrEqual(0)
    expect(place).toBeLessThan(version)
  }
}

/** Resolves when everyone is back, without anyone's help. */
function allBack(guests: Guest[]): Promise<unknown> {
  const before = new Map(guests.map((guest) => [guest, guest.welcome]))
  return Promise.all(guests.map((guest) => guest.until(({ welcome }) => welcome !== before.get(guest))))
}

test('a server is killed in the middle of a question: everyone comes back to it, and the clock runs on', async () => {
  const { server, start, address, pin, data, host, join, witness } = await evening(withRules({ answerSeconds: 3 }))
  const players = [await join('Аня'), await join('Борис'), await join('Вера')]
  const wall = untilTheEnd(await asScreen(address, pin))
  await witness.say(host, asking(host, 1))
  await witness.say(host, { type: 'openBuzzers', turn: 1 })
  for (const player of players) expect(await witness.press(player, 1)).toMatchObject({ ok: true })

  const everyone = [host, ...players, wall]
  const seats = everyone.map(({ seat }) => seat)
  const back = allBack(everyone)
  await server.kill('SIGKILL')
  const second = await start()
  await back

  expect(everyone.map(({ seat }) => seat)).toEqual(seats)
  for (const guest of everyone) {
    await guest.until(({ state }) => state.turn?.floor?.timedOut === true)
    expect(guest.state.turn?.presses.map(({ seat }) => seat)).toEqual(players.map(({ seat }) => seat))
  }
  // Who was first is for the measurement to say: they pressed within a few milliseconds.
  const first = host.state.turn?.floor?.seat ?? ''
  await witness.say(host, { type: 'giveVerdict', turn: 1, seat: first, verdict: 'wrong' })
  await wall.until(({ state: { turn } }) => turn?.floor !== null && turn?.floor.seat !== first)
  await second.kill('SIGKILL')
  expect(witness.acknowledged).toHaveLength(6)
  expectAll(witness.acknowledged, await logOf(data, pin))
})

test('a server is killed in a storm of presses and renames: all that it acknowledged is in the log', async () => {
  const { server, pin, data, host, join, witness } = await evening({})
  const players = await Promise.all(Array.from({ length: 20 }, (_, index) => join(`Гость ${index}`)))
  await witness.say(host, asking(host, 1))
  await witness.say(host, { type: 'openBuzzers', turn: 1 })
  const killed = new Promise<void>((resolve) => {
    players.forEach((player, index) => {
      void witness.press(player, 1)
      for (const part of ['а', 'б', 'в', 'г']) {
        const renamed = witness.say(player, { type: 'rename', seat: player.seat, name: `${part}${index}` })
        // In the middle: some are acknowledged, others are under way.
        if (index === 7 && part === 'б') void renamed.then(() => server.kill('SIGKILL')).then(() => resolve())
      }
    })
  })
  await killed
  const log = await logOf(data, pin)
  expect(witness.acknowledged.length).toBeGreaterThan(10)
  expectAll(witness.acknowledged, log)
})

test('a server is killed right after the end: the results are there', async () => {
  const { server, start, address, pin, host, join, witness } = await evening({})
  const ann = await join('Аня')
  await witness.say(host, asking(host, 1))
  await witness.say(host, { type: 'openBuzzers', turn: 1 })
  await witness.press(ann, 1)
  await witness.say(host, { type: 'giveVerdict', turn: 1, seat: ann.seat, verdict: 'right' })
  expect(await witness.say(host, { type: 'end' })).toMatchObject({ ok: true })
  const back = allBack([ann])
  await server.kill('SIGKILL')
  await start()
  await back
  const results = (await (await fetch(`${address}/api/results/${ann.state.results?.id ?? ''}`)).json()) as object
  expect(results).toMatchObject({ pin, standings: [{ name: 'Аня', score: 1 }] })
})
