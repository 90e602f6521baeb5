import { createServer, type Server } from 'node:http'
import { Router, type RequestHandler } from 'express'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import type { Metrics } from '../metrics.ts'
import { isSameSecret } from '../same-secret.ts'
import { refuse } from './refuse.ts'

/** What those who run the server ask of it: whether it lives, whether to send people here, how it does. */
export function operationsApi({ metrics: { token } }: Config, { duty, storeWatch, metrics }: House): Router {
  const mayLook = (authorization = '') => token !== null && isSameSecret(authorization, `Bearer ${token}`)
  return Router()
    .get('/healthz', (_request, response) => void response.json({ ok: true }))
    .get('/readyz', async (_request, response) => {
      const reason = duty.isDraining ? 'draining' : (await storeWatch.isThere()) ? null : 'store'
      response.setHeader('Cache-Control', 'no-store')
      if (reason) response.status(503).json({ ok: false, reason })
      else response.json({ ok: true })
    })
    .get('/metrics', async (request, response) => {
      // To everyone else it is not there, rather than closed.
      if (!mayLook(request.headers.authorization)) return refuse(response, 404, 'not-found')
      const { type, body } = await metrics.text()
      response.setHeader('Content-Type', type)
      response.send(body)
    })
}

/** The metrics on a port of their own, where nothing else is and nobody is asked for a right. */
export function createMetricsServer(metrics: Metrics): Server {
  return createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    metrics.text().then(
      ({ type, body }) => response.writeHead(200, { 'Content-Type': type }).end(body),
      () => response.writeHead(500).end(),
    )
  })
}

/** Requests that were begun are answered also by a server that goes; its connections then end with the answer. */
export const endingWell =
  ({ duty }: House): RequestHandler =>
  (_request, response, next) => {
    if (duty.isDraining) response.setHeader('Connection', 'close')
    duty.begin()
    response.once('close', () => duty.end())
    next()
  }
