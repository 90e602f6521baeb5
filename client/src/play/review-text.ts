import { words } from '../lib/text/language.svelte.ts'

/** What the hall thinks of an answer, and what a player thinks of a verdict. */
export const reviewText = words({
  ru: {
    jury: { head: 'Голосует зал', word: '', line: 'Голос можно изменить. Решает ведущий' },
    aboutYou: 'Зал голосует о вашем ответе',
    votes: 'Каким был ответ',
    split: 'Мнение зала',
    verdicts: { right: 'Верно', partly: 'Частично', wrong: 'Неверно' },
    protest: 'Опротестовать',
    sees: 'Ведущий увидит протест',
    send: 'Отправить',
    cancel: 'Отмена',
    states: { asked: 'Протест у ведущего', upheld: 'Протест принят', rejected: 'Протест отклонён' },
    ofQuestion: (turn: number) => `вопрос ${turn}`,
  },
  en: {
    jury: { head: 'The hall votes', word: '', line: 'You may change your vote. The host decides' },
    aboutYou: 'The hall votes on your answer',
    votes: 'What the answer was',
    split: 'What the hall thinks',
    verdicts: { right: 'Right', partly: 'Partly', wrong: 'Wrong' },
    protest: 'Protest',
    sees: 'The host will see it',
    send: 'Send',
    cancel: 'Cancel',
    states: { asked: 'The host has your protest', upheld: 'Protest upheld', rejected: 'Protest rejected' },
    ofQuestion: (turn: number) => `question ${turn}`,
  },
})
