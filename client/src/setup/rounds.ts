import { pickRounds, type Leaning, type PickedRound, type Section } from '@knopka/shared/bank'
import { coverOf, pickedFrom, toggle, type Tick } from './picked.ts'
import {
  firstBoard,
  firstRound,
  firstTyping,
  mostColumns,
  wayOf,
  type RoundSetup,
  type Setup,
  type Way,
} from './settings.ts'
import { allAbove, withAllBelow, type Tree, type TreeSection } from './tree.ts'

/** Another round, asked by the same rules, of sections that are still to be picked. */
export function roundAfter(round: RoundSetup): RoundSetup {
  const { rules, order } = inWay(round, 'buzzer')
  return { ...firstRound, count: 10, order, rules }
}

/** The same things with this one elsewhere. */
export function moved<Thing>(things: readonly Thing[], from: number, to: number): Thing[] {
  const others = things.filter((_, index) => index !== from)
  return [...others.slice(0, to), ...things.slice(from, from + 1), ...others.slice(to)]
}

/** Points that are lost belong to a board, as everyone knows it. */
export function inWay(round: RoundSetup, way: Way): RoundSetup {
  if (way === wayOf(round)) return round
  const scoring = way === 'board' ? 'penalty' : wayOf(round) === 'board' ? 'plain' : round.rules.scoring
  const typing = way === 'text' || way === 'number' ? { kind: way, seconds: firstTyping[way] } : null
  return { ...round, rules: { ...round.rules, scoring, typing }, board: way === 'board' ? firstBoard : null }
}

/**
 * With this section ticked or not any more. On a board each picked section is a column, in the order of ticking, and
 * columns do not overlap. @returns `null` where the board has no room for one more
 */
export function ticked(tree: Tree, round: RoundSetup, section: TreeSection): string[] | null {
  if (!round.board) return coverOf(tree, toggle(pickedFrom(tree, round.sections).picked, section))
  const { sections } = round
  if (sections.includes(section.id)) return sections.filter((id) => id !== section.id)
  const near = new Set([...allAbove(section), ...withAllBelow(section)].map(({ id }) => id))
  const others = sections.filter((id) => !near.has(id))
  return others.length < mostColumns ? [...others, section.id] : null
}

/** On a board a heading is no column because all below it are. */
export const tickIn = ({ board, sections }: RoundSetup, section: TreeSection, tick: Tick): Tick =>
  board && tick === 'all' && ![section, ...allAbove(section)].some(({ id }) => sections.includes(id)) ? 'some' : tick

const bare = ({ id, title, questions, sections }: TreeSection): Section => ({
  id,
  title,
  questions: questions.map((question) => question.id),
  sections: sections.map(bare),
})

/** What this evening will ask, as the server draws it: the page says how many are left for each round. */
export const drawn = (
  { top }: Tree,
  { rounds, seed }: Pick<Setup, 'rounds' | 'seed'>,
  leaning: Leaning,
): PickedRound[] => pickRounds({ sections: top.map(bare) }, rounds, seed, leaning).rounds

/** A column of a board: how many questions are left for it. */
export interface Column {
  section: TreeSection
  cells: number
}

/** Those that have no question left are not among what is drawn. */
export function columnsOf({ byId }: Tree, { sections }: RoundSetup, { columns }: PickedRound): Column[] {
  const left = [...columns]
  return sections
    .map((id) => byId.get(id))
    .filter((section) => section !== undefined)
    .map((section) => ({ section, cells: left[0]?.title === section.title ? (left.shift()?.cells ?? 0) : 0 }))
}

/** Why a round cannot be played. */
export type Fault =
  | { code: 'no-sections' }
  | { code: 'none-left' }
  | { code: 'too-many-columns'; columns: number }
  | { code: 'empty-column'; title: string }

export function faultOf(tree: Tree, round: RoundSetup, picked: PickedRound): Fault | null {
  const { sections, board } = round
  if (sections.length === 0) return { code: 'no-sections' }
  if (board && sections.length > mostColumns) return { code: 'too-many-columns', columns: sections.length }
  const empty = board ? columnsOf(tree, round, picked).find(({ cells }) => cells === 0) : undefined
  if (empty) return { code: 'empty-column', title: empty.section.title }
  return picked.questions.length === 0 ? { code: 'none-left' } : null
}

const readingSeconds = 15
const talkingSeconds = 15
const judgingSeconds = 25
const pickingSeconds = 10
const finalSeconds = 120

/** How long a round takes, roughly: half of the time to press is used, all of the time to answer. */
export function secondsOf(round: RoundSetup, { questions, final }: PickedRound): number {
  const { pressSeconds, answerSeconds, typing } = round.rules
  const aloud = readingSeconds + (pressSeconds ?? 30) / 2 + (answerSeconds ?? 15) + talkingSeconds
  const written = readingSeconds + (typing?.seconds ?? 30) + judgingSeconds
  const way = wayOf(round)
  if (way === 'board') {
    return (questions.length - Number(final)) * (aloud + pickingSeconds) + (final ? finalSeconds : 0)
  }
  return questions.length * (way === 'buzzer' ? aloud : written)
}

/** Beyond ten minutes nobody can foresee more than every fifth. */
export function roughMinutes(seconds: number): number {
  const minutes = Math.max(1, Math.round(seconds / 60))
  return minutes <= 10 ? minutes : Math.round(minutes / 5) * 5
}
