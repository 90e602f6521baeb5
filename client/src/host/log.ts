import { turnsOf, type Correction, type Judgement, type Protest, type RoomState, type Turn } from '@knopka/shared/game'
import { beginnings } from './rounds.ts'

/** A row of the console's log, newest first. */
export type LogRow =
  | { kind: 'verdict'; key: string; turn: Turn; judged: Judgement }
  | { kind: 'choices'; key: string; turn: Turn }
  /** Answers in writing, judged or not. */
  | { kind: 'typed'; key: string; turn: Turn }
  /** A round began with this question. */
  | { kind: 'round'; key: string; turn: Turn }
  | { kind: 'closed'; key: string; turn: Turn }
  | { kind: 'protest'; key: string; turn: Turn; protest: Protest }
  | { kind: 'correction'; key: string; correction: Correction }

/**
 * Verdicts, questions that everyone answered, those that nobody got, and corrections by hand, in the order in which
 * they happened; a protest stands with its question, however late it came.
 */
export function logOf(state: RoomState): LogRow[] {
  const corrections = [...(state.secret.corrections ?? [])]
  const rows: LogRow[] = []
  const began = beginnings(state)
  for (const turn of turnsOf(state)) {
    if (began.has(turn.turn)) rows.push({ kind: 'round', key: `round/${turn.round}`, turn })
    const first = turn.verdicts[0]?.at ?? Infinity
    while (corrections[0] && corrections[0].at < first && turn.verdicts.length > 0) rows.push(byHand(corrections))
    for (const judged of turn.verdicts) {
      rows.push({ kind: 'verdict', key: `${turn.turn}/${judged.seat}`, turn, judged })
    }
    if (turn.choosing?.right) rows.push({ kind: 'choices', key: `choices/${turn.turn}`, turn })
    else if (turn.closed && turn.secret.whoTyped?.length) rows.push({ kind: 'typed', key: `typed/${turn.turn}`, turn })
    else if (turn.closed && turn.verdicts.length === 0) rows.push({ kind: 'closed', key: `closed/${turn.turn}`, turn })
    for (const protest of state.secret.protests ?? []) {
      const key = `protest/${protest.turn}/${protest.seat}`
      if (protest.turn === turn.turn) rows.push({ kind: 'protest', key, turn, protest })
    }
  }
  while (corrections.length > 0) rows.push(byHand(corrections))
  return rows.reverse()
}

function byHand(corrections: Correction[]): LogRow {
  const correction = corrections.shift() as Correction
  return { kind: 'correction', key: `hand/${correction.at}/${correction.seat ?? correction.team}`, correction }
}
