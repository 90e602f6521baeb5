/**
 * A record by seat, or by another text, of which a copy with one change is cheap however many keys there are: it lies in
 * many short lists instead of one record. (To copy a record of 5,000 keys takes 2 ms, and every join makes a copy.)
 * Plain data, as everything in a state.
 */
export interface Shards<Value> {
  size: number
  parts: readonly Part<Value>[]
}

type Part<Value> = readonly (readonly [key: string, value: Value])[]

const count = 64

export const noShards: Shards<never> = { size: 0, parts: Array.from({ length: count }, () => []) }

export function lookUp<Value>({ parts }: Shards<Value>, key: string): Value | undefined {
  return parts[partOf(key)]?.find(([known]) => known === key)?.[1]
}

export function put<Value>({ size, parts }: Shards<Value>, key: string, value: Value): Shards<Value> {
  const index = partOf(key)
  const part = [...(parts[index] ?? [])]
  const place = part.findIndex(([known]) => known === key)
  part[place < 0 ? part.length : place] = [key, value]
  const changed = [...parts]
  changed[index] = part
  return { size: place < 0 ? size + 1 : size, parts: changed }
}

/** In no particular order. */
export const entriesOf = <Value>({ parts }: Shards<Value>): (readonly [string, Value])[] => parts.flat()

/** FNV-1a: quick, and even over ids and names alike. */
function partOf(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  return (hash >>> 0) % count
}
