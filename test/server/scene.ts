import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { HandshakeRefusal, RoundSettings, Rules } from '@knopka/shared/contracts'
import { evolve, unopened, type RoomEvent, type RoomState } from '@knopka/shared/game'
import { expect, onTestFinished } from 'vitest'
import { asHost, asPlayer, asScreen, askNext, newId, type Guest, type Manners } from '../support/guest.ts'
import type { OneRound } from '../support/one-round.ts'
import { openRoom, settings, startServer, type Fittings, type TestServer } from '../support/server.ts'

/** A server for one test, which must not log a fault as long as it lives. */
export async function serve(environment: Record<string, string> = {}, fittings: Fittings = {}): Promise<TestServer> {
  const server = await startServer(environment, fittings)
  let open = true
  const close = async () => {
    if (open) await server.close()
    open = false
  }
  onTestFinished(async () => {
    await close()
    expect(server.faults).toEqual([])
  })
  return { ...server, close }
}

/** Leaves when the test is over. */
export function untilTheEnd(guest: Guest): Guest {
  onTestFinished(() => guest.leave())
  return guest
}

/** A fresh room, its host, and the ways for others to come in. */
export interface Scene {
  pin: string
  capability: string
  host: Guest
  player: (name: string, joinId?: string, manners?: Manners) => Promise<Guest>
  screen: () => Promise<Guest>
  cohost: () => Promise<Guest>
  /** Everything that the store holds of this room. */
  log: () => Promise<RoomEvent[]>
}

/** @param changes with `rounds`, those after the first */
export async function enact(
  server: TestServer,
  changes: Partial<OneRound> & { rounds?: RoundSettings[] } = {},
): Promise<Scene> {
  const { address, store } = server
  const { pin, capability } = await openRoom(address, changes)
  const host = untilTheEnd(await asHost(address, pin, capability))
  return {
    pin,
    capability,
    host,
    player: async (name, joinId = newId(), manners = {}) =>
      untilTheEnd(await asPlayer(address, pin, name, joinId, manners)),
    screen: async () => untilTheEnd(await asScreen(address, pin)),
    cohost: async () => untilTheEnd(await asHost(address, pin, host.state.secret.links?.cohost ?? '')),
    log: () => store.rooms.read(pin, 0),
  }
}

export const withRules = (rules: Partial<Rules>): Partial<OneRound> => ({
  rules: { ...settings.rules, ...rules },
})

export const foldOf = (log: RoomEvent[]): RoomState => log.reduce(evolve, unopened)

/** Asks the next question and opens its buzzers. @returns its number */
export async function openNext(host: Guest): Promise<number> {
  const turn = await askNext(host)
  expect(await host.say({ type: 'openBuzzers', turn })).toMatchObject({ ok: true })
  return turn
}

/** Presses as soon as the light is on, and waits until it is known that nobody was earlier. */
export async function takeFloor(guest: Guest, turn: number): Promise<void> {
  expect(await guest.buzz(turn)).toMatchObject({ ok: true })
  await guest.until(({ state }) => state.turn?.floor?.seat === guest.seat)
}

/** What the door says to who may not come in. */
export async function refusalOf(entering: Promise<Guest>): Promise<HandshakeRefusal> {
  const outcome = await entering.catch((fault: Error & { data: HandshakeRefusal }) => fault)
  if (outcome instanceof Error) return outcome.data
  outcome.leave()
  throw new Error('The door was open')
}

/** A folder with these files, gone after the test. */
export async function folderWith(files: Record<string, string> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'knopka-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

/** A clock that a test moves by hand. */
export function handClock() {
  let ahead = 0
  return { now: () => Date.now() + ahead, forward: (ms: number) => void (ahead += ms) }
}
