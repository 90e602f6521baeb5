import { noteVersions, type NoteVersion, type RoomState, type Turn } from '@knopka/shared/game'

/** The answer to a question as this room has it now. */
export interface RoomNote {
  text: string | null
  /** Who wrote it last here, and when; `null`: it is the bank's own. */
  version: NoteVersion | null
  versions: NoteVersion[]
}

/** What was shown is the room's last note of that moment, else the bank's. */
export function noteOf(state: RoomState, { secret, revealed }: Turn): RoomNote {
  const versions = noteVersions(state, secret.questionId ?? '')
  const last = versions.at(-1)
  if (last?.text) return { text: last.text, version: last, versions }
  const shown = revealed?.note ?? null
  const isOfRoom = versions.some(({ text }) => text === shown)
  return { text: isOfRoom ? null : shown, version: null, versions }
}
