import type { Language } from '../lib/text/language.svelte.ts'

/** Twelve shapes on a grid of 24, each with the centre of its letter. */
export const shapes = [
  { name: 'circle', path: 'M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21z', y: 12 },
  { name: 'square', path: 'M2.5 2.5h19v19h-19z', y: 12 },
  { name: 'triangle', path: 'M12 1.5L23 21.5H1z', y: 15.5 },
  { name: 'diamond', path: 'M12 .5L23.5 12 12 23.5 .5 12z', y: 12 },
  { name: 'plus', path: 'M8 1.5h8V8h6.5v8H16v6.5H8V16H1.5V8H8z', y: 12 },
  { name: 'star', path: 'M12 .8l3.3 7.6 8.2.7-6.2 5.4 1.9 8.1-7.2-4.3-7.2 4.3 1.9-8.1L.5 9.1l8.2-.7z', y: 13.2 },
  { name: 'hexagon', path: 'M6.2 2h11.6l5.7 10-5.7 10H6.2L.5 12z', y: 12 },
  { name: 'drop', path: 'M12 .8c4.3 5 8.3 8.7 8.3 13.5a8.3 8.3 0 0 1-16.6 0C3.7 9.5 7.7 5.8 12 .8z', y: 14 },
  { name: 'shield', path: 'M2.5 2.5h19v9.5c0 5.3-4 8.7-9.5 11-5.5-2.3-9.5-5.7-9.5-11z', y: 11.5 },
  { name: 'triangle-down', path: 'M1 2.5h22L12 22.5z', y: 8.5 },
  { name: 'arch', path: 'M2.5 22V12a9.5 9.5 0 0 1 19 0v10z', y: 13 },
  { name: 'pennant', path: 'M2 2h20l-4 10 4 10H2z', y: 12 },
] as const

const letters: Record<Language, string> = { ru: 'АБВГДЕЖЗИКЛМ', en: 'ABCDEFGHJKLM' }

interface MarkLook {
  /** 0 to 11. */
  shape: number
  /** `А`, and from the thirteenth on `А2`. */
  letters: string
}

/** The mark of the seat with this number, 1 for the first. */
export function markOf(number: number, language: Language): MarkLook {
  const shape = (number - 1) % shapes.length
  const lap = Math.floor((number - 1) / shapes.length) + 1
  return { shape, letters: `${letters[language][shape]}${lap > 1 ? lap : ''}` }
}
