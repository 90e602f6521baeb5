import { verdictOnChoice, type PlayedQuestion } from '@knopka/shared/game'

export type Filter = 'all' | 'missed' | 'nobody'

/** `missed`: some answered and nobody was right. `nobody`: no one pressed, chose, or typed. */
const passes: Record<Filter, (question: PlayedQuestion) => boolean> = {
  all: () => true,
  missed: ({ presses, verdicts, choices, typing }) =>
    typing
      ? typing.answers.length > 0 && typing.answers.every(({ verdict }) => verdict !== 'right')
      : choices
        ? choices.marks.length > 0 && choices.marks.every((mark) => verdictOnChoice(choices, mark) === 'wrong')
        : presses.length > 0 && verdicts.every(({ verdict }) => verdict !== 'right'),
  nobody: ({ presses, choices, typing }) => (typing?.answers ?? choices?.marks ?? presses).length === 0,
}

export const filters = Object.keys(passes) as Filter[]

export const isShown = (question: PlayedQuestion, filter: Filter): boolean => passes[filter](question)

export const countOf = (questions: PlayedQuestion[], filter: Filter): number => questions.filter(passes[filter]).length
