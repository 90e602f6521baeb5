import type { ResultsPage } from '@knopka/shared/contracts'
import type { Results } from '@knopka/shared/game'
import { Router, type Request } from 'express'
import { downloads } from '../exports/exports.ts'
import type { House } from '../house.ts'
import type { KeptResults } from '../rooms.ts'
import { bearerOf, ran } from './bearer.ts'
import { refuse } from './refuse.ts'

/** Results are for whoever has their link; the downloads are the host's. */
export function resultsApi({ rooms, seats }: House): Router {
  const mayDownload = (request: Request, kept: KeptResults): boolean => ran(seats, bearerOf(request), kept)
  return Router()
    .get('/results/:id', async (request, response) => {
      const kept = await rooms.results(request.params.id)
      if (!kept) return refuse(response, 404, 'no-results')
      const isHost = mayDownload(request, kept)
      const results = isHost ? kept.results : withoutHiddenNames(kept.results)
      const page: ResultsPage = { ...results, pin: kept.pin, mayDownload: isHost }
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

/** A name that the hosts kept off the wall is theirs; for everyone else the number stands for it. */
function withoutHiddenNames(results: Results): Results {
  const shown = <Named extends { name: string; hidden: boolean }>(named: Named): Named =>
    named.hidden ? { ...named, name: '' } : named
  return {
    ...results,
    standings: results.standings.map(shown),
    questions: results.questions.map((question) => ({ ...question, presses: question.presses.map(shown) })),
  }
}

const isFormat = (format: string): format is keyof typeof downloads => Object.hasOwn(downloads, format)
