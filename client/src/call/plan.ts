import {
  differs,
  ownOpinion,
  wasShown,
  type AgendaItem,
  type Opinion,
  type RoomState,
  type Viewer,
} from '@knopka/shared/game'

/** One question as its cell in the plan shows it. */
export interface Cell {
  item: AgendaItem
  number: number
  own: Opinion
  wasShown: boolean
  isNow: boolean
  differs: boolean
}

/** Questions that follow each other under one title. */
export interface Group {
  title: string
  cells: Cell[]
}

/** The plan in the order of asking; a title comes again where its questions do. */
export function groupsOf(state: RoomState, viewer: Viewer): Group[] {
  const groups: Group[] = []
  for (const [index, item] of (state.secret.agenda ?? []).entries()) {
    const cell: Cell = {
      item,
      number: index + 1,
      own: ownOpinion(state, viewer, item.id),
      wasShown: wasShown(state, item.id),
      isNow: state.interview?.shown?.item === item.id,
      differs: differs(state, item.id),
    }
    const last = groups.at(-1)
    if (last?.title === item.section) last.cells.push(cell)
    else groups.push({ title: item.section, cells: [cell] })
  }
  return groups
}
