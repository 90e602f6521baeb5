import type { Ack, SentCommand } from '@knopka/shared/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Link } from '../../client/src/lib/link.ts'
import { Outbox } from '../../client/src/lib/outbox.ts'

const trouble: Ack = { ok: false, code: 'server-error' }
const done: Ack = { ok: true, version: 7 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A link whose other end gives these answers, one after the other, and then none. */
function answering(...acks: Ack[]) {
  const said: SentCommand[] = []
  const link = {
    connected: true,
    emit(_name: 'command', command: SentCommand, answer: (ack: Ack) => void) {
      said.push(command)
      const ack = acks.shift()
      if (ack) answer(ack)
    },
  }
  return { link, said, outbox: new Outbox(link as unknown as Link) }
}

test('what a server in trouble could not do is said again, under the same id, until it is done', async () => {
  const { said, outbox } = answering(trouble, trouble, done)
  const answer = outbox.send({ type: 'pause' })
  await vi.advanceTimersByTimeAsync(5000)
  expect(await answer).toEqual(done)
  expect(said).toHaveLength(3)
  expect(new Set(said.map(({ commandId }) => commandId)).size).toBe(1)
})

test('a person is told when the trouble lasts', async () => {
  const { said, outbox } = answering(...Array<Ack>(20).fill(trouble))
  const answer = outbox.send({ type: 'pause' })
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await answer).toEqual(trouble)
  expect(said).toHaveLength(4)
})

test('any other no is an answer', async () => {
  const no: Ack = { ok: false, code: 'paused' }
  const { said, outbox } = answering(no)
  expect(await outbox.send({ type: 'pause' })).toEqual(no)
  await vi.advanceTimersByTimeAsync(5000)
  expect(said).toHaveLength(1)
})

test('with the link lost meanwhile it waits for the next welcome, and is then said once', async () => {
  const { link, said, outbox } = answering(trouble, done)
  const answer = outbox.send({ type: 'pause' })
  link.connected = false
  await vi.advanceTimersByTimeAsync(5000)
  expect(said).toHaveLength(1)
  link.connected = true
  outbox.sayAgain()
  expect(await answer).toEqual(done)
  expect(said).toHaveLength(2)
})
