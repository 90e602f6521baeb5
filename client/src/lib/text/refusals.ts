import type { Ack, HandshakeRefusal, HttpRefusal } from '@knopka/shared/contracts'
import type { RefusalCode } from '@knopka/shared/game'
import { ru as ruForm } from './form.ts'
import { words } from './language.svelte.ts'

/** Every way in which Knopka says no. */
export type Code =
  RefusalCode | HandshakeRefusal['code'] | HttpRefusal['code'] | Extract<Ack, { ok: false }>['code'] | 'offline'

/** What happened, and what to do: a sentence or two each. A code without words does not compile. */
const refusals = words<Record<Code, string>>({
  ru: {
    'no-room': 'Такой комнаты нет. Проверьте код на экране',
    'room-locked': 'Ведущий закрыл вход. Попросите его открыть',
    'room-full': 'В комнате больше нет мест',
    'name-taken': 'Такое имя уже есть. Добавьте букву или фамилию',
    removed: 'Ведущий убрал вас из игры. Попросите впустить снова',
    'no-seat': 'Такого игрока здесь нет',
    'not-yours': 'Это может сделать только ведущий',
    'not-started': 'Вопроса пока нет',
    'game-over': 'Вечер окончен',
    paused: 'Пауза. Продолжит ведущий',
    'no-questions-left': 'Вопросы кончились. Завершите вечер или сыграйте решающий вопрос',
    'no-tie': 'Решающий вопрос нужен, когда первое место делят двое или больше',
    'turn-open': 'Вопрос ещё идёт',
    'question-closed': 'Этот вопрос уже закрыт',
    'already-open': 'Кнопки уже открыты',
    'someone-answers': 'Сейчас отвечает другой',
    'nobody-answers': 'Сейчас никто не отвечает',
    'not-in-tie-break': 'Решающий вопрос: играют те, кто делит первое место',
    'locked-out': 'Ваш ответ на этот вопрос уже был',
    'time-is-up': 'Время вышло',
    'already-judged': 'Эта оценка уже стоит',
    'no-verdict': 'Отменять пока нечего',
    'never-pressed': 'На этот вопрос этот игрок не нажимал',
    'no-note': 'У этого вопроса нет ответа в банке',
    'by-choice': 'Здесь отвечают выбором, а не кнопкой',
    'not-by-choice': 'У этого вопроса нет вариантов',
    'not-open': 'Варианты ещё не открыты',
    'already-chosen': 'Ваш ответ уже принят, изменить его нельзя',
    'no-such-choice': 'Такого варианта здесь нет',
    'bad-request': 'Сервер не понимает эту страницу. Обновите её',
    'too-many': 'Слишком много попыток. Подождите немного',
    'too-large': 'Слишком длинно. Сократите',
    full: 'Сервер переполнен. Попробуйте через минуту',
    'server-error': 'На сервере сбой. Попробуйте ещё раз',
    'needs-websocket': 'В строгой комнате нужен WebSocket, а сеть его не пропускает. Попробуйте другую сеть',
    'old-page': 'Страница устарела. Обновите её',
    'bad-token': 'Ссылка больше не действует. Попросите у ведущего новую',
    'no-bank': 'Такого банка вопросов на этом сервере нет',
    'no-sections': 'В выбранных разделах нет вопросов. Выберите другие',
    'wrong-password': 'Пароль не подходит. Спросите его у того, кто держит сервер',
    'no-results': 'Итогов по этой ссылке нет. Они хранятся 30 дней',
    'foreign-origin': 'Откройте страницу по её собственному адресу',
    'not-found': 'Здесь ничего нет',
    offline: 'Сервер не отвечает. Проверьте, что вы в той же сети',
  },
  en: {
    'no-room': 'No such room. Check the code on the screen',
    'room-locked': 'The host has closed the door. Ask to open it',
    'room-full': 'There are no seats left in this room',
    'name-taken': 'That name is taken. Add a letter or a surname',
    removed: 'The host has taken you out of the game. Ask to be let back in',
    'no-seat': 'There is no such player here',
    'not-yours': 'Only the host can do that',
    'not-started': 'There is no question yet',
    'game-over': 'The evening is over',
    paused: 'A pause. The host goes on',
    'no-questions-left': 'No questions are left. End the evening, or play a tie-break',
    'no-tie': 'A tie-break is for two or more who share the first place',
    'turn-open': 'The question is still on',
    'question-closed': 'This question is closed',
    'already-open': 'The buzzers are open already',
    'someone-answers': 'Someone else answers now',
    'nobody-answers': 'Nobody answers now',
    'not-in-tie-break': 'A tie-break: those who share the first place play',
    'locked-out': 'You have had your answer to this question',
    'time-is-up': 'Time is up',
    'already-judged': 'That verdict stands already',
    'no-verdict': 'There is nothing to undo yet',
    'never-pressed': 'This player did not press on that question',
    'no-note': 'The bank has no answer to this question',
    'by-choice': 'This one is answered by choosing, not by the buzzer',
    'not-by-choice': 'This question has no options',
    'not-open': 'The options are not open yet',
    'already-chosen': 'Your answer is in and cannot be changed',
    'no-such-choice': 'There is no such option',
    'bad-request': 'The server does not understand this page. Reload it',
    'too-many': 'Too many tries. Wait a little',
    'too-large': 'Too long. Make it shorter',
    full: 'The server is full. Try again in a minute',
    'server-error': 'The server has a fault. Try once more',
    'needs-websocket': 'A strict room needs a WebSocket, and this network lets none through. Try another network',
    'old-page': 'This page is out of date. Reload it',
    'bad-token': 'This link is no longer valid. Ask the host for a new one',
    'no-bank': 'This server has no such question bank',
    'no-sections': 'The sections you picked hold no questions. Pick others',
    'wrong-password': 'That is not the password. Ask whoever runs the server',
    'no-results': 'There are no results here. They are kept for 30 days',
    'foreign-origin': 'Open the page at its own address',
    'not-found': 'There is nothing here',
    offline: 'The server does not answer. Check that you are on the same network',
  },
})

const wait = words({
  ru: { seconds: (n: number) => `Слишком много попыток. Подождите ${n} ${ruForm(n, 'секунду', 'секунды', 'секунд')}` },
  en: { seconds: (n: number) => `Too many tries. Wait ${n} s` },
})

export const wordsFor = (code: Code): string => refusals()[code]

export const refusalInWords = ({ code, retryAfterSeconds }: { code: Code; retryAfterSeconds?: number }): string =>
  retryAfterSeconds ? wait().seconds(retryAfterSeconds) : wordsFor(code)
