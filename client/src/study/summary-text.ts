import { count, en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

export const summaryText = words({
  ru: {
    title: 'Итог тренировки',
    questions: 'Что спрашивали',
    asked: (n: number, fresh: number) =>
      `${count(n)} ${ru(n, 'вопрос', 'вопроса', 'вопросов')}, из них ${ru(fresh, 'новый', 'новых', 'новых')} ${count(fresh)}`,
    none: 'Пока ничего не спрошено',
    rated: (n: number) => `ваших оценок: ${count(n)}`,
    ratings: { again: 'снова', hard: 'трудно', good: 'помню', easy: 'легко' },
    unrated: 'без оценки',
    own: 'Ваша оценка',
    privately: 'Оценки видите только вы',
    aloud: (name: string) => `вслух ${name}`,
    votes: (right: number, partly: number, wrong: number) => `знает: ${right}, частично: ${partly}, не знает: ${wrong}`,
    due: (days: number) =>
      days === 0
        ? 'снова сегодня'
        : days === 1
          ? 'снова завтра'
          : `снова через ${days} ${ru(days, 'день', 'дня', 'дней')}`,
    dueTitle: 'Что когда вернётся',
    dueLine: (days: number, n: number) =>
      `${days === 0 ? 'сегодня' : days === 1 ? 'завтра' : `через ${days} ${ru(days, 'день', 'дня', 'дней')}`}: ${count(n)}`,
    download: 'Скачать Markdown',
    file: (title: string) => `${title}, тренировка`,
    note: 'Ответ',
    noNote: 'Ответа пока нет',
    mend: 'Поправить ответ',
    write: 'Записать ответ',
    texts: 'Написано',
    fresh: 'новый',
    anew: 'Новая тренировка начнётся с того, что пора повторить',
  },
  en: {
    title: 'Summary of the session',
    questions: 'What was asked',
    asked: (n: number, fresh: number) => `${count(n)} ${en(n, 'question', 'questions')}, ${count(fresh)} of them new`,
    none: 'Nothing was asked yet',
    rated: (n: number) => `your ratings: ${count(n)}`,
    ratings: { again: 'again', hard: 'hard', good: 'good', easy: 'easy' },
    unrated: 'not rated',
    own: 'Your rating',
    privately: 'Only you see your ratings',
    aloud: (name: string) => `${name} aloud`,
    votes: (right: number, partly: number, wrong: number) => `knows it: ${right}, partly: ${partly}, no: ${wrong}`,
    due: (days: number) => (days === 0 ? 'again today' : days === 1 ? 'again tomorrow' : `again in ${days} days`),
    dueTitle: 'What comes back when',
    dueLine: (days: number, n: number) =>
      `${days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`}: ${count(n)}`,
    download: 'Download Markdown',
    file: (title: string) => `${title}, study session`,
    note: 'Answer',
    noNote: 'There is no answer yet',
    mend: 'Mend the answer',
    write: 'Write the answer',
    texts: 'Typed',
    fresh: 'new',
    anew: 'The next session begins with what is due',
  },
})
