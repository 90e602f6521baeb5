import { Pin, RoomToOpen, type Addresses, type RoomAtTheDoor } from '@knopka/shared/contracts'
import { Router, type Request, type Response } from 'express'
import { addressesOf } from '../addresses.ts'
import type { Config } from '../config.ts'
import { drawAll } from '../drawing.ts'
import type { House } from '../house.ts'
import { isSameSecret } from '../same-secret.ts'
import { refuse } from './refuse.ts'

/** Opening a room, and what a person at its door may know. */
export function roomsApi(config: Config, house: House): Router {
  const addresses = (request: Request) => {
    // Under a port of the system's choice only the request knows where it came in.
    const port = request.socket.localPort ?? config.port
    return addressesOf(port, config.url)
  }
  return Router()
    .get('/addresses', (request, response) => {
      const body: Addresses = { addresses: addresses(request) }
      response.json(body)
    })
    .post('/rooms', async (request, response) => {
      // Only KNOPKA_URL says that phones come by https: what a proxy says of its own link is about that link.
      const here = `http://${request.headers.host ?? 'localhost'}`
      await openRoom(config, house, request, response, addresses(request)[0]?.address ?? here)
    })
    .get('/rooms/:pin', async (request, response) => await describeRoom(house, request.params.pin, request, response))
}

async function openRoom(config: Config, house: House, request: Request, response: Response, address: string) {
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
  response.status(201).json(await rooms.open(settings, drawn, bank, address))
}

/** Asks for the host's password where there is one, and answers whoever does not have it. */
async function mayOpen(
  { hostPassword }: Config,
  { knocks }: House,
  password: string | undefined,
  request: Request,
  response: Response,
): Promise<boolean> {
  if (hostPassword === null) return true
  // A page that does not know yet that one is needed has not guessed.
  if (password === undefined) refuse(response, 403, 'wrong-password')
  else {
    const address = request.ip ?? ''
    const isRight = isSameSecret(password, hostPassword)
    // Whoever has guessed too often learns nothing meanwhile, also not that a guess was right.
    const wait = await (isRight ? knocks.wrongPassword.waitSeconds(address) : knocks.wrongPassword.take(address))
    if (wait > 0) refuse(response, 429, 'too-many', wait)
    else if (isRight) return true
    else refuse(response, 403, 'wrong-password')
  }
  return false
}

async function describeRoom({ rooms, knocks }: House, pin: string, request: Request, response: Response) {
  const address = request.ip ?? ''
  const room = Pin.safeParse(pin).success ? await rooms.get(pin) : null
  // Counted after the look, so that of many guesses at once none is ahead of the count.
  // For whoever has nothing but its PIN, an interview is not there.
  const state = room?.state.mode === 'interview' ? null : room?.state
  const wait = await (state ? knocks.wrongPin.waitSeconds(address) : knocks.wrongPin.take(address))
  if (wait > 0) return refuse(response, 429, 'too-many', wait)
  if (!state) return refuse(response, 404, 'no-room')
  const { title, locked, phase } = state
  const body: RoomAtTheDoor = { pin, title, mode: 'quiz', locked, over: phase === 'over' }
  response.json(body)
}
