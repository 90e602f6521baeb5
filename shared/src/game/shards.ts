/**
 * A record by seat, or by another text, of which a copy with one change is cheap however many keys there are: it lies in
 * many small records instead of a large one. (To copy one of 5,000 keys takes 2 ms, and every join makes a copy.)
 * Plain data, as everything in a state.
 */
export interface Shards<Value> {
  size: number
  parts: readonly Readonly<Record<string, Value>>[]
}

const count = 64

export const noShards: Shards<never> = { size: 0, parts: Array.from({ length: count }, () => ({})) }

export function lookUp<Value>({ parts }: Shards<Value>, key: string): Value | undefined {
  const part = parts[partOf(key)]
  // A key may be called anything, `constructor` too.
  return part && Object.hasOwn(part, key) ? part[key] : undefined
}

export function put<Value>({ size, parts }: Shards<Value>, key: string, value: Value): Shards<Value> {
  const index = partOf(key)
  const part = parts[index] ?? {}
  const changed = [...parts]
  changed[index] = { ...part, [key]: value }
  return { size: Object.hasOwn(part, key) ? size : size + 1, parts: changed }
}

/** In no particular order. */
export const entriesOf = <Value>({ parts }: Shards<Value>): [string, Value][] => parts.flatMap(Object.entries<Value>)

/** FNV-1a: quick, and even over ids and names alike. */
function partOf(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  return (hash >>> 0) % count
}
