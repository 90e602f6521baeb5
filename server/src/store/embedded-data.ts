import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ms, Pin } from '@knopka/shared/ids'
import { open, type Database, type Key, type RootDatabase } from 'lmdb'
import { Turns } from './turns.ts'

/** How many rows are looked at, and how many events of each are removed, before others get their turn. */
const slice = 50
/** The same for members of a set, which are small. */
const memberSlice = 1000

type Kind = 'room' | 'shelf'

export interface Tables {
  root: RootDatabase
  log: Database<string, [Pin, number]>
  shelf: Database<string, string>
  /** Of the sets on the shelf, each member by itself: to add one to a hundred thousand is no more work than to ten. */
  members: Database<string, [set: string, name: string]>
  /** When a row's time is over; what is not named here has no end. */
  ends: Database<Ms, [Kind, string]>
}

export function openTables(folder: string): Tables {
  const root = open({
    path: join(folder, 'knopka.mdb'),
    noSubdir: true,
    // A write's promise resolves when it is on the disk, and nobody reads it before.
    overlappingSync: false,
    // The library's own batch rejects a promise that nobody holds: a full disk would end the process.
    eventTurnBatching: false,
  })
  return {
    root,
    // Text, and not the library's own encoding: that brings back `undefined` and loses half a surrogate pair. It is
    // made before the writing begins, so that what JSON cannot say throws while nothing is written yet.
    log: root.openDB('log', { encoding: 'string' }),
    shelf: root.openDB('shelf', { encoding: 'string' }),
    members: root.openDB('members', { encoding: 'string' }),
    ends: root.openDB('ends', { encoding: 'json' }),
  }
}

/** The tables, and the time of what lies in them. Whoever writes a row waits for its turn. */
export class Data {
  readonly tables: Tables
  readonly now: () => Ms
  #turns = new Turns()

  constructor(tables: Tables, now: () => Ms) {
    this.tables = tables
    this.now = now
  }

  isOver(kind: Kind, id: string): boolean {
    return (this.tables.ends.get([kind, id]) ?? Infinity) <= this.now()
  }

  look<Result>(job: () => Result): Promise<Result> {
    return Promise.resolve().then(job)
  }

  /** Runs `job` while nobody else writes this row, and without what is left of an earlier life. */
  write<Result>(kind: Kind, id: string, job: () => Promise<Result>): Promise<Result> {
    return this.#turns.take(`${kind} ${id}`, async () => {
      try {
        if (this.isOver(kind, id)) await this.#remove(kind, id)
        return await job()
      } catch (fault) {
        throw await explain(fault)
      }
    })
  }

  remove(kind: Kind, id: string): Promise<void> {
    return this.write(kind, id, () => this.#remove(kind, id))
  }

  /** @param then where there was one */
  eraseLog(pin: Pin, then: () => void): Promise<void> {
    return this.write('room', pin, async () => {
      if (!this.tables.ends.doesExist(['room', pin])) return
      await this.#remove('room', pin)
      then()
    })
  }

  /** Removes all whose time is over. */
  async sweep(): Promise<void> {
    let start: [Kind, string] | undefined
    for (;;) {
      const rows = [...this.tables.ends.getRange({ ...(start && { start, exclusiveStart: true }), limit: slice })]
      // To write is to remove what is over, if it is so still when the row's turn has come.
      const over = rows.filter(({ value }) => value <= this.now())
      await Promise.all(over.map(({ key }) => this.write(...key, () => Promise.resolve())))
      if (rows.length < slice) return
      start = rows.at(-1)?.key
      await nextTurn()
    }
  }

  /** What could not be removed now is not read either, and goes next time. */
  sweepAgain(): Promise<void> {
    return this.sweep().catch(() => {})
  }

  async close(): Promise<void> {
    await this.#turns.end()
    await this.tables.root.close()
  }

  /** Its time is over first: whoever is cut off while it goes leaves nothing to be read. */
  async #remove(kind: Kind, id: string): Promise<void> {
    const { root, log, members, shelf, ends } = this.tables
    if (!this.isOver(kind, id)) await ends.put([kind, id], 0)
    if (kind === 'room') await this.#empty(log, logFrom(id, 0), slice)
    else await this.#empty(members, membersOf(id), memberSlice)
    await root.batch(() => {
      if (kind === 'shelf') void shelf.remove(id)
      void ends.remove([kind, id])
    })
  }

  /** In slices; as the end goes last, nobody reads what is left of it meanwhile. */
  async #empty<K extends Key>(rows: Database<string, K>, range: { start: K; end: K }, limit: number): Promise<void> {
    for (;;) {
      const keys = [...rows.getKeys({ ...range, limit })]
      if (keys.length === 0) return
      await rows.batch(() => keys.forEach((key) => void rows.remove(key)))
      await nextTurn()
    }
  }
}

/** The keys of a log, after its first `from` events. */
export function logFrom(pin: Pin, from: number): { start: [Pin, number]; end: [Pin, number] } {
  return { start: [pin, from], end: [pin, Infinity] }
}

/** The keys of a set's members. */
export function membersOf(set: string): { start: [string, string]; end: [string, string] } {
  return { start: [set, ''], end: [set, '\uffff'] }
}

/** However long it is: a key is not. */
export const memberKey = (set: string, member: string): [string, string] => [
  set,
  createHash('sha256').update(member).digest('base64url'),
]

/** The library hands a failed write's reason over beside its fault, as a promise that is rejected with it. */
async function explain(fault: unknown): Promise<unknown> {
  const { commitError } = fault as { commitError?: Promise<never> }
  const cause = await commitError?.catch((reason: unknown) => reason)
  return cause instanceof Error ? new Error(`The data could not be written: ${cause.message}`, { cause }) : fault
}
