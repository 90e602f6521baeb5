import { words } from '../lib/text/language.svelte.ts'
import { wordsFor, type Code } from '../lib/text/refusals.ts'

/** What a quiz says of an evening and its host, said of a call. */
const ofCalls = words<Partial<Record<Code, string>>>({
  ru: {
    paused: 'Сейчас пауза. Сначала продолжите',
    'game-over': 'Звонок завершён',
    'not-started': 'Сначала покажите первый вопрос',
    'no-questions-left': 'Вопросов больше нет. Добавьте свой или завершите звонок',
    'no-such-item': 'Такого вопроса нет',
    'not-yours': 'Это может только первый интервьюер',
  },
  en: {
    paused: 'Paused. Go on first',
    'game-over': 'The call is over',
    'not-started': 'Show the first question first',
    'no-questions-left': 'No questions left. Add one or end the call',
    'no-such-item': 'There is no such question',
    'not-yours': 'Only the first interviewer can do that',
  },
})

export const callWords = (code: Code): string => ofCalls()[code] ?? wordsFor(code)
