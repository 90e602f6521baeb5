import type { EventOf, RoomEvent, RoomState, Rules } from '@knopka/shared/game'
import type { Evening } from './evenings.ts'

/** Ways to play, as far as an evening must come to them before a law has looked at them. */
const kinds = [
  ...(['plain', 'double', 'final', 'text', 'number', 'choices'] as const),
  ...(['tie-break', 'practice', 'dropped cell', 'per head', 'captain'] as const),
  ...(['next-in-queue', 'reopen', 'reopen-to-others', 'close'] as const satisfies Rules['afterWrong'][]),
] as const
type Kind = (typeof kinds)[number]

/** Those that none of these evenings came to. */
export function kindsMissing(evenings: Evening[]): Kind[] {
  const seen = new Set(
    evenings.flatMap(({ events, states }) =>
      events.flatMap((event, index) => kindsOf(event, states[index + 1] as RoomState)),
    ),
  )
  return kinds.filter((kind) => !seen.has(kind))
}

/** @param state the room after the event */
function kindsOf(event: RoomEvent, { rules, teams }: RoomState): Kind[] {
  switch (event.type) {
    case 'questionAsked':
      return kindsAsked(event)
    case 'questionDropped':
      return event.cell === undefined ? [] : ['dropped cell']
    case 'verdictGiven':
      if (event.verdict === 'wrong') return event.late ? [] : [rules.afterWrong]
      return rules.teams?.score === 'per-head' ? ['per head'] : []
    case 'buzzed':
      return rules.teams?.presses === 'captain' && teams.some(({ captain }) => captain === event.by) ? ['captain'] : []
    default:
      return []
  }
}

function kindsAsked({ worth, typing, choosing, practice, only }: EventOf<'questionAsked'>): Kind[] {
  return [
    ...(worth ? [worth.kind] : []),
    ...(typing ? [typing] : []),
    ...(choosing ? (['choices'] as const) : []),
    ...(practice ? (['practice'] as const) : []),
    ...(only !== null && !worth ? (['tie-break'] as const) : []),
  ]
}
