import type { Protest } from '@knopka/shared/game'
import { en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

/** What the hall thinks, and who protests. */
export const opinionsText = words({
  ru: {
    askHall: 'Спросить зал',
    voting: (n: number, of: number) => `${ru(n, 'Голосует', 'Голосуют', 'Голосуют')}: ${n} из ${of}`,
    hall: 'Зал считает',
    protests: (n: number) => `Протестов: ${n}`,
    title: 'Протесты',
    unruled: 'ждёт решения',
    upheld: 'принят',
    rejected: 'отклонён',
    uphold: 'Принять',
    reject: 'Отклонить',
    inLog: (ruling: string) => `протест ${ruling}`,
    notJudged: 'Без оценки',
    asked: (turn: number) => `Вопрос ${turn}`,
    chose: (options: string) => `Выбор: ${options}`,
    answered: (name: string) => `Ответ: ${name}`,
    typed: (text: string) => `Ответ: «${text}»`,
    about: 'Решение само очков не меняет: приняв протест, исправьте оценку',
  },
  en: {
    askHall: 'Ask the hall',
    voting: (n: number, of: number) => `Voting: ${n} of ${of}`,
    hall: 'The hall thinks',
    protests: (n: number) => `${n} ${en(n, 'protest', 'protests')}`,
    title: 'Protests',
    unruled: 'awaits a ruling',
    upheld: 'upheld',
    rejected: 'rejected',
    uphold: 'Uphold',
    reject: 'Reject',
    inLog: (ruling: string) => `protest ${ruling}`,
    notJudged: 'Not judged',
    asked: (turn: number) => `Question ${turn}`,
    chose: (options: string) => `Chose ${options}`,
    answered: (name: string) => `Answer of ${name}`,
    typed: (text: string) => `Answer: "${text}"`,
    about: 'A ruling changes no points by itself: having upheld a protest, mend the verdict',
  },
})

export function rulingOf({ upheld }: Pick<Protest, 'upheld'>): string {
  const { unruled, upheld: accepted, rejected } = opinionsText()
  if (upheld === null) return unruled
  return upheld ? accepted : rejected
}
