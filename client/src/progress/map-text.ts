import { count, en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'
import { standings, type Counts, type Standing } from './map.ts'

/** Words of a map: one person's, or a team's. */
export const mapText = words({
  ru: {
    standings: { known: 'знаете', shaky: 'шатко', due: 'пора повторить', unseen: 'не видели' },
    together: { known: 'знаем', shaky: 'шатко', due: 'пора повторить', unseen: 'не видели' },
    short: { known: 'знакомо', shaky: 'шатко', due: 'пора', unseen: 'новых' },
    columns: {
      section: 'Раздел',
      known: 'Знакомо',
      shaky: 'Шатко',
      due: 'Пора повторить',
      unseen: 'Не видели',
      total: 'Всего',
    },
    percent: (share: number) => `знакомо ${share}\u00a0%`,
    table: 'Те же цифры таблицей',
    tableAbout: 'Вопросы по разделам',
    whole: 'Весь банк',
    parts: (title: string) => `Подразделы: ${title}`,
    nothing: 'пока пусто',
    questions: (n: number) => `${count(n)}\u00a0${ru(n, 'вопрос', 'вопроса', 'вопросов')}`,
  },
  en: {
    standings: { known: 'you know', shaky: 'shaky', due: 'to repeat', unseen: 'not seen' },
    together: { known: 'we know', shaky: 'shaky', due: 'to repeat', unseen: 'not seen' },
    short: { known: 'known', shaky: 'shaky', due: 'due', unseen: 'new' },
    columns: { section: 'Section', known: 'Known', shaky: 'Shaky', due: 'To repeat', unseen: 'Not seen', total: 'All' },
    percent: (share: number) => `${share}% known`,
    table: 'The same figures as a table',
    tableAbout: 'Questions by section',
    whole: 'The whole bank',
    parts: (title: string) => `Parts of: ${title}`,
    nothing: 'nothing here yet',
    questions: (n: number) => `${count(n)}\u00a0${en(n, 'question', 'questions')}`,
  },
})

/** «знакомо 98 · шатко 44»; what is none is left out. */
export function inWords(counts: Counts, between = ' · '): string {
  const part = (standing: Standing) => `${mapText().short[standing]}\u00a0${count(counts[standing])}`
  return (
    standings
      .filter((standing) => counts[standing] > 0)
      .map(part)
      .join(between) || mapText().nothing
  )
}
