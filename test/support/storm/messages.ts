import { Lit, SentCommand } from '@knopka/shared/contracts'
import type { z } from 'zod'
import type { Chance } from './chance.ts'
import { foreignName, mutated, odd, respelled, written } from './mutate.ts'
import { sample, type Known } from './sample.ts'
import type { Frame } from './wire.ts'

export type CommandType = SentCommand['type']
export type Weights = Partial<Record<CommandType, number>>

/** What a message is made from: where it goes, and what may not be said there. */
export interface Context {
  chance: Chance
  /** Values that mean something to a command of this type in this room now. */
  known: (type: CommandType | 'lit') => Known
  weights: Weights
  mayBeSaid: (command: SentCommand) => boolean
  /** Numbers under which the server waits for the clock of this phone. */
  probes: number[]
}

export interface Message {
  kind: string
  frames: Frame[]
  /** Whether the server has to answer it, as long as the connection stands. */
  answerable: boolean
}

/** The contract's command of each type. */
export const commandsByType = new Map(
  SentCommand._zod.def.options.map((option): [CommandType, z.core.$ZodType] => {
    const [type] = [...option._zod.def.shape.type._zod.values]
    return [type as CommandType, option]
  }),
)

type Json = Record<string, unknown>

function serious({ chance, known, weights }: Context): Json {
  const types = [...commandsByType.keys()].map((type) => [weights[type] ?? 1, type] as const)
  const type = chance.weighed(types)
  return sample(commandsByType.get(type) as z.core.$ZodType, chance, known(type)) as Json
}

