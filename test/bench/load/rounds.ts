import { bundled } from './bundle.ts'
import { ask } from './children.ts'
import type { Job } from './load.ts'
import type { Setting } from './ours.ts'
import type { Rounds } from './rows.ts'
import { nameOf, type Measured, type Scenario, type Setup } from './scenario.ts'
import { startFloor, startOurs, type Manner, type Running } from './servers.ts'

export interface Wish {
  quick: boolean
  /** `null`: as many as the scenario wants. */
  rounds: number | null
  stores: Setup['store'][]
  flags: string[]
  setting: Setting
  say(progress: string): void
}

const deadlineMs = 300_000

/** Ours, raw ws, stock; ours, raw ws, stock: whatever else the machine does meanwhile, it does to all three. */
export async function runRounds(scenario: Scenario, n: number, wish: Wish): Promise<Rounds> {
  const setups = setupsFor(scenario, wish)
  const all: Rounds = { scenario, n, ours: setups.map((setup) => ({ setup, rounds: [] })), ws: [], stock: [] }
  const manner: Manner = { flags: wish.flags, setting: wish.setting, collects: scenario.collects ?? false }
  const rounds = wish.rounds ?? scenario.rounds(wish.quick)
  const play = async (name: string, start: () => Promise<Running>): Promise<Measured> => {
    wish.say(`${scenario.id}, ${n} ${scenario.counts}, round ${all.stock.length + 1} of ${rounds}: ${name}`)
    return measure(scenario, n, wish.quick, await start())
  }
  while (setups.length > 0 && all.stock.length < rounds) {
    for (const { setup, rounds } of all.ours) rounds.push(await play(nameOf(setup), () => startOurs(setup, manner)))
    const sizes = all.ours[0]?.rounds.at(-1)?.sizes
    if (!sizes) break
    all.ws.push(await play('raw ws', () => startFloor('ws', sizes, manner)))
    all.stock.push(await play('Socket.IO', () => startFloor('stock', sizes, manner)))
  }
  return all
}

/** In a hurry one store speaks for the other, except where two setups are what is compared. */
function setupsFor({ setups, compares }: Scenario, { stores, quick }: Wish): Setup[] {
  const wished = setups.filter(({ store }) => stores.includes(store))
  return quick && !compares ? wished.slice(0, 1) : wished
}

async function measure({ id }: Scenario, n: number, quick: boolean, running: Running): Promise<Measured> {
  try {
    const job: Job = { scenario: id, place: running.place, n, quick }
    return await ask<Measured>(bundled('load/load.ts'), job, deadlineMs)
  } finally {
    await running.end()
  }
}
