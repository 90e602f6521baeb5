import { count, en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

const noBreak = '\u00a0'
const ruQuestions = (n: number) => `${count(n)}${noBreak}${ru(n, 'вопрос', 'вопроса', 'вопросов')}`
const enQuestions = (n: number) => `${count(n)}${noBreak}${en(n, 'question', 'questions')}`
const ruDays = (n: number) => `${count(n)}${noBreak}${ru(n, 'день', 'дня', 'дней')}`
const ruRatings = (n: number) => `${count(n)}${noBreak}${ru(n, 'оценка', 'оценки', 'оценок')}`

/** Words of the page of one's own progress. */
export const text = words({
  ru: {
    home: 'На главную',
    heading: 'Мой прогресс',
    bank: 'Банк',
    allBanks: 'Все банки вместе',
    ofBank: (title: string, n: number) => `${title} · ${ruQuestions(n)}`,
    refused: 'Прогресс не открылся',
    noBanks: 'Банки не открылись',
    again: 'Попробовать ещё раз',
    gone: 'Прогресс под этим ключом удалён',
    goneAbout: 'Его удалили для всех устройств с этим ключом. Здесь можно начать новый.',
    anew: 'Начать новый',
    map: 'Карта банка',
    study: (n: number) => (n > 0 ? `Повторить ${count(n)}` : 'Открыть занятие'),
    tomorrow: 'пора будет к этому часу завтра',
    lost: (n: number) =>
      `В банке больше нет ваших вопросов: ${count(n)}. Прогресс по ним хранится, но их не спрашивают`,
    streak: (n: number) => `${ru(n, 'день', 'дня', 'дней')} занятий без долгого перерыва`,
    noStreak: 'дней занятий: серия начнётся со следующего',
    forgiving: 'Пропуск в несколько дней серию не прерывает',
    lastDay: (day: string) => `последнее занятие ${day}`,
    nothingYet: 'Здесь появится то, что вы оцените на занятиях',
    days: 'Двенадцать недель',
    daysAbout: (ratings: number, days: number) => `${ruRatings(ratings)} за ${ruDays(days)}`,
    daysTable: 'По дням таблицей',
    day: 'День',
    rated: 'Оценок',
    notKnown: 'Из них «не знаю»',
    daysLegend: { rest: 'вспомнилось', again: 'не вспомнилось' },
    noDays: 'За эти недели оценок нет',
    due: 'Пора повторить',
    dueNone: 'Сейчас в этом банке повторять нечего',
    more: (n: number) => `Показать ещё ${count(n)}`,
    anki: 'В Anki',
    ankiLong: 'Скачать для Anki то, что пора повторить или не вспомнилось',
    ankiNone: 'Нечего повторять',
  },
  en: {
    home: 'To the start',
    heading: 'My progress',
    bank: 'Bank',
    allBanks: 'All banks together',
    ofBank: (title: string, n: number) => `${title} · ${enQuestions(n)}`,
    refused: 'The progress did not open',
    noBanks: 'The banks did not open',
    again: 'Try again',
    gone: 'The progress under this key was deleted',
    goneAbout: 'It was deleted for every device with this key. You can begin a new one here.',
    anew: 'Begin a new one',
    map: 'The map of the bank',
    study: (n: number) => (n > 0 ? `Repeat ${count(n)}` : 'Open a session'),
    tomorrow: 'due by this hour tomorrow',
    lost: (n: number) =>
      `${enQuestions(n)} of your progress ${en(n, 'is', 'are')} no longer in the bank: kept, not asked`,
    streak: (n: number) => `${en(n, 'day', 'days')} of study without a long pause`,
    noStreak: 'days of study: a streak begins with the next one',
    forgiving: 'A few days off do not break it',
    lastDay: (day: string) => `last studied ${day}`,
    nothingYet: 'What you rate in sessions will show here',
    days: 'Twelve weeks',
    daysAbout: (ratings: number, days: number) =>
      `${count(ratings)}${noBreak}${en(ratings, 'rating', 'ratings')} on ${count(days)}${noBreak}${en(days, 'day', 'days')}`,
    daysTable: 'Day by day as a table',
    day: 'Day',
    rated: 'Ratings',
    notKnown: 'Of these not known',
    daysLegend: { rest: 'recalled', again: 'not recalled' },
    noDays: 'No ratings in these weeks',
    due: 'To repeat',
    dueNone: 'Nothing to repeat in this bank now',
    more: (n: number) => `Show ${count(n)} more`,
    anki: 'To Anki',
    ankiLong: 'Download for Anki what is due or was not recalled',
    ankiNone: 'Nothing to repeat',
  },
})
