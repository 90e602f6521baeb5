import {
  InterviewToOpen,
  PlanKey,
  PlanToKeep,
  type CandidateRow,
  type Comparison,
  type KeptPlan,
  type OpenedRoom,
  type Plan,
  type PlanPage,
} from '@knopka/shared/contracts'
import type { Scorecard } from '@knopka/shared/game'
import { Router, type Request, type Response } from 'express'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { openingOf, planName } from '../plans.ts'
import { addressHere, mayOpen } from './opening.ts'
import { refuse } from './refuse.ts'

const dayMs = 24 * 3_600_000

interface Found {
  key: string
  plan: Plan
}

/** Plans of interviews: whoever has the key of one may change it, ask candidates by it, and see how they did. */
export function plansApi(config: Config, house: House): Router {
  const { plans, scorecards } = house
  type Answer = (found: Found, request: Request, response: Response) => Promise<void> | void
  const withPlan = (answer: Answer) => async (request: Request<{ key: string }>, response: Response) => {
    const found = await findPlan(house, request, response)
    if (found) await answer(found, request, response)
  }
  return Router()
    .post('/plans', async (request, response) => {
      const asked = PlanToKeep.safeParse(request.body)
      if (!asked.success) return refuse(response, 400, 'bad-request')
      const { plan, password } = asked.data
      if (!(await mayOpen(config, house, password, request, response))) return
      const wait = await house.knocks.newRoom.take(request.ip ?? '')
      if (wait > 0) return refuse(response, 429, 'too-many', wait)
      const body: KeptPlan = { key: await plans.keep(plan) }
      response.status(201).json(body)
    })
    .get(
      '/plans/:key',
      withPlan(async ({ key, plan }, _request, response) => {
        const candidates = (await scorecards.ofPlan(planName(key))).map(rowOf).toReversed()
        const body: PlanPage = { plan, candidates }
        response.json(body)
      }),
    )
    .put(
      '/plans/:key',
      withPlan(async ({ key }, request, response) => {
        const asked = PlanToKeep.safeParse(request.body)
        if (!asked.success) return refuse(response, 400, 'bad-request')
        await plans.replace(key, asked.data.plan)
        const body: KeptPlan = { key }
        response.json(body)
      }),
    )
    .delete(
      '/plans/:key',
      withPlan(async ({ key }, _request, response) => {
        await plans.delete(key)
        await scorecards.forgetPlan(planName(key))
        response.json({})
      }),
    )
    .post(
      '/plans/:key/interviews',
      withPlan((found, request, response) => openInterview(config, house, found, request, response)),
    )
    .get(
      '/plans/:key/comparison',
      withPlan(async ({ key, plan: { title, levels } }, _request, response) => {
        const body: Comparison = { title, levels, cards: await scorecards.ofPlan(planName(key)) }
        response.json(body)
      }),
    )
}

/** The plan under the key that was said. Else the answer is given; wrong keys are counted, and right ones cost nothing. */
async function findPlan(
  { plans, knocks }: House,
  request: Request<{ key: string }>,
  response: Response,
): Promise<Found | null> {
  response.setHeader('Cache-Control', 'no-store')
  const key = PlanKey.safeParse(request.params.key)
  const plan = key.success ? await plans.get(key.data) : null
  const address = request.ip ?? ''
  const wait = await (plan ? knocks.wrongKey.waitSeconds(address) : knocks.wrongKey.take(address))
  if (wait > 0) refuse(response, 429, 'too-many', wait)
  else if (!key.success || !plan) refuse(response, 404, 'no-plan')
  else return { key: key.data, plan }
  return null
}

async function openInterview(
  config: Config,
  { rooms, banks, knocks }: House,
  { key, plan }: Found,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = InterviewToOpen.safeParse(request.body)
  if (!asked.success) return refuse(response, 400, 'bad-request')
  const wait = await knocks.newRoom.take(request.ip ?? '')
  if (wait > 0) return refuse(response, 429, 'too-many', wait)
  const about = { address: addressHere(config, request), keptDays: config.resultsTtlMs / dayMs }
  const opening = openingOf(asked.data, key, plan, banks.get(plan.bank), about)
  const body: OpenedRoom = { pin: await rooms.begin(opening), capability: opening.links.host }
  response.status(201).json(body)
}

const rowOf = ({
  card,
  candidate,
  beganAt,
  endedAt,
  items,
  conclusion,
}: Scorecard & { card: string }): CandidateRow => ({
  card,
  candidate,
  beganAt,
  endedAt,
  rated: items.filter(({ level }) => level !== null).length,
  asked: items.filter(({ spentMs }) => spentMs !== null).length,
  recommendation: conclusion.recommendation,
})
