/** Every way in which a rule can say no. The client words each in both languages. */
export type RefusalCode =
  | 'no-room'
  | 'room-locked'
  | 'room-full'
  | 'name-taken'
  | 'removed'
  | 'no-seat'
  | 'not-yours'
  | 'not-started'
  | 'game-over'
  | 'paused'
  | 'no-questions-left'
  | 'no-tie'
  | 'turn-open'
  | 'question-closed'
  | 'already-open'
  | 'someone-answers'
  | 'nobody-answers'
  | 'not-in-tie-break'
  | 'locked-out'
  | 'time-is-up'
  | 'already-judged'
  | 'no-verdict'
  | 'never-pressed'
  | 'no-note'
  | 'no-teams'
  | 'no-such-team'
  | 'no-team'
  | 'team-answered'
  | 'not-captain'
  | 'teams-set'
  | 'no-jury'
  | 'jury-votes'
  | 'own-answer'
  | 'took-no-part'
  | 'protested'
  | 'no-protest'
  | 'by-choice'
  | 'not-by-choice'
  | 'not-open'
  | 'already-chosen'
  | 'no-such-choice'

/** An expected no: a value, told to whoever asked, never an error. */
export interface Refusal {
  refused: RefusalCode
}

export const refuse = (refused: RefusalCode): Refusal => ({ refused })

export const isRefusal = (decision: object): decision is Refusal => 'refused' in decision
