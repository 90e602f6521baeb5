import type { ResultsPage } from '@knopka/shared/contracts'
import { Router, type Request } from 'express'
import { downloads } from '../exports.ts'
import type { House } from '../house.ts'
import type { KeptResults } from '../rooms.ts'
import { refuse } from './refuse.ts'

/** Results are for whoever has their link; the downloads are the host's. */
export function resultsApi({ rooms, seats }: House): Router {
  const mayDownload = (request: Request, { roomId }: KeptResults): boolean => {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
    const claim = token ? seats.read(token) : null
    return claim !== null && claim.room === roomId && claim.role !== 'player'
  }
  return Router()
    .get('/results/:id', async (request, response) => {
      const kept = await rooms.results(request.params.id)
      if (!kept) return refuse(response, 404, 'no-results')
      const page: ResultsPage = { ...kept.results, pin: kept.pin, mayDownload: mayDownload(request, kept) }
      response.json(page)
    })
    .get('/results/:id/:format', async (request, response) => {
      const { id, format } = request.params
      const kept = await rooms.results(id)
      if (!kept || !isFormat(format)) return refuse(response, 404, 'no-results')
      if (!mayDownload(request, kept)) return refuse(response, 403, 'not-yours')
      const { type, ending, body } = downloads[format](kept.results)
      const day = new Date(kept.results.endedAt).toISOString().slice(0, 10)
      response.setHeader('Content-Disposition', `attachment; filename="knopka-${day}.${ending}"`)
      response.type(type).send(body)
    })
}

const isFormat = (format: string): format is keyof typeof downloads => Object.hasOwn(downloads, format)
