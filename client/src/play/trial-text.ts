import { words } from '../lib/text/language.svelte.ts'

export const trialText = words({
  ru: {
    press: 'Попробуйте',
    pressed: 'Нажато',
    harmless: 'Это проба: на игру она не влияет',
    works: 'Кнопка работает',
    felt: 'Как чувствуется нажатие',
    vibration: 'Вибрация',
    sound: 'Звук',
  },
  en: {
    press: 'Try it',
    pressed: 'Pressed',
    harmless: 'Only a try: the game does not hear of it',
    works: 'The button works',
    felt: 'How a press is felt',
    vibration: 'Vibration',
    sound: 'Sound',
  },
})
