import { isDeepStrictEqual } from 'node:util'
import type { Welcome } from '@knopka/shared/contracts'
import { isQuiet, type Commit, type Mine, type RoomEvent, type RoomState } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

/** What one message brought, apart from what is this phone's own. */
interface Told {
  mine: Mine | null
  /** The rest, as bytes. */
  bytes: string
  /** How far the log was that it tells of. */
  version: number
  /** Of which questions it says what is right. */
  right: number[]
}

type Message = ['welcome', Welcome] | ['commit', Commit] | ['mine', Mine] | [string, unknown]

/** Names under which stands what others chose, voted or protested against, and what hosts know of options. */
const others =
  /"(choice|chosen|marks|votes?|voted|whoChose|protests?|protester|answers?|stakes|staker|sealed|typedMarks|unjudged|whoTyped|whoStaked)":|"choices":\[|"right":(true|false)|hush-(note|plan)-\d+/g

/** One sentence for each thing in a phone's messages that was not, or not yet, for this phone. */
export function overheard(messages: string[], seat: SeatId, log: RoomEvent[]): string[] {
  return messages.flatMap((message) => {
    const { mine, bytes, version, right } = toldBy(JSON.parse(message) as Message)
    return [
      ...(bytes.match(others) ?? []).map((name) => `${seat} was told ${name} in ${bytes.slice(0, 200)}`),
      ...(mine ? notOwn(mine, seat, log) : []),
      ...tooEarly(bytes, version, right, log).map((what) => `${seat} was told ${what} at ${version}`),
    ]
  })
}

function toldBy([name, payload]: Message): Told {
  const none = { mine: null, version: Infinity, right: [] }
  if (name === 'mine') return { ...none, mine: payload as Mine, bytes: '' }
  if (name === 'commit') {
    const { from, items } = payload as Commit
    const events = items.filter((item): item is RoomEvent => !isQuiet(item))
    const version = items.reduce((version, item) => version + (isQuiet(item) ? item.quiet : 1), from)
    const right = events.flatMap((event) => (event.type === 'choicesMarked' ? [event.turn] : []))
    return { ...none, bytes: JSON.stringify(payload), version, right }
  }
  if (name !== 'welcome') return { ...none, bytes: JSON.stringify(payload) }
  const { mine, ...rest } = payload as Welcome
  return { mine, bytes: JSON.stringify(rest), version: rest.version, right: rightIn(rest.state) }
}

const rightIn = ({ turn }: RoomState): number[] => (turn?.choosing?.right ? [turn.turn] : [])

/** What is told as one's own must be so by the log. */
function notOwn(mine: Mine, seat: SeatId, log: RoomEvent[]): string[] {
  const own = log.filter(({ by }) => by === seat)
  const hasChosen = own.some((event) => event.type === 'chosen' && isDeepStrictEqual(event.secret?.choice, mine.chosen))
  const hasVoted = own.some((event) => event.type === 'voted' && event.secret?.vote === mine.vote)
  const hasProtested = own.some((event) => event.type === 'protested' && event.turn === mine.protest?.turn)
  return [
    ...(mine.seat === seat ? [] : [`${seat} was told of ${mine.seat}`]),
    ...(mine.chosen && !hasChosen ? [`${seat} was told of a choice that was another's`] : []),
    ...(mine.vote && !hasVoted ? [`${seat} was told of a vote that was another's`] : []),
    ...(mine.protest && (mine.protest.seat !== seat || !hasProtested) ? [`${seat} was told of another's protest`] : []),
  ]
}

/** Options are told when they can be chosen, and which ones are right when none can be any more. */
function tooEarly(bytes: string, version: number, right: number[], log: RoomEvent[]): string[] {
  const isOver = (turn: number) =>
    log.slice(0, version).some((event) => event.type === 'turnClosed' && event.turn === turn)
  const isOpen = (turn: number) =>
    log.slice(0, version).some((event) => event.type === 'buzzersOpened' && event.turn === turn)
  const turns = new Map(optionsIn(log))
  const lists = bytes.match(/"right":\[/g) ?? []
  return [
    ...right.filter((turn) => !isOver(turn)).map((turn) => `what is right in turn ${turn}`),
    ...(lists.length === right.length ? [] : ['what is right, in another place']),
    ...(bytes.match(/hush-option-[\w-]+/g) ?? []).filter((text) => !isOpen(turns.get(text) ?? Infinity)),
  ]
}

const optionsIn = (log: RoomEvent[]): [string, number][] =>
  log.flatMap((event) =>
    event.type === 'questionAsked'
      ? (event.secret?.choices ?? []).map(({ text }): [string, number] => [text, event.turn])
      : [],
  )
