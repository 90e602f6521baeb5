/** Six digits, as typed by players: `'402817'`. */
export type Pin = string

/** A person's lasting place in a room; survives reloads, restarts and changes of network. */
export type SeatId = string

/** Names a question of a bank; stable under re-ordering and under edits elsewhere in the file. */
export type QuestionId = string

/** Names one question of an interview; says nothing of its place. */
export type ItemId = string

/** Chosen by whoever sends a command, so that sending it twice does no harm. */
export type CommandId = string

/** Milliseconds: a duration, or an instant of the store's clock since the Unix epoch. */
export type Ms = number

export const pinDigits = 6
