import {
  lookUp,
  memberAt,
  turnNumbered,
  verdictFor,
  type Judgement,
  type Protest,
  type RoomState,
} from '@knopka/shared/game'
import { gain } from '../lib/text/form.ts'
import { opinionsText } from './opinions-text.ts'
import { inWords, personAt } from './teams.ts'
import { text } from './text.ts'

/** What stands of the protester's answer, or of the one given for the team. */
export function judgedFor(state: RoomState, { turn: number, seat }: Protest): Judgement | undefined {
  const turn = turnNumbered(state, number)
  return turn && verdictFor(turn, memberAt(state, seat))
}

/** What was answered, and what it came to, in a few words. */
export function decidedOn(state: RoomState, protest: Protest): string {
  const { turn: number, seat } = protest
  const turn = turnNumbered(state, number)
  const counted = (points: number) => gain(turn?.practice ? 0 : points)
  const chosen = turn?.secret.marks?.find((mark) => mark.seat === seat)
  if (chosen) {
    const options = chosen.options.map((option) => option + 1).join(', ')
    return `${opinionsText().chose(options)}, ${counted(chosen.points)}`
  }
  const judged = judgedFor(state, protest)
  const typed = turn?.secret.typed && lookUp(turn.secret.typed, seat)?.text
  const marked = judged ?? turn?.secret.typedMarks?.find((mark) => mark.seat === seat)
  const byMate = judged && judged.seat !== seat ? inWords(personAt(state, judged.seat, judged.team)) : null
  return [
    ...(byMate ? [opinionsText().answered(byMate)] : []),
    ...(typed ? [opinionsText().typed(typed)] : []),
    marked ? text().judgedNow(text().verdict[marked.verdict], counted(marked.points)) : opinionsText().notJudged,
  ].join('. ')
}
