import { existsSync } from 'node:fs'
import { join } from 'node:path'
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { isOwnOrigin } from '../origin.ts'
import { banksApi } from './banks.ts'
import { memoryApi } from './memory.ts'
import { endingWell, operationsApi } from './operations.ts'
import { plansApi } from './plans.ts'
import { refuse } from './refuse.ts'
import { resultsApi } from './results.ts'
import { roomsApi } from './rooms.ts'
import { scorecardsApi } from './scorecards.ts'
import { studiesApi } from './studies.ts'
import type { House } from '../house.ts'

const bodyLimit = '200kb'
/** As many reviews as may travel at once. */
const progressLimit = '1mb'
const year = '365d'

/** Everything that is asked for over plain HTTP: the API, and the built client. */
export function createHttp(config: Config, house: House, log: Logger): Express {
  const app = express()
  app.disable('x-powered-by')
  if (config.trustProxy) app.set('trust proxy', config.trustProxy)
  app.use(endingWell(house), safetyHeaders(config), compression())
  app.use(operationsApi(config, house))
  app.use('/api', (request, response, next) =>
    request.method === 'GET' || isOwnOrigin(request, config.url) ? next() : refuse(response, 403, 'foreign-origin'),
  )
  app.use('/api/progress', express.json({ limit: progressLimit, strict: true }))
  app.use('/api', express.json({ limit: bodyLimit, strict: true }))
  app.use('/api', banksApi(house), roomsApi(config, house), resultsApi(house), memoryApi(house))
  app.use('/api', plansApi(config, house), scorecardsApi(house), studiesApi(config, house))
  app.use('/api', (_request, response) => refuse(response, 404, 'not-found'))
  serveClient(app, config.clientFolder)
  app.use(faults(log))
  return app
}

/** Plain http on a local network is the normal case: nothing here may ask the browser for https on its own. */
function safetyHeaders({ url }: Config) {
  const secure = url?.startsWith('https:') ?? false
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'", 'blob:', 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    strictTransportSecurity: secure,
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  })
}

/** Every path that is no file is a screen of the one page. */
function serveClient(app: Express, folder: string): void {
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: year, fallthrough: false }))
  app.use(express.static(folder, { index: false, maxAge: 0 }))
  app.get('/{*path}', (_request, response, next) => {
    if (!existsSync(join(folder, 'index.html'))) return next()
    response.setHeader('Cache-Control', 'no-cache')
    // Told its root, Express looks for hidden folders below it alone: the product may lie in one.
    response.sendFile('index.html', { root: folder })
  })
}

const faults =
  (log: Logger): ErrorRequestHandler =>
  (fault: { status?: number }, _request, response, next) => {
    if (response.headersSent) return next(fault)
    const status = fault.status ?? 500
    if (status < 500) return refuse(response, status, status === 404 ? 'not-found' : 'bad-request')
    log.error({ err: fault }, 'a request failed')
    refuse(response, 500, 'server-error')
  }
