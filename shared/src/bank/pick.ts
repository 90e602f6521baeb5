import type { QuestionId } from '../ids.ts'
import { seededRandom, shuffled } from '../random.ts'
import { allSections } from './outline.ts'
import type { Bank } from './question.ts'
import { shareRight, type Use } from './use.ts'

/** All of a bank that drawing looks at. */
type Sections = Pick<Bank, 'sections'>

/** What a round asks, and in which order. */
export interface RoundToPick {
  /** Section ids; a section stands for all below it. Of a board, its columns. */
  sections: string[]
  /** Of a board it follows from its columns. */
  count: number
  order: 'shuffled' | 'bank'
  /** Its questions are those that nobody has answered right yet. */
  missed?: boolean | undefined
  board?: { rows: number; final: boolean } | null | undefined
}

/** What draws one question before another. */
export interface Leaning {
  /** These come only when all others are drawn. */
  played?: ReadonlySet<QuestionId>
  /** Which come first: those answered right most of the time, or least. Of what is not known, half is expected. */
  difficulty?: 'any' | 'easy' | 'hard'
  use?: ReadonlyMap<QuestionId, Use>
}

export interface PickedRound {
  /** In the order of asking; of a board column after column from the top, and its final at the end. */
  questions: QuestionId[]
  /** Of a board; those that have no question left are not there. */
  columns: { title: string; cells: number }[]
  final: boolean
}

/** What must not come, or comes again. */
export interface Past {
  asked: readonly QuestionId[]
  missed: readonly QuestionId[]
}

/** Questions drawn beyond those of a round, for tie-breaks, for practice, and in place of what is gone. */
const reserve = 5

/** Questions of these sections and of all below them, each once, in the bank's order. */
export function questionsIn({ sections }: Sections, picked: string[]): QuestionId[] {
  const wanted = new Set(picked)
  const below = allSections(sections).filter(({ id }) => wanted.has(id))
  const held = new Set(below.flatMap((section) => allSections([section])).flatMap(({ questions }) => questions))
  return allSections(sections).flatMap(({ questions }) => questions.filter((id) => held.has(id)))
}

/**
 * The same rounds and seed give the same questions of the same bank, as long as they lean the same way, and no question
 * twice. What leans decides which questions are drawn for each round and each column; among them the order stands, but
 * for played ones, which stay last. A round of what was missed leans nowhere.
 * @param first the how-manieth of the evening the first of these rounds is, 1 for the first
 */
export function pickRounds(
  bank: Sections,
  rounds: RoundToPick[],
  seed: string,
  leaning: Leaning = {},
  { asked, missed }: Past = { asked: [], missed: [] },
  first = 1,
): { rounds: PickedRound[]; spare: QuestionId[] } {
  const gone = new Set(asked)
  const spare: QuestionId[] = []
  const picked = rounds.map((round, index) => {
    const number = first + index
    const drawn = (sections: string[], salt: string) =>
      inOrder(questionsIn(bank, sections), round.order, salt).filter((id) => !gone.has(id))
    const own = number === 1 ? seed : `${seed} ${number}`
    const { questions, columns, final, left } = round.missed
      ? { ...plain(inOrder([...missed], round.order, own), round.count), left: [] }
      : round.board
        ? onBoard(bank, round.sections, round.board, leaning, (section) => drawn([section], `${own} ${section}`))
        : plain(leant(drawn(round.sections, own), round.count, leaning), round.count)
    questions.forEach((id) => gone.add(id))
    spare.push(...left)
    return { questions, columns, final }
  })
  return { rounds: picked, spare: [...new Set(spare)].filter((id) => !gone.has(id)) }
}

const inOrder = (ids: QuestionId[], order: RoundToPick['order'], seed: string): QuestionId[] =>
  order === 'shuffled' ? shuffled(ids, seededRandom(seed)) : ids

/** All of them, those that are asked first: `count` in the order in which they came, and then what stands behind them. */
function leant(
  ordered: QuestionId[],
  count: number,
  { played = new Set(), difficulty = 'any', use = new Map() }: Leaning,
): QuestionId[] {
  const unplayedFirst = [false, true].flatMap((isPlayed) => ordered.filter((id) => played.has(id) === isPlayed))
  const rank = (id: QuestionId) => rankOf(use.get(id), difficulty)
  // Sorting keeps the order of equals, and of all where no difficulty is wanted.
  const ranked = unplayedFirst.toSorted((a, b) => Number(played.has(a)) - Number(played.has(b)) || rank(a) - rank(b))
  const evening = new Set(ranked.slice(0, count))
  return [...unplayedFirst.filter((id) => evening.has(id)), ...ranked.slice(count)]
}

/** The least comes first. */
function rankOf(use: Use | undefined, difficulty: Leaning['difficulty']): number {
  if (difficulty === 'any') return 0
  const share = (use && shareRight(use)) ?? 0.5
  return difficulty === 'easy' ? -share : share
}

type Drawn = PickedRound & { left: QuestionId[] }

const plain = (ids: QuestionId[], count: number): Drawn => ({
  questions: ids.slice(0, count),
  columns: [],
  final: false,
  left: ids.slice(count, count + reserve),
})

function onBoard(
  bank: Sections,
  sections: string[],
  { rows, final }: NonNullable<RoundToPick['board']>,
  leaning: Leaning,
  drawn: (section: string) => QuestionId[],
): Drawn {
  const taken = new Set<QuestionId>()
  const left: QuestionId[] = []
  const columns = sections.flatMap((section) => {
    const free = drawn(section).filter((id) => !taken.has(id))
    const ids = leant(free, rows, leaning)
    const cells = ids.slice(0, rows)
    cells.forEach((id) => taken.add(id))
    left.push(...ids.slice(rows, rows + reserve))
    const title = allSections(bank.sections).find(({ id }) => id === section)?.title
    return title !== undefined && cells.length > 0 ? [{ title, cells: cells.length }] : []
  })
  const spare = left.filter((id) => !taken.has(id))
  const last = final ? spare.slice(-1) : []
  return {
    questions: [...taken, ...last],
    columns,
    final: last.length > 0,
    left: spare.filter((id) => !last.includes(id)),
  }
}
