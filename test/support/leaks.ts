import type { RoomEvent, Viewer } from '@knopka/shared/game'

/** Stands in every value that is secret to someone and in nothing else, so that a leak is found in any bytes. */
export const hush = (what: string, which: number | string) => `hush-${what}-${which}`

/** Everything marked as secret in what a viewer received, unless it came out with one of these events. */
export function leaksIn(received: object, { role }: Viewer, happened: RoomEvent[], log: RoomEvent[]): string[] {
  const bytes = JSON.stringify(received)
  const out = new Set(happened.flatMap((event) => cameOutWith(event, log)))
  const onTheWall = role === 'screen' ? /^hush-(text|reason)-/ : /^$/
  const values = (bytes.match(/hush-[\w-]+/g) ?? []).filter((leak) => !out.has(leak) && !onTheWall.test(leak))
  const forHosts =
    /"(early|plan|done|links|seed|trust|tieRanks?|choice|chosen|inGame|votes?|protests|protester|typed|answers?|stakes|sealed|rest|programme|cellIds|extraTime|allowance)":|"choices":\[/g
  const forTheWall =
    /"(early|plan|done|links|seed|trust|tieRanks?|choice|chosen|inGame|votes?|voted|protests|protester|typed|answers?|stakes|sealed|rest|programme|cellIds|extraTime|allowance|members|roster|past|corrections|correction|marks|typedMarks|unjudged|staker|whoChose|whoTyped|whoStaked)":/g
  return [...values, ...(bytes.match(role === 'screen' ? forHosts : forTheWall) ?? [])]
}

function cameOutWith(event: RoomEvent, log: RoomEvent[]): string[] {
  if (event.type === 'gameEnded') return [hush('results', 1)]
  if (event.type === 'floorGiven') return event.tieSecret ? [event.tieSecret] : []
  if (event.type === 'staked') return event.text ? [event.text] : []
  if (event.type === 'buzzersOpened') return [...(event.options ?? []), ...(event.text ? [event.text] : [])]
  // What was typed is read out to the hall where it is right; phones do not even hear of the marks.
  if (event.type === 'answersJudged') return (event.secret?.typedMarks ?? []).flatMap(({ text }) => text ?? [])
  if (event.type === 'answerRevealed') return [hush('note', planned(event.turn, log))]
  const [opened] = log
  const onPhones = opened?.type === 'roomOpened' && opened.rules.textOnPhones
  const isSealed = event.type === 'questionAsked' && (event.worth?.kind ?? 'plain') !== 'plain'
  return event.type === 'questionAsked' && onPhones && !isSealed ? [hush('text', planned(event.turn, log))] : []
}

/** The number by which the question of a turn is known in all its marks. */
function planned(turn: number, log: RoomEvent[]): string {
  const asked = log.find((event) => event.type === 'questionAsked' && event.turn === turn)
  return (asked?.type === 'questionAsked' && asked.secret?.questionId?.split('-').at(-1)) || 'none'
}
