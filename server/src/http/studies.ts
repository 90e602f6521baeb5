import { Pin, ProgressKey, ReviewsToKeep, StudyToOpen, type OpenedStudy, type TeamMap } from '@knopka/shared/contracts'
import { seatNamed } from '@knopka/shared/game'
import { teamMap } from '@knopka/shared/study'
import { Router, type Request, type Response } from 'express'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { progressName } from '../progress.ts'
import { decksOf, openingOfStudy } from '../studies.ts'
import { inAllBanks, questionsIn, type Section } from '@knopka/shared/bank'
import { bearerOf } from './bearer.ts'
import { addressHere, mayOpen } from './opening.ts'
import { refuse } from './refuse.ts'

/** Study rooms, what their members know together, and what each knows alone. */
export function studiesApi(config: Config, house: House): Router {
  const { progress } = house
  type Answer = (name: string, request: Request, response: Response) => Promise<void> | void
  const withKey = (answer: Answer) => async (request: Request, response: Response) => {
    response.setHeader('Cache-Control', 'no-store')
    const key = ProgressKey.safeParse(bearerOf(request))
    const wait = await house.knocks.progress.take(request.ip ?? '')
    if (wait > 0) refuse(response, 429, 'too-many', wait)
    else if (!key.success) refuse(response, 403, 'not-yours')
    else await answer(progressName(key.data), request, response)
  }
  return Router()
    .post('/studies', async (request, response) => await openStudy(config, house, request, response))
    .get('/studies/:pin/map', async (request, response) => await showTeamMap(house, request, response))
    .get(
      '/progress',
      withKey(async (name, _request, response) => {
        if (await progress.isForgotten(name)) refuse(response, 404, 'no-progress')
        else response.json({ reviews: await progress.reviews(name) })
      }),
    )
    .post(
      '/progress',
      withKey(async (name, request, response) => {
        const added = ReviewsToKeep.safeParse(request.body)
        if (!added.success) return refuse(response, 400, 'bad-request')
        if (await progress.isForgotten(name)) return refuse(response, 404, 'no-progress')
        await progress.add(name, added.data.reviews)
        response.json({})
      }),
    )
    .delete(
      '/progress',
      withKey(async (name, _request, response) => {
        await progress.forget(name)
        response.json({})
      }),
    )
}

async function openStudy(config: Config, house: House, request: Request, response: Response): Promise<void> {
  const { rooms, banks, knocks } = house
  const asked = StudyToOpen.safeParse(request.body)
  if (!asked.success) return refuse(response, 400, 'bad-request')
  const { password, ...settings } = asked.data
  if (!(await mayOpen(config, house, password, request, response))) return
  const bank = banks.get(settings.bank)
  if (!bank) return refuse(response, 404, 'no-bank')
  const wait = await knocks.newRoom.take(request.ip ?? '')
  if (wait > 0) return refuse(response, 429, 'too-many', wait)
  if (questionsIn(bank, settings.study.sections).length === 0) return refuse(response, 422, 'no-sections')
  const opening = openingOfStudy(settings, addressHere(config, request))
  const body: OpenedStudy = { pin: await rooms.begin(opening), invitation: opening.invitation }
  response.status(201).json(body)
}

/** For members of the room alone: what those who share their map know together. */
async function showTeamMap(
  { rooms, banks, seats, progress, knocks, store }: House,
  request: Request<{ pin: string }>,
  response: Response,
): Promise<void> {
  response.setHeader('Cache-Control', 'no-store')
  const { pin } = request.params
  const room = Pin.safeParse(pin).success ? await rooms.get(pin) : null
  const claim = seats.read(bearerOf(request))
  const isMember =
    room &&
    claim?.room === room.state.secret.roomId &&
    claim?.role === 'member' &&
    seatNamed(room.state, claim.seat)?.removed === false
  const address = request.ip ?? ''
  const wait = await (isMember ? knocks.wrongPin.waitSeconds(address) : knocks.wrongPin.take(address))
  if (wait > 0) return refuse(response, 429, 'too-many', wait)
  if (!isMember) return refuse(response, 404, 'no-room')
  const bank = banks.get(room.state.secret.bank ?? '')
  if (!bank) return refuse(response, 404, 'no-bank')
  const decks = await decksOf(room.state, room.state.study?.sharing ?? [], progress)
  const cards = decks.map(({ cards }) => cards)
  const sections = bank.sections.map((section) => named(bank.id, section))
  const body: TeamMap = { people: decks.length, sections: teamMap(sections, cards, store.now()) }
  response.json(body)
}

/** With the ids by which progress knows its questions. */
const named = (bank: string, { questions, sections, ...section }: Section): Section => ({
  ...section,
  questions: questions.map((id) => inAllBanks(bank, id)),
  sections: sections.map((below) => named(bank, below)),
})
