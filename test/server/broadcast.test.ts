import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { LinkMeter } from '../../server/src/light/meter.ts'
import { Broadcast } from '../../server/src/socket/broadcast.ts'
import { Frame } from '../../server/src/socket/frame.ts'
import { probeAll } from '../../server/src/socket/probes.ts'
import type { GameServer, GuestSocket } from '../../server/src/socket/socket.ts'
import type { Store } from '../../server/src/store/store.ts'

/** More than are told in one go. */
const crowd = 1200

/** A phone by long polling, of which only what it is told matters: `heard` gets its number with each word. */
function phone(number: number, heard: (word: string) => void): GuestSocket {
  const conn = { transport: { name: 'polling' }, writeBuffer: [], once: () => {} }
  const data = { meter: new LinkMeter(), round: { heard: () => {} } }
  const emit = (word: string) => heard(`${word} ${number}`)
  return { conn, data, emit, connected: true } as unknown as GuestSocket
}

function hall() {
  const words: string[] = []
  const phones = Array.from({ length: crowd }, (_, number) => phone(number, (word) => words.push(word)))
  return { words, phones, broadcast: new Broadcast(new Set(phones)) }
}

const untilTold = async (broadcast: Broadcast) => {
  while (broadcast.isUnderWay) await nextTurn()
}

test('a crowd is told in parts, whom it concerns first, and everyone once', async () => {
  const { words, phones, broadcast } = hall()
  broadcast.send(new Frame('farewell', 'removed'), new Set(phones.slice(-1)))
  expect(broadcast.isUnderWay).toBe(true)
  expect(words[0]).toBe(`farewell ${crowd - 1}`)
  expect(words.length).toBeLessThan(crowd)
  await untilTold(broadcast)
  expect(new Set(words).size).toBe(crowd)
  expect(words).toHaveLength(crowd)
})

test('what is said meanwhile comes behind, for everyone', async () => {
  const { words, phones, broadcast } = hall()
  broadcast.send(new Frame('farewell', 'removed'), new Set())
  broadcast.send(new Frame('trySound', undefined), new Set(phones.slice(0, 1)))
  await untilTold(broadcast)
  const firstOfSecond = words.findIndex((word) => word.startsWith('trySound'))
  expect(firstOfSecond).toBe(crowd)
  expect(words).toHaveLength(2 * crowd)
})

test('nobody is measured while a crowd is being told something', async () => {
  const heard: string[] = []
  const sockets = new Map([['a', phone(0, (word) => heard.push(word))]])
  const io = { of: () => ({ sockets }) } as unknown as GameServer
  const store = { now: () => performance.now() } as Store
  const beats = new EventTarget()
  let isTelling = true
  const beat = () => void beats.dispatchEvent(new Event('beat'))
  const timer = probeAll(io, store, { isTelling: () => isTelling, beat })
  onTestFinished(() => clearInterval(timer))
  for (let count = 0; count < 3; count++) await once(beats, 'beat')
  expect(heard).toEqual([])
  isTelling = false
  await once(beats, 'beat')
  expect(heard).toEqual(['probe 0'])
})
