import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '@knopka/server/config'
import { expect, test } from 'vitest'
import { root } from './support/server.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('every file that the README names is there', () => {
  const named = [...readme.matchAll(/`((?:client|server|shared|content|test)\/[\w./-]*)`|\]\(([\w./-]+)\)/g)].map(
    ([, code, link]) => code ?? link ?? '',
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('every command that the README names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '')
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('the README names every setting, and no other', () => {
  const source = readFileSync(join(root, 'server/src/config.ts'), 'utf8')
  const settings = new Set(source.match(/\b(?:PORT|REDIS_URL|KNOPKA_[A-Z_]+)\b/g))
  const named = new Set([...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name))
  expect(named).toEqual(settings)
})

test('the defaults in the README are those of the program', () => {
  const { port, dataFolder, roomTtlMs, resultsTtlMs, kernelRtt, maxConnections, drainMs, metrics, logLevel } =
    readConfig({})
  const defaults = new Map(
    [...readme.matchAll(/^\| `([A-Z_]+)` \| `([^`]+)`/gm)].map(([, name, value]) => [name, value]),
  )
  expect([defaults.get('PORT'), defaults.get('KNOPKA_DATA')]).toEqual([String(port), dataFolder])
  expect(Number(defaults.get('KNOPKA_ROOM_HOURS')) * 3_600_000).toBe(roomTtlMs)
  expect(Number(defaults.get('KNOPKA_RESULTS_DAYS')) * 86_400_000).toBe(resultsTtlMs)
  expect(Number(defaults.get('KNOPKA_MAX_CONNECTIONS'))).toBe(maxConnections)
  expect(Number(defaults.get('KNOPKA_DRAIN_SECONDS')) * 1000).toBe(drainMs)
  expect(defaults.get('KNOPKA_METRICS_HOST')).toBe(metrics.host)
  expect(defaults.get('KNOPKA_KERNEL_RTT')).toBe(kernelRtt)
  expect(defaults.get('KNOPKA_LOG')).toBe(logLevel)
})
