import type { Board, RoomState } from '@knopka/shared/game'

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const

interface Place {
  column: number
  row: number
}

/** The cells of each column, by their numbers. */
export function columnsOf({ columns }: Board): { title: string; cells: number[] }[] {
  let first = 0
  return columns.map(({ title, cells }) => {
    const numbers = Array.from({ length: cells }, (_, row) => first + row)
    first += cells
    return { title, cells: numbers }
  })
}

/**
 * Where an arrow leads on a board: up and down in a column, sideways to the nearest row of the next column, past cells
 * that were played. @returns `from` where it leads nowhere
 */
export function stepFrom(board: Board, cells: RoomState['cells'], from: number, key: string): number {
  const [across, down] = ways[key as keyof typeof ways] ?? [0, 0]
  const here = placeOf(board, from)
  const free = columnsOf(board).flatMap(({ cells: numbers }, column) =>
    numbers.map((cell, row) => ({ cell, column, row })).filter(({ cell }) => cells[cell] === null),
  )
  const ahead = free.filter(({ column, row }) =>
    across === 0 ? column === here.column && (row - here.row) * down > 0 : (column - here.column) * across > 0,
  )
  const far = ({ column, row }: Place) => Math.abs(column - here.column) * 100 + Math.abs(row - here.row)
  return ahead.sort((a, b) => far(a) - far(b))[0]?.cell ?? from
}

function placeOf(board: Board, cell: number): Place {
  const column = columnsOf(board).findIndex(({ cells }) => cells.includes(cell))
  return { column, row: columnsOf(board)[column]?.cells.indexOf(cell) ?? 0 }
}
