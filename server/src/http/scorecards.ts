import type { ScorecardPage } from '@knopka/shared/contracts'
import { Router, type Request, type Response } from 'express'
import type { House } from '../house.ts'
import { planName } from '../plans.ts'
import type { KeptScorecard } from '../scorecards.ts'
import { isCapability } from '../seats.ts'
import { bearerOf, ran } from './bearer.ts'
import { refuse } from './refuse.ts'

/** Scorecards are for whoever has their link; who ran the interview, or has its plan, may delete them. */
export function scorecardsApi(house: House): Router {
  const { rooms, scorecards, seats } = house
  const mayDelete = (request: Request, kept: KeptScorecard): boolean => {
    const right = bearerOf(request)
    return ran(seats, right, kept) || planName(right) === kept.planName
  }
  return Router()
    .get('/scorecards/:id', async (request, response) => {
      const kept = await findCard(house, request, response)
      if (!kept) return
      const page: ScorecardPage = { ...kept.card, pin: kept.pin, mayDelete: mayDelete(request, kept) }
      response.json(page)
    })
    .delete('/scorecards/:id', async (request, response) => {
      const kept = await findCard(house, request, response)
      if (!kept) return
      if (!mayDelete(request, kept)) return refuse(response, 403, 'not-yours')
      // What was said goes first: as long as the card is there, the rest can be asked for again.
      await rooms.erase(kept.pin, kept.roomId)
      await scorecards.delete(request.params.id)
      response.json({})
    })
}

/** The scorecard under the id that was said. Else the answer is given. */
async function findCard(
  { scorecards, knocks }: House,
  request: Request<{ id: string }>,
  response: Response,
): Promise<KeptScorecard | null> {
  response.setHeader('Cache-Control', 'no-store')
  const { id } = request.params
  const kept = isCapability(id) ? await scorecards.get(id) : null
  const address = request.ip ?? ''
  const wait = await (kept ? knocks.wrongKey.waitSeconds(address) : knocks.wrongKey.take(address))
  if (wait > 0) refuse(response, 429, 'too-many', wait)
  else if (!kept) refuse(response, 404, 'no-scorecard')
  else return kept
  return null
}
