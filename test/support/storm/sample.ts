import type { z } from 'zod'
import type { Chance } from './chance.ts'

type Schema = z.core.$ZodType
type Check = z.core.$ZodChecks['_zod']['def']

/** Values that mean something where the message goes, by the names of fields; none where nothing is known. */
export type Known = (field: string) => readonly unknown[]

/** How often a field takes what is known. */
const knownShare = 0.85
/** How often nothing stands where nothing may. */
const nullShare = 0.2
/** How often a field is left out that may be. */
const absentShare = 0.7
/** More of the same would say nothing else. */
const mostInList = 4

/** A value that the contract lets pass, made by walking the contract's own definition. */
export function sample(schema: Schema, chance: Chance, known: Known): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([key, part]) => [key, field(key, part, chance, known)]))
    case 'union':
      return sample(chance.pick(def.options), chance, known)
    case 'literal':
      return chance.pick(def.values)
    case 'enum':
      return chance.pick(Object.values(def.entries))
    case 'boolean':
      return chance.flip(0.5)
    case 'nullable':
      return chance.flip(nullShare) ? null : sample(def.innerType, chance, known)
    case 'optional':
      return chance.flip(absentShare) ? undefined : sample(def.innerType, chance, known)
    case 'array':
      return list(def, chance, known)
    case 'pipe':
      return sample(def.in, chance, known)
    case 'string':
      return text(def, chance)
    case 'number':
      return number(def, chance)
    default:
      throw new Error(`No sample is known for ${def.type}`)
  }
}

function field(key: string, schema: Schema, chance: Chance, known: Known): unknown {
  const values = known(key)
  return values.length > 0 && chance.flip(knownShare) ? chance.pick(values) : sample(schema, chance, known)
}

const checksOf = ({ checks = [] }: { checks?: z.core.$ZodCheck<never>[] | undefined }): Check[] =>
  checks.map((check) => check._zod.def as Check)

function list(def: z.core.$ZodArrayDef, chance: Chance, known: Known): unknown[] {
  const [least = 0] = checksOf(def).flatMap((check) => (check.check === 'min_length' ? [check.minimum] : []))
  return Array.from({ length: chance.int(least, mostInList) }, () => sample(def.element, chance, known))
}

function text(def: z.core.$ZodStringDef, chance: Chance): string {
  if ('format' in def && def.format === 'url') return `http://10.0.0.${chance.int(1, 254)}:${chance.int(1, 65_535)}`
  let [least, most] = [1, 24]
  for (const check of checksOf(def)) {
    if (check.check === 'min_length') least = check.minimum
    if (check.check === 'max_length') most = Math.min(most, check.maximum)
    // Two patterns are in the contract: that of a PIN, and that of a key.
    if (check.check === 'string_format') return isOfKeys(check) ? chance.hex(22) : String(chance.int(100_000, 999_999))
  }
  return `a${chance.text(least, Math.max(least, most - 2))}z`.slice(0, Math.max(least, most))
}

const isOfKeys = (check: Check): boolean => 'pattern' in check && String(check.pattern).includes('{22}')

function number(def: z.core.$ZodNumberDef, chance: Chance): number {
  let [least, most] = [-10_000, 100_000]
  for (const check of checksOf(def)) {
    if (check.check === 'greater_than') least = Number(check.value)
    if (check.check === 'less_than') most = Number(check.value)
  }
  return 'format' in def ? chance.int(least, most) : least + chance.next() * (most - least)
}
