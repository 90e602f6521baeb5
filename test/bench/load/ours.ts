import { randomBytes } from 'node:crypto'
import {
  protocol,
  type Ack,
  type OpenedRoom,
  type RoomSettings,
  type RoundSettings,
  type Rules,
  type SentCommand,
  type Welcome,
} from '@knopka/shared/contracts'
import { eveningOf } from '../../support/one-round.ts'
import { readBody } from './frames.ts'
import type { Game } from './game.ts'
import type { Wire } from './wire.ts'

type Unstamped<C> = C extends SentCommand ? Omit<C, 'commandId'> : never

interface Outline {
  id: string
  sections: { id: string }[]
}

/** More questions than any run asks. */
const settings = {
  mode: 'quiz',
  title: 'Bench',
  count: 200,
  order: 'bank',
  seed: 'bench',
  rules: {
    pressSeconds: null,
    answerSeconds: null,
    scoring: 'plain',
    afterWrong: 'next-in-queue',
    textOnPhones: false,
    approveNames: false,
    choices: { points: 'by-time', seconds: 60 },
  },
} satisfies Omit<RoomSettings, 'bank' | 'rounds' | 'rules'> &
  Pick<RoundSettings, 'count' | 'order'> & { rules: Omit<Rules, 'setting'> }

export type Setting = RoomSettings['rules']['setting']

/** Which of the banks that ship: questions without an answer, for the buzzer, or with options, for everyone. */
export type Asked = 'interview' | 'choices'
const banks: Record<Asked, string> = { interview: 'backend_interview_python', choices: 'backend_choices' }

/** @param index tells the rooms of one run apart */
export async function ourGame(port: number, setting: Setting, index: number, asks: Asked): Promise<Game> {
  const { pin, capability } = await openRoom(`http://127.0.0.1:${port}`, setting, index, asks)
  let host: Wire
  let plan: string[] = []
  let turn = 0
  const as = (role: 'host' | 'player') =>
    role === 'host'
      ? { kind: 'capability', joinId: newId(), capability }
      : { kind: 'newcomer', joinId: newId(), name: `Player ${newId().slice(0, 8)}` }
  return {
    decides: 'floorGiven',
    hello: (role) => ({ protocol, pin, as: as(role) }),
    begin(wire, welcome) {
      host = wire
      plan = (readBody(welcome) as Welcome).state.secret.plan ?? []
    },
    ask: () => say(host, { type: 'ask', turn: ++turn, questionId: plan[turn - 1] ?? '', tieBreak: false }),
    open: () => say(host, { type: 'openBuzzers', turn }),
    press: (phone) => say(phone, { type: 'buzz', turn, pressedAt: performance.now(), frameWaitMs: 0 }),
    answer: (phone) => say(phone, { type: 'choose', turn, options: [0], pressedAt: performance.now() }),
    close: () => say(host, { type: 'skip', turn }),
  }
}

async function say(wire: Wire, said: Unstamped<SentCommand>): Promise<void> {
  const ack = (await wire.ask('command', { ...said, commandId: newId() })) as Ack
  if (!ack.ok) throw new Error(`${said.type} was refused: ${ack.code}`)
}

/** @param index tells the rooms of one run apart */
export async function openRoom(
  address: string,
  setting: Setting,
  index: number,
  asks: Asked = 'interview',
): Promise<OpenedRoom> {
  const outlines = (await (await fetch(`${address}/api/banks`)).json()) as Outline[]
  const bank = outlines.find(({ id }) => id === banks[asks])
  if (!bank) throw new Error(`The server has no bank ${banks[asks]}`)
  const rules = { ...settings.rules, setting }
  const body = eveningOf({ ...settings, rules, bank: bank.id, sections: bank.sections.map(({ id }) => id) })
  const response = await fetch(`${address}/api/rooms`, {
    method: 'POST',
    // Rooms are limited by address: each comes from one of its own.
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.1.${index >> 8}.${index & 255}` },
    body: JSON.stringify(body),
  })
  if (response.status !== 201) throw new Error(`No room: ${response.status} ${await response.text()}`)
  return (await response.json()) as OpenedRoom
}

const newId = (): string => randomBytes(12).toString('hex')
