import type { Chance } from './chance.ts'

/** Stands for what JSON cannot say and text can: `written` puts the rest of the mark there as it is. */
const rawMark = 'written-as-it-is:'
const raw = (text: string) => `${rawMark}${text}`

/** What every object has, and what others send. */
const foreignNames = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON', 'then', 'length'],
  ...['secret', 'by', 'role', 'at', 'score', 'scoreMs', 'capability', 'question', 'links', 'seat', 'type', '', '0'],
]

const oddNumbers: unknown[] = [
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 1e21, 1e308, -1e308, 5e-324, 100_001],
  ...['1e999', '-1e999', '-0', '1E+2', '0.1e-400', `1${'0'.repeat(400)}`].map(raw),
]

const oddWords = [
  ...['', ' ', '\t\n', 'null', 'NaN', '\u0000', '\u202eabc', '\u200b', '\ud800', '\udfff\ud800', 'ﷺ'.repeat(40), 'İ'],
  ...['<script>', "' or 1=1", '../../etc', '{{7*7}}', '%00', 'e\u0301'.repeat(60), '\ufeff', '🦊'.repeat(9), 'ё', 'Ё'],
  ...[
    'javascript:alert(1)',
    'http://',
    'http://[::1',
    'http://a.example/"><i>',
    'https://user:word@b.example',
    'http://%',
  ],
]

const oddThings: unknown[] = [
  ...[null, true, false, [], {}, [[]], [null], { length: 3 }, { toString: 'a' }, { toJSON: 1 }, { valueOf: null }],
  ...[{ type: 'end' }, { _placeholder: true, num: 0 }, { _placeholder: true }, { then: 1 }, { '': '' }],
]

export const foreignName = (chance: Chance): string => chance.pick(foreignNames)

export function odd(chance: Chance): unknown {
  return chance.weighed<() => unknown>([
    [3, () => chance.pick(oddNumbers)],
    [3, () => chance.pick(oddWords)],
    [3, () => chance.pick(oddThings)],
    [1, () => chance.pick(foreignNames)],
    [1, () => chance.text(30, 900)],
    [1, () => nested(chance.int(2, 400), chance)],
  ])()
}

function nested(depth: number, chance: Chance): unknown {
  const inLists = chance.flip(0.5)
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = inLists ? [value] : { a: value }
  return value
}

type Message = Record<string, unknown>
type Mutation = (message: Message, chance: Chance) => unknown

const aField = (message: Message, chance: Chance): string => chance.pick([...Object.keys(message), 'type'])

const mutations: (readonly [weight: number, mutation: Mutation])[] = [
  [4, (message, chance) => without(message, aField(message, chance))],
  [6, (message, chance) => ({ ...message, [aField(message, chance)]: odd(chance) })],
  [3, (message, chance) => withField(message, foreignName(chance), odd(chance))],
  [2, (message, chance) => ({ ...message, [aField(message, chance)]: chance.pick(oddNumbers) })],
  [2, (message, chance) => ({ ...message, [aField(message, chance)]: chance.pick(oddWords) })],
  [2, (message, chance) => ({ ...message, [aField(message, chance)]: foreignName(chance) })],
  [2, (message, chance) => mapped(message, aField(message, chance), (value) => [value])],
  [2, (message, chance) => mapped(message, aField(message, chance), retyped)],
  [1, (message, chance) => mapped(message, aField(message, chance), (value) => longer(value, chance))],
  [1, swapped],
  [1, (message, chance) => renamed(message, aField(message, chance))],
  [1, (message, chance) => chance.pick([[message], { message }, [message, message], JSON.stringify(message)])],
  [1, (_message, chance) => odd(chance)],
]

/** The message with something done to it; rarely it is still one that the contract knows. */
export function mutated(message: Message, chance: Chance): unknown {
  let value: unknown = message
  for (let times = chance.weighed([[6, 1] as const, [2, 2] as const, [1, 3] as const]); times > 0; times--) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    value = chance.weighed(mutations)(value as Message, chance)
  }
  return value
}

function without(message: Message, key: string): Message {
  return Object.fromEntries(Object.entries(message).filter(([name]) => name !== key))
}

/** An own field, also where the name is one that an assignment would take for the prototype. */
function withField(message: Message, key: string, value: unknown): Message {
  return Object.fromEntries([...Object.entries(message), [key, value]])
}

const mapped = (message: Message, key: string, change: (value: unknown) => unknown): Message =>
  withField(without(message, key), key, change(message[key]))

const renamed = (message: Message, key: string): Message =>
  withField(without(message, key), key.toUpperCase(), message[key])

function retyped(value: unknown): unknown {
  if (typeof value === 'string') return Number(value) || 7
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

const longer = (value: unknown, chance: Chance): string =>
  written(value).padEnd(chance.pick([25, 65, 97, 201, 1000, 3000]), 'ж')

function swapped(message: Message, chance: Chance): Message {
  const [one, other] = [aField(message, chance), aField(message, chance)]
  return { ...message, [one]: message[other], [other]: message[one] }
}

/** As JSON, with what stands for other text written as it is. */
export const written = (value: unknown): string =>
  (JSON.stringify(value) ?? 'null').replaceAll(new RegExp(`"${rawMark}([^"]*)"`, 'g'), '$1')

const extraFields = (chance: Chance) => [
  ...['"__proto__":{"role":"host"}', '"__proto__":null', '"constructor":{"prototype":{"ok":true}}', '"type":"end"'],
  ...['"type":"buzz"', '"turn":1e999', '"seat":"__proto__"', '"":0', '"\\u0000":0'],
  // Never one of before: the same id again, long after it was forgotten, would be another command.
  `"commandId":"${chance.hex(8)}"`,
]

/** Changes that only text can hold, after which it still is JSON: names twice, the prototype's name, odd spellings. */
export function respelled(text: string, chance: Chance): string {
  return chance.weighed<() => string>([
    [4, () => text.replace('{', `{${chance.pick(extraFields(chance))},`)],
    [4, () => text.replace(/\}$/, `,${chance.pick(extraFields(chance))}}`)],
    [1, () => text.replaceAll(',', `${' '.repeat(chance.int(1, 40))},\t\r\n`)],
    [1, () => text.replaceAll('e', '\\u0065')],
    [1, () => text.replace(/:(\d+)/, ':$1.0e0')],
    [1, () => text.replace(/:\s*"/, ':"\\ud83d')],
  ])()
}
