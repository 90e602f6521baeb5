import { words } from '../lib/text/language.svelte.ts'
import { wordsFor, type Code } from '../lib/text/refusals.ts'

/** What a quiz says of an evening and its host, said of a room that nobody runs. */
const ofStudies = words<Partial<Record<Code, string>>>({
  ru: {
    paused: 'Сейчас пауза. Сначала продолжите',
    'not-started': 'Сначала начните тренировку',
    'question-closed': 'Ответы уже открыты',
    'not-by-typing': 'Сейчас не пишем. Это меняется в настройках',
    'nobody-answers': 'Сначала кто-нибудь отвечает вслух',
    'no-room': 'Такой комнаты нет. Проверьте ссылку',
    'bad-token': 'Ссылка устарела. Попросите новую у тех, кто внутри',
    'room-full': 'В комнате больше нет мест',
    removed: 'Участники попросили вас выйти',
    'not-yours': 'Это можно только за себя',
    'no-sections': 'В этих разделах нет вопросов. Выберите другие',
    'no-bank': 'Банка этой комнаты на сервере больше нет',
    'server-error': 'На сервере сбой. Попробуйте ещё раз',
  },
  en: {
    paused: 'Paused. Go on first',
    'not-started': 'Begin the session first',
    'question-closed': 'The answers are shown already',
    'not-by-typing': 'Nobody types now. The settings change that',
    'nobody-answers': 'First somebody answers aloud',
    'no-room': 'There is no such room. Check the link',
    'bad-token': 'The link is out of date. Ask somebody inside for a new one',
    'room-full': 'There are no seats left in this room',
    removed: 'The others have asked you to leave',
    'not-yours': 'Everyone does that for themselves',
    'no-sections': 'These sections hold no questions. Pick others',
    'no-bank': 'The server no longer has the bank of this room',
    'server-error': 'The server has a fault. Try once more',
  },
})

export const studyWords = (code: Code): string => ofStudies()[code] ?? wordsFor(code)
