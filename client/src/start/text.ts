import { words } from '../lib/text/language.svelte.ts'

export const text = words({
  ru: {
    title: 'Кнопка',
    heading: ['Кто раньше', 'нажмёт'],
    press: 'Большая кнопка: к полю кода',
    pin: 'Код комнаты',
    hint: 'Шесть цифр с экрана. Последняя цифра сразу впускает',
    shortHint: 'Шесть цифр с экрана',
    asking: 'Ищем комнату',
    back: (pin: string) => `Вернуться в комнату ${pin}`,
    host: 'Провести самому',
    modes: {
      quiz: { name: 'Вечер', about: 'Кто раньше нажмёт, тот и отвечает. От 2 до 300 игроков, экран и счёт.' },
      study: { name: 'Тренировка', about: 'Без ведущего. Что команда забывает, то приходит раньше.' },
      interview: { name: 'Собеседование', about: 'Один план на всех кандидатов. Оценки от 0 до 4, итог сразу.' },
    },
    theme: 'Тема',
    themes: { system: 'Тема: системная', light: 'Тема: светлая', dark: 'Тема: тёмная' },
  },
  en: {
    title: 'Knopka',
    heading: ['Who presses', 'first'],
    press: 'The big button: to the code field',
    pin: 'Room code',
    hint: 'Six digits from the screen. The last one lets you in at once',
    shortHint: 'Six digits from the screen',
    asking: 'Looking for the room',
    back: (pin: string) => `Back to room ${pin}`,
    host: 'Host it yourself',
    modes: {
      quiz: { name: 'Quiz night', about: 'Whoever presses first answers. 2 to 300 players, a screen and a score.' },
      study: { name: 'Study', about: 'No host. What the team forgets comes back sooner.' },
      interview: { name: 'Interview', about: 'One plan for every candidate. Ratings 0 to 4, the result at once.' },
    },
    theme: 'Theme',
    themes: { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' },
  },
})

export type ModeName = keyof ReturnType<typeof text>['modes']
