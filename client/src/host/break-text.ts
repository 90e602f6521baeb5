import { en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

/** What happens between questions, and questions that do not count. */
export const breakText = words({
  ru: {
    break: 'Перерыв',
    about: 'Экран покажет счёт и сколько осталось. Само ничего не начнётся: продолжите вы',
    minutes: (n: number) => `${n} ${ru(n, 'минута', 'минуты', 'минут')}`,
    open: 'Без срока',
    untimed: 'Без срока, пока не продолжите',
    over: 'Время перерыва вышло',
    left: (time: string) => `Осталось ${time}`,
    change: 'Другой срок',
    end: 'Закончить перерыв',
    practice: 'Пробный вопрос',
    practiceChip: 'Пробный вопрос: очки не в счёт',
    practiceShort: 'пробный',
  },
  en: {
    break: 'Break',
    about: 'The screen shows the score and how long is left. Nothing starts by itself: you go on',
    minutes: (n: number) => `${n} ${en(n, 'minute', 'minutes')}`,
    open: 'No end set',
    untimed: 'No end set, until you go on',
    over: 'The time of the break is over',
    left: (time: string) => `${time} left`,
    change: 'Another end',
    end: 'End the break',
    practice: 'Practice question',
    practiceChip: 'Practice question: points do not count',
    practiceShort: 'practice',
  },
})
