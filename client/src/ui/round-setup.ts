import {
  pickRounds,
  type Leaning,
  type Past,
  type PickedRound,
  type RoundToPick,
  type Section,
} from '@knopka/shared/bank'
import { fitScoring, wayOf, type RoundPlay, type Way } from '@knopka/shared/game'
import type { BoardSettings, ChoiceRules, RoundRules, RoundSettings, TypingRules } from '@knopka/shared/contracts'
import { coverOf, pickedFrom, toggle, type Tick } from './picked.ts'
import { allAbove, withAllBelow, type Tree, type TreeSection } from './tree.ts'

/** From where a round has its questions; of a board they are its columns. */
export type RoundSections = Pick<RoundSettings, 'sections' | 'board'>

/** Without what this way of playing has no use for. */
export function usedRules(round: RoundPlay): RoundRules {
  const way = wayOf(round)
  const rules = { ...round.rules, scoring: fitScoring(round) }
  if (way === 'buzzer') return rules
  return { ...rules, choices: null, typing: way === 'board' ? null : (rules.typing ?? null) }
}

/** Of a right choice among options. */
export const choicePoints = ['plain', 'penalty', 'by-time'] as const
/** What the first row of a board is worth. */
export const stepChoices: readonly number[] = [1, 10, 100, 200]
export const doublesChoices: readonly number[] = [0, 1, 2, 3, 4]
/** The room's own limits: importing them would bring their checker, zod, into the page. */
export const mostColumns = 8
export const mostRows = 10

export const firstChoiceRules: ChoiceRules = { points: 'plain', seconds: 20 }
export const firstTyping = { text: 30, number: 30 } as const satisfies Record<TypingRules['kind'], number>
export const firstBoard: BoardSettings = { rows: 5, step: 100, doubles: 1, final: true }

/** Points by time need a time. */
export const withClock = (rules: ChoiceRules): ChoiceRules =>
  rules.points === 'by-time' && rules.seconds === null ? { ...rules, seconds: firstChoiceRules.seconds } : rules

/** Points that are lost belong to a board, as everyone knows it. */
export function inWay<Round extends Pick<RoundSettings, 'rules' | 'board'>>(round: Round, way: Way): Round {
  if (way === wayOf(round)) return round
  const scoring = way === 'board' ? 'penalty' : wayOf(round) === 'board' ? 'plain' : round.rules.scoring
  const typing = way === 'text' || way === 'number' ? { kind: way, seconds: firstTyping[way] } : null
  return { ...round, rules: { ...round.rules, scoring, typing }, board: way === 'board' ? firstBoard : null }
}

/** Another round, asked by the same rules, of sections that are still to be picked. */
export function roundAfter(round: Pick<RoundSettings, 'rules' | 'order' | 'board'>) {
  const { rules, order } = inWay(round, 'buzzer')
  return { title: null, sections: [], count: 10, order, rules, board: null } satisfies RoundSettings
}

/**
 * With this section ticked or not any more. On a board each picked section is a column, in the order of ticking, and
 * columns do not overlap. @returns `null` where the board has no room for one more
 */
export function ticked(tree: Tree, round: RoundSections, section: TreeSection): string[] | null {
  if (!round.board) return coverOf(tree, toggle(pickedFrom(tree, round.sections).picked, section))
  const { sections } = round
  if (sections.includes(section.id)) return sections.filter((id) => id !== section.id)
  const near = new Set([...allAbove(section), ...withAllBelow(section)].map(({ id }) => id))
  const others = sections.filter((id) => !near.has(id))
  return others.length < mostColumns ? [...others, section.id] : null
}

/** On a board a heading is no column because all below it are. */
export const tickIn = ({ board, sections }: RoundSections, section: TreeSection, tick: Tick): Tick =>
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
  { rounds, seed }: { rounds: RoundToPick[]; seed: string },
  leaning: Leaning = {},
  ...before: [past?: Past, first?: number]
): PickedRound[] => pickRounds({ sections: top.map(bare) }, rounds, seed, leaning, ...before).rounds

/** A column of a board: how many questions are left for it. */
export interface Column {
  section: TreeSection
  cells: number
}

/** Those that have no question left are not among what is drawn. */
export function columnsOf(
  { byId }: Tree,
  { sections }: Pick<RoundSettings, 'sections'>,
  { columns }: PickedRound,
): Column[] {
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

export function faultOf(tree: Tree, round: RoundSections, picked: PickedRound): Fault | null {
  const { sections, board } = round
  if (sections.length === 0) return { code: 'no-sections' }
  if (board && sections.length > mostColumns) return { code: 'too-many-columns', columns: sections.length }
  const empty = board ? columnsOf(tree, round, picked).find(({ cells }) => cells === 0) : undefined
  if (empty) return { code: 'empty-column', title: empty.section.title }
  return picked.questions.length === 0 ? { code: 'none-left' } : null
}
