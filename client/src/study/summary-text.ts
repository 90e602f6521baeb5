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
    due: (days: number) => `вернётся ${whenRu(days)}`,
    dueTitle: 'Что когда вернётся',
    dueLine: (days: number, n: number) => `${whenRu(days)}: ${count(n)}`,
    download: 'Скачать Markdown',
    anki: (n: number) => `Забытое в Anki: ${count(n)}`,
    ankiNone: 'Всё вспомнилось, в Anki нести нечего',
    file: (title: string) => `${title}, тренировка`,
    note: 'Ответ',
    noNote: 'Ответа пока нет',
    mend: 'Поправить ответ',
    write: 'Записать ответ',
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
    due: (days: number) => `comes back ${whenEn(days)}`,
    dueTitle: 'What comes back when',
    dueLine: (days: number, n: number) => `${whenEn(days)}: ${count(n)}`,
    download: 'Download Markdown',
    anki: (n: number) => `What I forgot, to Anki: ${count(n)}`,
    ankiNone: 'All was recalled: nothing to take to Anki',
    file: (title: string) => `${title}, study session`,
    note: 'Answer',
    noNote: 'There is no answer yet',
    mend: 'Mend the answer',
    write: 'Write the answer',
    fresh: 'new',
    anew: 'The next session begins with what is due',
  },
})

function whenRu(days: number): string {
  if (days < 2) return days === 0 ? 'сегодня' : 'завтра'
  return `через ${days} ${ru(days, 'день', 'дня', 'дней')}`
}

function whenEn(days: number): string {
  if (days < 2) return days === 0 ? 'today' : 'tomorrow'
  return `in ${days} days`
}
