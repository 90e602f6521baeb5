import { setImmediate as nextTurn } from 'node:timers/promises'
import { SentCommand, type Ack, type ClientToServer } from '@knopka/shared/contracts'
import { maySay, type Command, type DrawnRounds, type Lighting, type Role, type RoomState } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import { drawRest } from '../drawing.ts'
import type { House } from '../house.ts'
import { scoredPress, timedChoice } from '../light/press.ts'
import { progressName } from '../progress.ts'
import { newCapability, newItemId } from '../seats.ts'
import { drawNext } from '../studies.ts'
import type { GuestSocket } from './socket.ts'

/** No command of the contract comes near it. */
const maxCommandCharacters = 4096
/** A host may plan rounds of many sections, and a member write a long note. */
const maxHostsCharacters = 65_536
/** A nervous thumb presses some ten times a second; a script more often. For all connections of a seat together. */
export const perSecond = 30

const known = new Set<unknown>(['command', 'lit', 'sounding', 'trySound'] satisfies (keyof ClientToServer)[])

/** What a guest says: parsed, completed by what only the server knows, decided, and answered when it is durable. */
export function hearCommands(socket: GuestSocket, house: House, log: Logger): void {
  socket.use((message: unknown[], next) => {
    if (known.has(message[0])) return next()
    answer(message.at(-1), { ok: false, code: 'bad-request' })
  })
  socket.on('command', (...said: unknown[]) => {
    // Who hears nothing says it again to the next process.
    if (house.duty.isClosed) return
    const [raw, ack] = [said[0], said.at(-1)]
    if (socket.data.said.add(performance.now()) > perSecond) return answer(ack, { ok: false, code: 'too-many' })
    house.duty.begin()
    settle(socket, house, raw, house.store.now())
      .catch((fault: unknown): Ack => {
        log.error({ err: fault, room: socket.data.room.pin, version: socket.data.room.version }, 'a command failed')
        return { ok: false, code: 'server-error' }
      })
      .then((reply) => answer(ack, reply))
      .catch((fault: unknown) => log.error({ err: fault }, 'an answer could not be given'))
      .finally(() => house.duty.end())
  })
}

function answer(ack: unknown, reply: Ack): void {
  if (typeof ack === 'function') (ack as (reply: Ack) => void)(reply)
}

async function settle(socket: GuestSocket, house: House, raw: unknown, arrivedAt: number): Promise<Ack> {
  const { room, viewer } = socket.data
  const isLeader = viewer.role === 'host' || viewer.role === 'cohost' || viewer.role === 'member'
  if (isTooLarge(raw, isLeader ? maxHostsCharacters : maxCommandCharacters)) return { ok: false, code: 'too-large' }
  const sent = SentCommand.safeParse(raw)
  if (!sent.success) return { ok: false, code: 'bad-request' }
  if (viewer.seat === null) return { ok: false, code: 'not-yours' }
  // Nothing is drawn, timed or looked up for whoever may not say it.
  if (!maySay(viewer.role, sent.data.type)) return { ok: false, code: 'not-yours' }
  const speaker = { by: viewer.seat, role: viewer.role }
  const outcome = await room.submit(await completed(socket, house, sent.data, arrivedAt, speaker))
  if (sent.data.type === 'buzz') house.metrics.pressed(outcome.ok, house.store.now() - arrivedAt)
  return outcome
}

function isTooLarge(raw: unknown, most: number): boolean {
  try {
    return JSON.stringify([raw]).length > most
  } catch {
    // What is nested so deep that it cannot be written is larger than anything of the contract.
    return true
  }
}

type Sent<Type extends SentCommand['type']> = Extract<SentCommand, { type: Type }>

/** Nothing where the bank is gone. */
async function drawnFor(
  { rounds, kept }: Sent<'planRounds'>,
  state: RoomState,
  { banks, memory }: House,
): Promise<DrawnRounds> {
  const bank = banks.get(state.secret.bank ?? '')
  return bank ? drawRest(bank, rounds, kept, state, await memory.leaningIn(state)) : { rounds: [], plan: [] }
}

/** No other verdict than a wrong one opens the buzzers again, and to know the lead every link is looked at. */
const unlit: Lighting = { leadMs: 0, tieSecret: '', tieHash: '' }

/** Adds who speaks, from the seat, and what rules cannot have: a clock, chance, the bank. */
async function completed(
  { data: { room, meter, round } }: GuestSocket,
  house: House,
  sent: SentCommand,
  arrivedAt: number,
  { by, role }: { by: SeatId; role: Role },
): Promise<Command> {
  const bank = () => house.banks.get(room.state.secret.bank ?? '')
  switch (sent.type) {
    case 'buzz':
      return { ...sent, by, role, ...scoredPress(meter, sent, arrivedAt, room.state, by) }
    case 'choose':
    case 'answer':
      return { ...sent, by, role, ...timedChoice(meter, sent, arrivedAt, room.state) }
    case 'openBuzzers':
      return { ...sent, by, role, ...round.lighting() }
    case 'giveVerdict':
      return { ...sent, by, role, ...(sent.verdict === 'wrong' ? round.lighting() : unlit) }
    case 'resume':
      return { ...sent, by, role, leadMs: round.lighting().leadMs }
    case 'ask':
      return { ...sent, by, role, question: bank()?.questions.get(sent.questionId) ?? null }
    case 'planRounds':
      return { ...sent, by, role, drawn: await drawnFor(sent, room.state, house) }
    case 'addItem': {
      const { question } = sent
      const found = 'id' in question ? (bank()?.questions.get(question.id) ?? null) : null
      return { ...sent, by, role, itemId: newItemId(), found }
    }
    case 'askNext': {
      // What was said just before, such as other sections, is in the room by then.
      await nextTurn()
      await room.drained()
      const from = bank()
      const next = from && (await drawNext(room.state, round.present, from, house.progress, arrivedAt))
      return { ...sent, by, role, ...round.lighting(), next: next ?? null }
    }
    case 'stepBack':
      return { ...sent, by, role, ...round.lighting() }
    case 'voteOut':
      return { ...sent, by, role, present: round.present, invitation: newCapability() }
    case 'bringProgress':
      return { ...sent, by, role, progress: sent.key === null ? null : progressName(sent.key) }
    case 'replaceLink':
      return { ...sent, by, role, capability: newCapability() }
    default:
      return { ...sent, by, role }
  }
}
