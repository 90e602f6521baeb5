import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Store } from '@knopka/server/store'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { events, roomTtlMs } from './contract.ts'
import { freshFolder } from './folder.ts'
import { Appender } from './process.ts'

afterEach(() => void vi.unstubAllEnvs())

const open = (folder: string) => openEmbeddedStore({ folder, roomTtlMs })

const inUse = (folder: string, pid: number | undefined) =>
  `The data folder ${folder} is used by another Knopka (process ${pid}). ` +
  'Stop it, or choose another folder: KNOPKA_DATA=./other npm start'

/** The fault's words; the store is closed again if there is none. */
async function refusal(folder: string): Promise<string> {
  const outcome = await open(folder).catch((fault: Error) => fault)
  if (outcome instanceof Error) return outcome.message
  await outcome.close()
  return 'was let in'
}

const marks = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('lock.'))

async function holding(folder: string): Promise<Appender> {
  const holder = new Appender(folder)
  await holder.said(1)
  return holder
}

describe('one process per data folder', () => {
  test('the second is told who has it, and what to do', async () => {
    const folder = freshFolder()
    const holder = await holding(folder)
    expect(await refusal(folder)).toBe(inUse(folder, holder.child.pid))
    expect(await refusal(folder)).toBe(inUse(folder, holder.child.pid))
  })

  test('the second stops when it is told so', async () => {
    const folder = freshFolder()
    const store = await open(folder)
    const second = new Appender(folder)
    expect(await second.end()).toStrictEqual({ code: 1, complaint: inUse(folder, process.pid) })
    expect(await store.rooms.append('402817', 0, events(0, 1))).toBe('appended')
    await store.close()
  })

  test('by whatever path it comes', async () => {
    const folder = freshFolder()
    const store = await open(folder)
    const roundabout = `${folder}/../${folder.split('/').at(-1)}/.`
    expect(await refusal(roundabout)).toBe(inUse(roundabout, process.pid))
    await store.close()
  })

  test('a process that was killed holds nothing', async () => {
    const folder = freshFolder()
    for (let round = 0; round < 3; round++) {
      const holder = await holding(folder)
      await holder.kill()
    }
    const store = await open(folder)
    expect(marks(folder)).toHaveLength(1)
    await store.close()
  })

  test('a process that is busy or halted holds on', async () => {
    const folder = freshFolder()
    const holder = await holding(folder)
    holder.child.kill('SIGSTOP')
    expect(await refusal(folder)).toContain(`The data folder ${folder} is used by another Knopka. Stop it`)
    await holder.kill()
    expect(await refusal(folder)).toBe('was let in')
  })

  test('two stores in one process are two as well, and a closed one holds nothing', async () => {
    const folder = freshFolder()
    const store = await open(folder)
    expect(await refusal(folder)).toBe(inUse(folder, process.pid))
    await store.close()
    await store.close()
    expect(marks(folder)).toStrictEqual([])
    expect(await refusal(folder)).toBe('was let in')
  })

  test('of many at the same moment at most one gets in, and afterwards it is free', async () => {
    const folder = freshFolder()
    for (let round = 0; round < 20; round++) {
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => open(folder)))
      const held = outcomes.filter(
        (outcome): outcome is PromiseFulfilledResult<Store> => outcome.status === 'fulfilled',
      )
      expect(held.length).toBeLessThanOrEqual(1)
      for (const { value } of held) await value.close()
    }
    expect(await refusal(folder)).toBe('was let in')
  })

  test('also where the path is too long for a socket', async () => {
    vi.stubEnv('TMPDIR', freshFolder())
    const folder = join(freshFolder(), 'a'.repeat(120), 'b'.repeat(120))
    const holder = await holding(folder)
    expect(await refusal(folder)).toBe(inUse(folder, holder.child.pid))
    await holder.kill()
    expect(await refusal(folder)).toBe('was let in')
  })
})

describe('a folder that cannot be used is one clear sentence', () => {
  const hint = 'Choose another folder: KNOPKA_DATA=./other npm start'

  test('a file in its place', async () => {
    const file = join(freshFolder(), 'data')
    writeFileSync(file, '')
    expect(await refusal(file)).toBe(`The data folder ${file} cannot be used: a file is in its way. ${hint}`)
  })

  test('a file in the place of its parent', async () => {
    const parent = join(freshFolder(), 'parent')
    writeFileSync(parent, '')
    const folder = join(parent, 'data')
    expect(await refusal(folder)).toBe(`The data folder ${folder} cannot be used: a file is in its way. ${hint}`)
  })

  test('a place where nobody may write', async () => {
    for (const folder of ['/proc/knopka', '/proc/self/knopka/data']) {
      const said = await refusal(folder)
      expect(said).toContain(`The data folder ${folder} cannot be used: E`)
      expect(said).toContain(hint)
    }
  })

  test('something else under the name of the data', async () => {
    const folder = freshFolder()
    mkdirSync(join(folder, 'knopka.mdb'))
    expect(await refusal(folder)).toContain(`The data folder ${folder} cannot be used: `)
    expect(marks(folder)).toStrictEqual([])
  })

  test('a folder that is not there yet is made', async () => {
    expect(await refusal(join(freshFolder(), 'new', 'data'))).toBe('was let in')
  })
})
