import type { Ack } from '@knopka/shared/contracts'
import { noteVersions } from '@knopka/shared/game'
import type { QuestionId } from '@knopka/shared/ids'
import type { Room } from '../lib/room.svelte.ts'

const pauseMs = 1000

/** Over the version that this page knows. A seat may say so much in a second: what is too much is said again. */
export async function writeNote(room: Room, questionId: QuestionId, text: string): Promise<Ack> {
  const was = noteVersions(room.state, questionId).length
  const ack = await room.send({ type: 'writeNote', questionId, text, was })
  if (ack.ok || ack.code !== 'too-many') return ack
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
  return writeNote(room, questionId, text)
}
