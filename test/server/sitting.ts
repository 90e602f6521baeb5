import { randomBytes } from 'node:crypto'
import type { PublicBank } from '@knopka/shared/bank'
import type { KeptProgress, OpenedStudy, StudyRating, StudySettings, StudyToOpen } from '@knopka/shared/contracts'
import { nextTurn, type RoomEvent } from '@knopka/shared/game'
import type { Review } from '@knopka/shared/study'
import { asMember, newId, type Guest } from '../support/guest.ts'
import type { Fittings, TestServer } from '../support/server.ts'
import { answered, ask, says } from './call.ts'
import { folderWith, serve, untilTheEnd } from './scene.ts'

/** Of ten questions, in two sections; each has a note that can be told from others. */
export const bank = [
  '# Backend',
  ...['Python', 'SQL'].flatMap((section) => [
    `## ${section}`,
    ...[1, 2, 3, 4, 5].map((number) => `${section} ${number}? {#${section}-${number}}\n> note-${section}-${number}\n`),
  ]),
].join('\n\n')

export const serveStudy = async (environment: Record<string, string> = {}, fittings: Fittings = {}) =>
  serve({ KNOPKA_BANKS: await folderWith({ 'backend.md': bank }), ...environment }, fittings)

type Changes = Partial<Omit<StudyToOpen, 'study'>> & { study?: Partial<StudySettings> }

/** All of the bank, and nothing new as long as something is due. */
export async function studyToOpen(server: TestServer, { study, ...changes }: Changes = {}): Promise<StudyToOpen> {
  const { sections } = await answered<PublicBank>(ask(server, 'GET', 'banks/backend'))
  const all = { sections: sections.map(({ id }) => id), newPercent: 0, typesFirst: false }
  return { title: 'Вторник', bank: 'backend', ...changes, study: { ...all, ...study } }
}

export interface Sitting extends OpenedStudy {
  /** @param key under which they keep what they rate */
  member: (name: string, key?: string, at?: TestServer) => Promise<Guest>
  log: () => Promise<RoomEvent[]>
}

export async function sitDown(server: TestServer, changes: Changes = {}): Promise<Sitting> {
  const body = await studyToOpen(server, changes)
  const opened = await answered<OpenedStudy>(ask(server, 'POST', 'studies', { body }))
  const { pin, invitation } = opened
  return {
    ...opened,
    member: async (name, key, { address } = server) => {
      const guest = untilTheEnd(await asMember(address, pin, name, invitation))
      if (key !== undefined) await says(guest, { type: 'bringProgress', key })
      return guest
    },
    log: () => server.store.rooms.read(pin, 0),
  }
}

export const newKey = (): string => randomBytes(16).toString('base64url')

/** Asks the next question. @returns its number, once whoever asks sees it */
export async function next(guest: Guest): Promise<number> {
  const turn = nextTurn(guest.state)
  await says(guest, { type: 'askNext', turn })
  await guest.until(({ state }) => state.turn?.turn === turn)
  return turn
}

/** A question that all see at once, and rate so. @returns its number */
export async function rated(...all: [Guest, StudyRating][]): Promise<number> {
  const [[first] = []] = all
  if (!first) throw new Error('Nobody rates')
  const turn = await next(first)
  await says(first, { type: 'reveal', turn })
  for (const [guest, rating] of all) await says(guest, { type: 'rate', turn, rating })
  return turn
}

export const reviewsOf = async (server: TestServer, key: string): Promise<Review[]> =>
  (await answered<KeptProgress>(ask(server, 'GET', 'progress', { right: key }))).reviews

export const keep = (server: TestServer, key: string, reviews: object[]): Promise<Response> =>
  ask(server, 'POST', 'progress', { right: key, body: { reviews } })

export const review = (question: string, at: number, rating: StudyRating, about: Partial<Review> = {}): Review => ({
  id: `elsewhere/${newId()}`,
  question: `backend/${question}`,
  at,
  rating,
  revision: 1,
  ...about,
})
