import fc from 'fast-check'
import { isQuiet, type Commit, type Item } from '@knopka/shared/game'

/** A part of a log as it travels: quiet events that follow each other are one run. */
export const commitOf = (items: Item[], from: number, length: number): Commit => ({
  from,
  items: inRuns(items.slice(from, from + length)),
})

function inRuns(items: Item[]): Item[] {
  return items.reduce<Item[]>((runs, item) => {
    const last = runs.at(-1)
    if (!last || !isQuiet(last) || !isQuiet(item)) return [...runs, item]
    return [...runs.slice(0, -1), { quiet: last.quiet + item.quiet }]
  }, [])
}

/** The log in commits of these lengths, over and over. */
export function chunksOf(items: Item[], lengths: number[]): Commit[] {
  const commits: Commit[] = []
  for (let from = 0, index = 0; from < items.length; index++) {
    const length = lengths[index % lengths.length] ?? 1
    commits.push(commitOf(items, from, length))
    from += length
  }
  return commits
}

/** Some part of a log on its way to a viewer, who may take a gap by joining anew or by reading the missing part. */
export const delivery = fc.record({ from: fc.nat(1000), length: fc.nat(12), rejoins: fc.boolean() })
