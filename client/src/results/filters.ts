import type { PlayedQuestion } from '@knopka/shared/game'

export type Filter = 'all' | 'missed' | 'nobody'

/** `missed`: someone pressed and nobody was right. `nobody`: no one pressed. */
const passes: Record<Filter, (question: PlayedQuestion) => boolean> = {
  all: () => true,
  missed: ({ presses, verdicts }) => presses.length > 0 && verdicts.every(({ verdict }) => verdict !== 'right'),
  nobody: ({ presses }) => presses.length === 0,
}

export const filters = Object.keys(passes) as Filter[]

export const isShown = (question: PlayedQuestion, filter: Filter): boolean => passes[filter](question)

export const countOf = (questions: PlayedQuestion[], filter: Filter): number => questions.filter(passes[filter]).length
