import type { Cell } from './cells.ts'

const everyMs = 5000

/** How far the cells are that are being played. */
export class Progress {
  readonly #say: (text: string) => void
  readonly #left: Map<Cell, { played: number; all: number }>
  #saidAt = 0

  constructor(cells: readonly Cell[], say: (text: string) => void) {
    this.#say = say
    const roundsIn = ({ rooms }: Cell) => rooms.reduce((sum, { rounds }) => sum + rounds, 0)
    this.#left = new Map(cells.map((cell) => [cell, { played: 0, all: roundsIn(cell) }]))
  }

  played(cell: Cell): void {
    const one = this.#left.get(cell)
    if (one) one.played++
    if (performance.now() - this.#saidAt > everyMs) this.#tell()
  }

  done(cell: Cell): void {
    this.#left.delete(cell)
    this.#tell()
  }

  #tell(): void {
    this.#saidAt = performance.now()
    const begun = [...this.#left].filter(([, { played }]) => played > 0)
    const parts = begun.map(([{ id }, { played, all }]) => `${id}: ${played} of ${all} rounds`)
    this.#say([...parts, `${this.#left.size} cells left`].join(', '))
  }
}