/** Drawn anew until it is nothing that would end the evening of those who did no harm. */
function harmless(context: Context, draw: () => string): string {
  for (;;) {
    const text = draw()
    const command = SentCommand.safeParse(parsed(text))
    if (!command.success || context.mayBeSaid(command.data)) return text
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const command = (kind: string, number: number, text: string): Message => ({
  kind,
  frames: [`42${number}["command",${text}]`],
  answerable: true,
})

type Maker = (context: Context, number: number) => Message

/** Messages after which the connection still stands, so that more can be said. */
const makers: readonly (readonly [weight: number, make: Maker])[] = [
  [
    36,
    (context, number) =>
      command(
        'as meant',
        number,
        harmless(context, () => written(serious(context))),
      ),
  ],
  [
    34,
    (context, number) =>
      command(
        'mutated',
        number,
        harmless(context, () => written(mutant(context))),
      ),
  ],
  [
    6,
    (context, number) =>
      command(
        'respelled',
        number,
        harmless(context, () => respelt(context)),
      ),
  ],
  [1, (context, number) => command('too large', number, large(context))],
  [0.5, (context, number) => command('too deep', number, deep(context))],
  [5, lit],
  [4, answer],
  [4, event],
  [3, binary],
  [2, numbered],
  [2, crowded],
]

export const anyMessage = (context: Context, number: number): Message => context.chance.weighed(makers)(context, number)

const mutant = (context: Context): unknown => mutated(serious(context), context.chance)
const respelt = (context: Context): string => respelled(written(serious(context)), context.chance)

const large = ({ chance, known }: Context): string => {
  const rename = sample(commandsByType.get('rename') as z.core.$ZodType, chance, known('rename')) as Json
  return written({ ...rename, [chance.pick(['name', 'seat', 'more'])]: 'я'.repeat(chance.int(4096, 9000)) })
}

function deep({ chance }: Context): string {
  const levels = chance.int(500, 15_000)
  const [open, shut] = chance.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const)
  return `${open.repeat(levels)}1${shut.repeat(levels)}`
}

function lit({ chance, known }: Context): Message {
  const told = sample(Lit, chance, known('lit')) as Json
  const text = written(chance.flip(0.5) ? told : mutated(told, chance))
  return { kind: 'lit', frames: [`42["lit",${text}]`], answerable: false }
}

/** To what was asked, or to what nobody asked. */
function answer({ chance, probes }: Context): Message {
  const number = chance.flip(0.7) ? (probes.shift() ?? 0) : chance.pick([0, 1, 999, 2 ** 40, '', '00', '1e3'])
  const clock = chance.flip(0.4) ? written(performance.now()) : written(odd(chance))
  const more = chance.flip(0.2) ? `,${written(odd(chance))}` : ''
  return { kind: 'answer', frames: [`43${number}[${chance.flip(0.05) ? '' : clock}${more}]`], answerable: false }
}

/** Names that the library keeps for itself end the connection; these do not. */
const events = ['commands', 'welcome', 'commit', 'mine', 'probe', 'token', 'farewell', '__proto__', 'constructor', '']

function event(context: Context, number: number): Message {
  const name = context.chance.flip(0.2) ? context.chance.int(0, 9) : context.chance.pick(events)
  const rest = context.chance.flip(0.3) ? '' : `,${written(mutant(context))}`
  return { kind: 'event', frames: [`42${number}[${JSON.stringify(name)}${rest}]`], answerable: true }
}

const bytes = (chance: Chance) => Buffer.from(chance.hex(2 * chance.int(0, 40)), 'hex')

/** Bytes in the place of a command or of one of its fields. */
function binary(context: Context, number: number): Message {
  const { chance } = context
  const place = { _placeholder: true, num: 0 }
  const within = () => written({ ...serious(context), [foreignName(chance)]: place })
  const whole = chance.flip(0.3) ? written(place) : harmless(context, within)
  return { kind: 'binary', frames: [`451-${number}["command",${whole}]`, bytes(chance)], answerable: true }
}

/** Asks for its answer under a number that is none, or not at all. */
function numbered(context: Context): Message {
  const number = context.chance.pick(['', '00', '99999999999999999999999', '1'.repeat(400), '000000777'])
  const text = harmless(context, () => written(context.chance.flip(0.5) ? serious(context) : mutant(context)))
  return { kind: 'numbered', frames: [`42${number}["command",${text}]`], answerable: false }
}

/** More than one thing at once. */
function crowded(context: Context, number: number): Message {
  const parts = Array.from({ length: context.chance.int(2, 5) }, () => written(odd(context.chance)))
  const first = harmless(context, () => written(mutant(context)))
  return command('crowded', number, [first, ...parts].join(','))
}

/** Socket.IO's and Engine.IO's own words, broken; most end the connection, so they come last. */
const brokenFrames = [
  ...['', 'x', '4', '42', '4x', '49', '4999', '42[', '42[]', '42[{}]', '42[null]', '42[["command"]]', '42{}', '42"a"'],
  ...['42["disconnect"]', '42["connect",{}]', '42["newListener",1]', '42["command",{"type":NaN}]', '42["command",{]'],
  ...['42["command",{"turn":Infinity}]', '42-1["command"]', '42["command",undefined]', "42['command']", '421.5["a"]'],
  ...['40', '40{', '40[]', '40null', '40/admin,', '40/__proto__,{}', '41{}', '41', '41/admin,', '44"a"', '44{}', '4/'],
  ...['43', '43[]', '43["a"]', '43{}', '43-1[1]', '431e999[1]', '45', '45-', '450-["command"]', '4511-["command"]'],
  ...['451-', '451e0-["a"]', '45-1-["a"]', '4599999999-["a"]', '461-1["a",{"_placeholder":true,"num":0}]', '46'],
  ...['0', '0{"sid":"a"}', '1', '2', '2probe', '3', '3probe', '5', '6', '7', 'b', 'bAAAA', 'b====', '\u0000', '🦊'],
]

const cutText = ['d0', 'e282', 'f09f98', 'c0af', 'eda080', 'f8888080', 'ff', 'fe', '80']

type LastWord = (context: Context, number: number) => Message

const lastWords: readonly (readonly [weight: number, make: LastWord])[] = [
  [6, ({ chance }) => last('broken packet', chance.pick(brokenFrames))],
  [
    2,
    (context) => last('cut short', cut(command('', 1, written(serious(context))).frames[0] as string, context.chance)),
  ],
  [2, ({ chance }) => last('broken UTF-8', { text: brokenText(chance) })],
  [1, ({ chance }) => last('frame too long', `42["command","${'a'.repeat(chance.int(65_000, 200_000))}"]`)],
  [2, ({ chance }) => last('bytes astray', ...Array.from({ length: chance.int(1, 3) }, () => bytes(chance)))],
  [2, (context) => last('binary astray', ...astray(context.chance))],
]

const last = (kind: string, ...frames: Frame[]): Message => ({ kind, frames, answerable: false })

const cut = (frame: string, chance: Chance) => frame.slice(0, chance.int(1, frame.length - 1))

const brokenText = (chance: Chance): Buffer =>
  Buffer.concat([Buffer.from('42["command",{"type":"'), Buffer.from(chance.pick(cutText), 'hex'), Buffer.from('"}]')])

/** Parts that are promised and do not come, come too often, or lie where no part can lie. */
function astray(chance: Chance): Frame[] {
  const number = chance.pick([1, 2, -1, '0', null, 1e9, '__proto__', 'length'])
  const text = `45${chance.int(1, 3)}-1["command",{"_placeholder":true,"num":${JSON.stringify(number)}}]`
  return [text, ...Array.from({ length: chance.int(0, 3) }, () => (chance.flip(0.3) ? '42["a"]' : bytes(chance)))]
}

export const aLastWord = (context: Context, number: number): Message =>
  context.chance.weighed(lastWords)(context, number)
