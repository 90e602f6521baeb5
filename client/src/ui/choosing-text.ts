import type { Turn } from '@knopka/shared/game'
import { ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'
import { rightMarks } from './choosing.ts'

/** What the console and the projector say of a question that everyone answers. */
export const choosingText = words({
  ru: {
    answered: (n: number, of: number) => `${ru(n, 'Ответил', 'Ответили', 'Ответили')} ${n} из ${of}`,
    right: (n: number, of: number) => `Верно ${ru(n, 'ответил', 'ответили', 'ответили')} ${n} из ${of}`,
    nobody: 'Никто не ответил',
    uncounted: 'Вопрос не засчитан',
    isRight: 'верно',
    chosenBy: (n: number) => `${ru(n, 'выбрал', 'выбрали', 'выбрали')} ${n}`,
  },
  en: {
    answered: (n: number, of: number) => `${n} of ${of} answered`,
    right: (n: number, of: number) => `${n} of ${of} got it right`,
    nobody: 'Nobody answered',
    uncounted: 'The question does not count',
    isRight: 'right',
    chosenBy: (n: number) => `chosen by ${n}`,
  },
})

/** How a question that everyone answered came out, in one line. */
export function outcomeOf(turn: Turn): string {
  const { right, nobody, uncounted } = choosingText()
  const count = turn.secret.marks?.length ?? 0
  if (count === 0) return nobody
  return turn.choosing?.right?.length === 0 ? uncounted : right(rightMarks(turn).length, count)
}
