import { en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

/** What only questions with options need. */
export const choicesText = words({
  ru: {
    options: (n: number) => `${n} ${ru(n, 'вариант', 'варианта', 'вариантов')}`,
    open: 'Открыть варианты',
    opened: 'Варианты открыты',
    several: 'Верных несколько: засчитаем тех, кто выбрал их все и ничего больше',
    awaited: 'Ждём',
    away: 'нет связи',
    others: (n: number) => `ещё ${n}`,
    mend: 'Верно другое',
    mending: (turn: number) => `Вопрос ${turn}: что верно`,
    earns: {
      none: 'Верных нет: вопрос никому не принесёт очков',
      one: 'Очки получат все, кто выбрал отмеченный вариант',
      any: 'Очки получат все, кто выбрал любой из отмеченных',
      all: 'Очки получат те, кто выбрал все отмеченные и ничего больше',
    },
    becomes: (n: number) => `станет ${n}`,
    recount: 'Пересчитать',
    unmended: 'отметки прежние',
    recountHow: 'Очки за этот вопрос пересчитаем всем, и верное на экране сменится. Вернуть можно так же',
  },
  en: {
    options: (n: number) => `${n} ${en(n, 'option', 'options')}`,
    open: 'Open the options',
    opened: 'Options are open',
    several: 'Several are right: only those count who chose all of them and nothing else',
    awaited: 'Waiting for',
    away: 'not connected',
    others: (n: number) => `${n} more`,
    mend: 'Something else is right',
    mending: (turn: number) => `Question ${turn}: what is right`,
    earns: {
      none: 'None is right: the question earns nobody points',
      one: 'Everyone who chose the ticked option earns points',
      any: 'Everyone who chose any of the ticked ones earns points',
      all: 'Those who chose all of the ticked ones and nothing else earn points',
    },
    becomes: (n: number) => `${n} if recounted`,
    recount: 'Recount',
    unmended: 'nothing has changed',
    recountHow: "Everyone's points for this question are counted anew, and the screen follows. Undo it the same way",
  },
})
