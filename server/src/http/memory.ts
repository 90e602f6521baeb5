import { GroupKey, type BankUse, type PlayedByGroup } from '@knopka/shared/contracts'
import { Router, type Request, type Response } from 'express'
import type { House } from '../house.ts'
import { refuse } from './refuse.ts'

/** What a group has played, for whoever has its key, and what became of questions, for everyone. */
export function memoryApi({ memory, banks, knocks }: House): Router {
  /** The key that was said, once it is clear that it may be asked about. Else the answer is given. */
  async function keyIn(request: Request<{ key: string }>, response: Response): Promise<string | null> {
    response.setHeader('Cache-Control', 'no-store')
    const key = GroupKey.safeParse(request.params.key)
    const wait = await knocks.group.take(request.ip ?? '')
    if (wait > 0) refuse(response, 429, 'too-many', wait)
    else if (!key.success) refuse(response, 400, 'bad-request')
    else return key.data
    return null
  }
  return Router()
    .get('/groups/:key', async (request, response) => {
      const key = await keyIn(request, response)
      if (key === null) return
      const { bank } = request.query
      if (typeof bank !== 'string' || !banks.has(bank)) return refuse(response, 404, 'no-bank')
      const body: PlayedByGroup = { played: await memory.played(key, bank) }
      response.json(body)
    })
    .delete('/groups/:key', async (request, response) => {
      const key = await keyIn(request, response)
      if (key === null) return
      await memory.forget(key)
      const body: PlayedByGroup = { played: [] }
      response.json(body)
    })
    .get('/banks/:id/use', async (request, response) => {
      const { id } = request.params
      if (!banks.has(id)) return refuse(response, 404, 'no-bank')
      const body: BankUse = Object.fromEntries(await memory.use(id))
      response.json(body)
    })
}
