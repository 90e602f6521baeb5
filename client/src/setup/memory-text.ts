import { count, en, ru, tenths } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

const ruQuestions = (n: number) => `${count(n)} ${ru(n, 'вопрос', 'вопроса', 'вопросов')}`
const enQuestions = (n: number) => `${count(n)} ${en(n, 'question', 'questions')}`

export const memoryText = words({
  ru: {
    nothingTwice: 'Ничего дважды',
    noGroup: 'Ссылка группы запомнит, что вы уже сыграли',
    away: 'Что сыграно, сейчас не узнать',
    news: (n: number, all: number) => `Новое для вас: ${count(n)} из ${count(all)}`,
    newsInPicked: (n: number, all: number) => `в выбранном новых ${count(n)} из ${count(all)}`,
    repeated: (n: number, all: number) => `повторится ${count(n)} из ${count(all)}`,
    yes: 'Да',
    no: 'Нет',

    groupLink: 'Ссылка группы',
    groupAbout:
      'Ссылка помнит, какие вопросы вам уже заданы, два года после последнего вечера; у кого она есть, тот может это увидеть и стереть.',
    groupHow: 'Сохраните её и откройте перед следующим вечером. Это устройство запомнит её само.',
    make: 'Создать ссылку',
    forget: 'Стереть сыгранное',
    forgetAbout: (n: number) =>
      `${n > 0 ? `В этом банке ${ru(n, 'сыгран', 'сыграно', 'сыграно')} ${ruQuestions(n)}. ` : ''}Всё, что группа сыграла, снова станет новым для каждого, у кого есть ссылка. Вернуть нельзя.`,
    forgotten: 'Стёрто. Все вопросы снова новые',
    leave: 'Играть без группы',
    leaveAbout: 'Это устройство забудет ссылку. Вернуть группу можно, только открыв её снова: сначала сохраните её.',
    cancel: 'Отмена',
    withGroup: 'Вместе с группой',
    withGroupAbout: 'кто откроет, сможет увидеть и стереть, что вы сыграли',

    difficulty: 'Сложность',
    difficulties: { any: 'Любые', easy: 'Полегче', hard: 'Потруднее' },
    difficultyAbout: (known: number) =>
      known === 0
        ? 'узнаем, когда вопросы сыграют хотя бы по 3 раза'
        : `по прошлым вечерам, известно о ${count(known)} ${ru(known, 'вопросе', 'вопросах', 'вопросах')}`,
    use: (right: number, asked: number, averageMs: number | null) =>
      `верно ${count(right)} из ${count(asked)}${averageMs === null ? '' : `, за ${tenths(averageMs)}\u00a0с`}`,
    played: 'уже играли',
  },
  en: {
    nothingTwice: 'Nothing twice',
    noGroup: 'A group link remembers what you have played',
    away: 'What you have played cannot be told now',
    news: (n: number, all: number) => `New for you: ${count(n)} of ${count(all)}`,
    newsInPicked: (n: number, all: number) => `${count(n)} of ${count(all)} picked are new`,
    repeated: (n: number, all: number) => `${count(n)} of ${count(all)} will come again`,
    yes: 'Yes',
    no: 'No',

    groupLink: 'Group link',
    groupAbout:
      'The link remembers which questions you have been asked, for two years after the last evening; whoever has it can see and forget that.',
    groupHow: 'Save it, and open it before the next evening. This device remembers it by itself.',
    make: 'Make the link',
    forget: 'Forget what was played',
    forgetAbout: (n: number) =>
      `${n > 0 ? `${enQuestions(n)} of this bank ${en(n, 'was', 'were')} played. ` : ''}All that the group has played becomes new again, for everyone who has the link. This cannot be undone.`,
    forgotten: 'Forgotten. All questions are new again',
    leave: 'Play without a group',
    leaveAbout: 'This device forgets the link. Only opening it again brings the group back: save it first.',
    cancel: 'Cancel',
    withGroup: 'With the group',
    withGroupAbout: 'whoever opens it can see and forget what you have played',

    difficulty: 'Difficulty',
    difficulties: { any: 'Any', easy: 'Easier', hard: 'Harder' },
    difficultyAbout: (known: number) =>
      known === 0 ? 'known once questions were asked 3 times' : `by past evenings, ${enQuestions(known)} known`,
    use: (right: number, asked: number, averageMs: number | null) =>
      `right ${count(right)} of ${count(asked)}${averageMs === null ? '' : `, in ${tenths(averageMs)}\u00a0s`}`,
    played: 'played before',
  },
})
