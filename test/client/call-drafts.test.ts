import type { Ack } from '@knopka/shared/contracts'
import { longestNote } from '@knopka/shared/game'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Drafts } from '../../client/src/call/drafts.svelte.ts'

const done: Ack = { ok: true, version: 7 }
const meanwhile: Ack = { ok: false, code: 'written-meanwhile' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A device and a room that answers when it is told to. */
function desk(kept: string | null = null) {
  const said: { field: string; text: string; was: string }[] = []
  const waiting: ((ack: Ack) => void)[] = []
  const shelf = { kept, recall: () => shelf.kept, keep: (text: string | null) => void (shelf.kept = text) }
  const say = (field: string, text: string, was: string) => {
    said.push({ field, text, was })
    return new Promise<Ack>((resolve) => waiting.push(resolve))
  }
  const answer = async (ack: Ack) => {
    waiting.shift()?.(ack)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { drafts: new Drafts(say, shelf), said, shelf, answer }
}

test('what is typed is said once the hand rests, and is saved when the room says so', async () => {
  const { drafts, said, shelf, answer } = desk()
  drafts.type('a', 'М', '')
  await vi.advanceTimersByTimeAsync(300)
  drafts.type('a', 'МV', '')
  await vi.advanceTimersByTimeAsync(300)
  expect(said).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  expect(said).toEqual([{ field: 'a', text: 'МV', was: '' }])
  expect(drafts.statusOf('a')).toBe('saving')
  await answer(done)
  expect(drafts.statusOf('a')).toBe('saved')
  expect(shelf.kept).toBeNull()
})

test('whoever leaves the field or the page does not wait', () => {
  const { drafts, said } = desk()
  drafts.type('a', 'раз', '')
  drafts.type('b', 'два', 'было')
  drafts.flush()
  expect(said).toEqual([
    { field: 'a', text: 'раз', was: '' },
    { field: 'b', text: 'два', was: 'было' },
  ])
})

test('what is typed while a text is on its way goes behind it, over it', async () => {
  const { drafts, said, answer } = desk()
  drafts.type('a', 'раз', '')
  drafts.flush()
  drafts.type('a', 'раз два', '')
  await vi.advanceTimersByTimeAsync(1000)
  expect(said).toHaveLength(1)
  await answer(done)
  expect(said.at(-1)).toEqual({ field: 'a', text: 'раз два', was: 'раз' })
  expect(drafts.textOf('a', 'раз')).toBe('раз два')
  await answer(done)
  expect(drafts.statusOf('a')).toBe('saved')
})

test('a page that is closed before the room has answered says it when it opens again', async () => {
  const first = desk()
  first.drafts.type('a', 'раз', 'было')
  const second = desk(first.shelf.kept)
  expect(second.said).toEqual([{ field: 'a', text: 'раз', was: 'было' }])
  expect(second.drafts.textOf('a', 'было')).toBe('раз')
  await second.answer(done)
  expect(second.shelf.kept).toBeNull()
})

test('over a text that came meanwhile nothing is said until the person has chosen', async () => {
  const { drafts, said, shelf, answer } = desk()
  drafts.type('a', 'моё', '')
  drafts.flush()
  await answer(meanwhile)
  expect(drafts.statusOf('a')).toBe('elsewhere')
  drafts.type('a', 'моё, дальше', 'с телефона')
  drafts.flush()
  await vi.advanceTimersByTimeAsync(1000)
  expect(said).toHaveLength(1)
  expect(shelf.kept).toContain('моё, дальше')
  drafts.keepOwn('a', 'с телефона')
  expect(said.at(-1)).toEqual({ field: 'a', text: 'моё, дальше', was: 'с телефона' })
  await answer(done)
  expect(drafts.statusOf('a')).toBe('saved')
})

test('or takes the other text, and goes on from there', async () => {
  const { drafts, said, answer } = desk()
  drafts.type('a', 'моё', '')
  drafts.flush()
  await answer(meanwhile)
  drafts.takeSaved('a')
  expect(drafts.textOf('a', 'с телефона')).toBe('с телефона')
  drafts.type('a', 'с телефона, и тут', 'с телефона')
  drafts.flush()
  expect(said.at(-1)).toEqual({ field: 'a', text: 'с телефона, и тут', was: 'с телефона' })
})

test('what is too long stays here, and is said when it is shorter', () => {
  const { drafts, said, shelf } = desk()
  drafts.type('a', 'ы'.repeat(100_000), '')
  drafts.flush()
  expect(drafts.statusOf('a')).toBe('too-long')
  expect(said).toEqual([])
  expect(shelf.kept).toContain('ы'.repeat(100))
  drafts.type('a', 'ы'.repeat(longestNote), '')
  drafts.flush()
  expect(said).toHaveLength(1)
})

test('a no of the server is told, and the text is tried again with the next letter', async () => {
  const { drafts, said, answer } = desk()
  drafts.type('a', 'раз', '')
  drafts.flush()
  await answer({ ok: false, code: 'server-error' })
  expect(drafts.statusOf('a')).toBe('refused')
  drafts.type('a', 'раз!', '')
  expect(drafts.statusOf('a')).toBe('saving')
  drafts.flush()
  expect(said).toHaveLength(2)
})
