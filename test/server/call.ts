import { drawPlan, type PlanToDraw, type PublicBank } from '@knopka/shared/bank'
import type { InterviewToOpen, KeptPlan, OpenedRoom, Plan } from '@knopka/shared/contracts'
import type { AgendaItem, RoomEvent } from '@knopka/shared/game'
import { expect } from 'vitest'
import { asCandidate, asHost, type Guest, type Said } from '../support/guest.ts'
import type { Fittings, TestServer } from '../support/server.ts'
import { folderWith, serve, untilTheEnd } from './scene.ts'

export const bank = `# Backend

## Python

What is a decorator? {#decorator}
> note-decorator

What does the GIL lock? {#gil}
> note-gil

How does a generator stop? {#generator}

## SQL

What is an index for? {#index}
> note-index

When does a deadlock happen? {#deadlock}
`

export const levels = ['level-nothing', 'level-little', 'level-half', 'level-good', 'level-all']

const python = 2
const sql = 1

/** A server whose only bank is this one. */
export const serveBank = async (environment: Record<string, string> = {}, fittings: Fittings = {}, text = bank) =>
  serve({ KNOPKA_BANKS: await folderWith({ 'backend.md': text }), ...environment }, fittings)

/** Two of Python, one of SQL and one typed in, drawn as the page of a plan draws them. */
export async function planFor({ address }: TestServer, changes: Partial<Plan> = {}): Promise<Plan> {
  const open = (await (await fetch(`${address}/api/banks/backend`)).json()) as PublicBank
  const [first, second] = open.sections
  const drawing: PlanToDraw = {
    seed: 'seed',
    quotas: [
      { section: first?.id ?? '', count: python },
      { section: second?.id ?? '', count: sql },
    ],
    order: 'shuffled',
    pinned: [],
    excluded: [],
    own: ['Why us?'],
  }
  return {
    title: 'Opening-title',
    bank: 'backend',
    ...drawing,
    seconds: 60,
    minutes: 15,
    levels,
    mayMoveOn: false,
    showsNumbers: false,
    items: drawPlan(open, drawing).items,
    ...changes,
  }
}

/** Asks the API. @param body is sent as JSON where there is one */
export function ask(
  { address }: TestServer,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, right, from }: { body?: unknown; right?: string | null | undefined; from?: string } = {},
): Promise<Response> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(right ? { authorization: `Bearer ${right}` } : {}),
    ...(from ? { 'x-forwarded-for': from } : {}),
  }
  return fetch(`${address}/api/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

export async function answered<Body>(response: Promise<Response>): Promise<Body> {
  const answer = await response
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Body
}

export async function keepPlan(server: TestServer, changes: Partial<Plan> = {}): Promise<string> {
  const plan = await planFor(server, changes)
  return (await answered<KeptPlan>(ask(server, 'POST', 'plans', { body: { plan } }))).key
}

export interface Call {
  pin: string
  capability: string
  /** Who opened it, and rates first. */
  host: Guest
  /** The questions, in the order of asking. */
  agenda: AgendaItem[]
  second: () => Promise<Guest>
  candidate: () => Promise<Guest>
  log: () => Promise<RoomEvent[]>
}

/** An interview of this plan, with the first interviewer in it. */
export async function call(server: TestServer, key: string, about: Partial<InterviewToOpen> = {}): Promise<Call> {
  const body = { candidate: 'Вера', interviewers: ['Анна', 'Борис'], ...about }
  const opened = await answered<OpenedRoom>(ask(server, 'POST', `plans/${key}/interviews`, { body }))
  const { address, store } = server
  const { pin, capability } = opened
  const host = untilTheEnd(await asHost(address, pin, capability))
  const { agenda = [] } = host.state.secret
  return {
    pin,
    capability,
    host,
    agenda,
    second: async () => untilTheEnd(await asHost(address, pin, host.state.secret.links?.cohost ?? '')),
    candidate: async () => untilTheEnd(await asCandidate(address, pin, host.state.secret.links?.candidate ?? '')),
    log: () => store.rooms.read(pin, 0),
  }
}

/** Says it all, one after the other; nothing of it is refused. */
export async function says(guest: Guest, ...all: Said[]): Promise<void> {
  for (const said of all) expect(await guest.say(said)).toMatchObject({ ok: true })
}

/** All of the plan is shown, rated 3 and ended. @returns the id of the scorecard */
export async function callToTheEnd({ host, agenda }: Call): Promise<string> {
  for (const { id: item } of agenda) {
    await says(host, { type: 'showItem', item }, { type: 'assess', item, rating: 3 })
  }
  await says(host, { type: 'endInterview' })
  await host.until(({ state }) => state.secret.card !== undefined)
  return host.state.secret.card ?? ''
}

export const bytesOf = ({ received }: Guest): string => received.join('\n')
