import type { Standing } from './map.ts'

/** What is drawn of the cells; the shapes differ, whatever their colour. A shaky one is a square and its lower half. */
export const inks = ['known', 'shaky', 'half', 'due', 'unseen'] as const
export type Ink = (typeof inks)[number]

const side = 13
/** From one cell to the next. */
const pitch = side + 3

const square = (x: number, y: number) => `M${x + 1} ${y + 1}h${side - 2}v${side - 2}h${2 - side}z`
const half = (x: number, y: number) => `M${x + side - 1} ${y + 1}v${side - 2}h${2 - side}z`
const ring = (x: number, y: number) => `M${x + 2} ${y + side / 2}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z`

const shapes: Record<Ink, { of: Standing; draw: (x: number, y: number) => string }> = {
  known: { of: 'known', draw: square },
  shaky: { of: 'shaky', draw: square },
  half: { of: 'shaky', draw: half },
  due: { of: 'due', draw: ring },
  unseen: { of: 'unseen', draw: square },
}

export interface Drawing {
  width: number
  height: number
  /** A path for each ink: a bank of thousands is not thousands of elements. */
  paths: Record<Ink, string>
}

/** Row by row, in their order. */
export function drawingOf(cells: readonly Standing[], perRow: number): Drawing {
  const drawnIn = (ink: Ink) =>
    cells
      .map((cell, at) =>
        cell === shapes[ink].of ? shapes[ink].draw((at % perRow) * pitch, Math.floor(at / perRow) * pitch) : '',
      )
      .join('')
  return {
    width: perRow * pitch - 3,
    height: Math.max(1, Math.ceil(cells.length / perRow)) * pitch - 3,
    paths: Object.fromEntries(inks.map((ink) => [ink, drawnIn(ink)])) as Record<Ink, string>,
  }
}
