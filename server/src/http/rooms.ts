import { Pin, RoomToOpen, type Addresses, type RoomAtTheDoor } from '@knopka/shared/contracts'
import { Router, type Request, type Response } from 'express'
import type { Config } from '../config.ts'
import { drawAll } from '../drawing.ts'
import type { House } from '../house.ts'
import { addressesHere, addressHere, mayOpen } from './opening.ts'
import { refuse } from './refuse.ts'

/** Opening a room, and what a person at its door may know. */
export function roomsApi(config: Config, house: House): Router {
  return Router()
    .get('/addresses', (request, response) => {
      const body: Addresses = { addresses: addressesHere(config, request) }
      response.json(body)
    })
    .post('/rooms', async (request, response) => await openRoom(config, house, request, response))
    .get('/rooms/:pin', async (request, response) => await describeRoom(house, request.params.pin, request, response))
}

async function openRoom(config: Config, house: House, request: Request, response: Response) {
  const { banks, rooms, memory, knocks } = house
  const asked = RoomToOpen.safeParse(request.body)
  if (!asked.success) return refuse(response, 400, 'bad-request')
  const { password, ...settings } = asked.data
  if (!(await mayOpen(config, house, password, request, response))) return
  const bank = banks.get(settings.bank)
  if (!bank) return refuse(response, 404, 'no-bank')
  // Counted before anything is drawn, so that drawing is bounded too.
  const wait = await knocks.newRoom.take(request.ip ?? '')
  if (wait > 0) return refuse(response, 429, 'too-many', wait)
  const drawn = drawAll(bank, settings.rounds, settings.seed, await memory.leaning(settings))
  if (drawn.rounds.some(({ count }) => count === 0)) return refuse(response, 422, 'no-sections')
  response.status(201).json(await rooms.open(settings, drawn, bank, addressHere(config, request)))
}

async function describeRoom({ rooms, knocks }: House, pin: string, request: Request, response: Response) {
  const address = request.ip ?? ''
  const room = Pin.safeParse(pin).success ? await rooms.get(pin) : null
  // Counted after the look, so that of many guesses at once none is ahead of the count.
  // For whoever has nothing but its PIN, an interview or a study room is not there.
  const state = room?.state.mode === 'quiz' ? room.state : null
  const wait = await (state ? knocks.wrongPin.waitSeconds(address) : knocks.wrongPin.take(address))
  if (wait > 0) return refuse(response, 429, 'too-many', wait)
  if (!state) return refuse(response, 404, 'no-room')
  const { title, locked, phase } = state
  const body: RoomAtTheDoor = { pin, title, mode: 'quiz', locked, over: phase === 'over' }
  response.json(body)
}
