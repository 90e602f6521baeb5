import type { StudyRating, StudySettings } from '../contracts/study.ts'
import type { Ms, QuestionId, SeatId } from '../ids.ts'
import type { Reason } from '../study/next.ts'
import type { Verdict } from '../contracts/command.ts'

export type { Reason, StudyRating, StudySettings }

/** What one person wrote of an answer, and what the others thought of it. */
export interface ShownAnswer {
  seat: SeatId
  /** What they wrote before anyone saw the note. */
  text: string | null
  /** What they think of the answer that was said aloud. */
  vote: Verdict | null
}

/** What a question of a study room has beyond others. */
export interface Studied {
  why: Reason
  /** Who has answered aloud, once all is shown. */
  answered: SeatId | null
  /** What everyone thought and wrote, once all is shown. */
  shown: ShownAnswer[] | null
  /** Who has rated, each for themselves. */
  rated: SeatId[]
}

/** The last of one seat's ratings of one question counts. */
export interface Rated {
  rating: StudyRating | null
  revision: number
}
export type RatedThen = Rated & { at: Ms }

/** A version of the answer to a question, as someone in the room wrote it. */
export interface NoteVersion {
  text: string
  by: SeatId
  /** Carried here: whoever wrote it may be gone. */
  name: string
  at: Ms
}

/** The newest is the last. */
export type Notes = Record<QuestionId, NoteVersion[]>

/** One sitting. */
export interface Session {
  /** 1 for the first. */
  number: number
  beganAt: Ms
  /** When its last question was asked. */
  lastAt: Ms
  endedAt: Ms | null
}

/** A room that nobody runs. */
export interface Study extends StudySettings {
  /** `null`: none has begun. */
  session: Session | null
  /** How many questions were ever asked: none of them has the number of another, also of those that were taken back. */
  turns: number
  /** Who would like whom to leave. */
  votesOut: Record<SeatId, SeatId[]>
  /** Who lets the others see their map. */
  sharing: SeatId[]
}

/** What one seat alone knows of the present question. */
export interface MineInStudy {
  written: string | null
  vote: Verdict | null
  rating: StudyRating | null
  /** What it made of this session's questions, by their number. */
  ratings: Record<number, StudyRating>
  /** Whether what it rates is kept. */
  keepsProgress: boolean
}

/** Of one answer, in characters. */
export const longestAnswer = 2000
export const longestStudyNote = 8000
/** Who comes back later begins another session: a question may then come again. */
export const sessionGapMs = 6 * 3_600_000
