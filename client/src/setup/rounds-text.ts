import { count, en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'
import { quoted } from '../ui/round-setup-text.ts'

const ruQuestions = (n: number) => `${count(n)} ${ru(n, 'вопрос', 'вопроса', 'вопросов')}`
const enQuestions = (n: number) => `${count(n)} ${en(n, 'question', 'questions')}`

export const roundsText = words({
  ru: {
    rounds: 'Раунды',
    oneRound: 'один на весь вечер',
    addRound: 'Добавить раунд',
    bringBack: 'Вернуть раунд',
    whyNoMore: (most: number) => `Больше ${most} раундов не бывает`,
    round: (n: number) => `Раунд ${n}`,
    roundOf: (n: number, all: number) => `Раунд ${n} из ${all}`,
    wholeEvening: 'Весь вечер',
    sectionsOf: (n: number, title: string | null) => `Разделы раунда ${n}${title ? `: ${title}` : ''}`,
    name: 'Название раунда',
    nameHint: (n: number) => `Без названия будет «Раунд ${n}»`,
    earlier: 'Раунд раньше',
    later: 'Раунд позже',
    copy: 'Копия',
    remove: 'Убрать',
    whyFirst: 'Это первый раунд',
    whyLast: 'Это последний раунд',

    waysAbout: {
      buzzer: 'Кто первым нажмёт, отвечает вслух',
      text: 'Все пишут ответ на телефоне, одинаковые вы оцениваете разом',
      number: 'Все угадывают число, ближайший берёт вопрос',
      board: 'Табло с ценами: кто ответил верно, выбирает следующую клетку',
    },
    typing: 'На письмо',
    boardScorings: { plain: '+ цена', penalty: '+ / − цена' },
    boardScoring: { plain: 'верно плюс цена, неверно 0', penalty: 'верно плюс цена, неверно минус цена' },
    numberScoring: 'ближайшему +1, поровну близким каждому',

    columns: 'Столбцы',
    noColumns: 'Отметьте разделы слева: каждый станет столбцом',
    cells: (n: number, rows: number): string =>
      n === 0 ? 'вопросов не осталось' : n < rows ? `только ${ruQuestions(n)}` : ruQuestions(n),
    up: (title: string) => `Столбец ${quoted(title)} раньше`,
    down: (title: string) => `Столбец ${quoted(title)} позже`,
    drop: (title: string) => `Убрать столбец ${quoted(title)}`,
    whyFirstColumn: 'Это первый столбец',
    whyLastColumn: 'Это последний столбец',
    values: (step: number, rows: number) =>
      rows === 1
        ? count(step)
        : rows === 2
          ? `${count(step)} и ${count(step * 2)}`
          : `${count(step)}, ${count(step * 2)} … ${count(step * rows)}`,
    doublesAbout: (n: number): string =>
      n === 0 ? 'все клетки обычные' : 'никто не знает, где: играет тот, кто выбрал, на свою ставку',
    finalAbout: 'последний вопрос: все ставят втайне и пишут ответ',
    noFinal: 'без финала',

    standings: 'Таблица очков',
    standingsNamed: {
      'any-time': 'Вручную',
      'after-each': 'После вопроса',
      'between-rounds': 'После раунда',
      'at-the-end': 'В конце',
    },
    standingsAbout: {
      'any-time': 'когда захочет ведущий',
      'after-each': 'выходит на экран сама, как только посмотрели на ответ; на табло после всего раунда',
      'between-rounds': 'выходит сама, когда раунд сыгран; посреди раунда её нет ни на экране, ни на телефонах',
      'at-the-end': 'до конца очки видит только ведущий',
    },

    inRound: (n: number, questions: number) => `раунд ${n}: ${ruQuestions(questions)}`,
    all: (n: number, rounds: number) =>
      `${ru(n, 'вопрос', 'вопроса', 'вопросов')} в ${count(rounds)} ${ru(rounds, 'раунде', 'раундах', 'раундах')}`,
    minutes: (n: number) => `около ${count(n)}\u00a0мин`,

    saved: 'Сохранённые',
    savedTitle: 'Сохранённые настройки',
    savedAbout: 'Настройки лежат на этом устройстве под своим именем. Вопросы каждый раз другие, группа остаётся этой.',
    savedName: 'Название',
    save: 'Сохранить',
    whyNoName: 'Назовите их',
    nothingSaved: 'Пока ничего не сохранено',
    load: 'Взять',
    loadNamed: (name: string) => `Взять ${quoted(name)}`,
    forgetNamed: (name: string) => `Удалить ${quoted(name)}`,
    forget: 'Удалить',
    replaced: (name: string) => `${quoted(name)}: сохранено заново`,
    savedAs: (name: string) => `${quoted(name)}: сохранено`,
    full: (most: number) => `Сохранить можно ${most}: удалите ненужные`,
  },
  en: {
    rounds: 'Rounds',
    oneRound: 'one for the whole evening',
    addRound: 'Add a round',
    bringBack: 'Bring it back',
    whyNoMore: (most: number) => `There are no more than ${most} rounds`,
    round: (n: number) => `Round ${n}`,
    roundOf: (n: number, all: number) => `Round ${n} of ${all}`,
    wholeEvening: 'The whole evening',
    sectionsOf: (n: number, title: string | null) => `Sections of round ${n}${title ? `: ${title}` : ''}`,
    name: 'Name of the round',
    nameHint: (n: number) => `Without one it is “Round ${n}”`,
    earlier: 'Round earlier',
    later: 'Round later',
    copy: 'Copy',
    remove: 'Remove',
    whyFirst: 'This is the first round',
    whyLast: 'This is the last round',

    waysAbout: {
      buzzer: 'Whoever presses first answers aloud',
      text: 'Everyone types an answer, you judge equal ones at once',
      number: 'Everyone guesses a number, the nearest has it',
      board: 'A grid of values: whoever was right picks the next cell',
    },
    typing: 'To type',
    boardScorings: { plain: '+ value', penalty: '+ / − value' },
    boardScoring: { plain: 'right adds the value, wrong 0', penalty: 'right adds the value, wrong takes it' },
    numberScoring: 'the nearest +1, each of those equally near',

    columns: 'Columns',
    noColumns: 'Tick sections on the left: each becomes a column',
    cells: (n: number, rows: number): string =>
      n === 0 ? 'no questions left' : n < rows ? `only ${enQuestions(n)}` : enQuestions(n),
    up: (title: string) => `Column ${quoted(title)} earlier`,
    down: (title: string) => `Column ${quoted(title)} later`,
    drop: (title: string) => `Remove column ${quoted(title)}`,
    whyFirstColumn: 'This is the first column',
    whyLastColumn: 'This is the last column',
    values: (step: number, rows: number) =>
      rows === 1
        ? count(step)
        : rows === 2
          ? `${count(step)} and ${count(step * 2)}`
          : `${count(step)}, ${count(step * 2)} … ${count(step * rows)}`,
    doublesAbout: (n: number): string =>
      n === 0 ? 'all cells are plain' : 'nobody knows where: whoever picked plays alone, for a stake',
    finalAbout: 'one last question: everyone stakes in secret and types',
    noFinal: 'no final',

    standings: 'Standings',
    standingsNamed: {
      'any-time': 'By hand',
      'after-each': 'Each question',
      'between-rounds': 'Each round',
      'at-the-end': 'At the end',
    },
    standingsAbout: {
      'any-time': 'when the host likes',
      'after-each': 'they come to the screen once the outcome was looked at; on a board after the whole round',
      'between-rounds': 'they come when a round is over; within it neither the screen nor phones show them',
      'at-the-end': 'until the end the host alone sees points',
    },

    inRound: (n: number, questions: number) => `round ${n}: ${enQuestions(questions)}`,
    all: (n: number, rounds: number) =>
      `${en(n, 'question', 'questions')} in ${count(rounds)} ${en(rounds, 'round', 'rounds')}`,
    minutes: (n: number) => `about ${count(n)}\u00a0min`,

    saved: 'Saved',
    savedTitle: 'Saved settings',
    savedAbout: 'Settings kept on this device under a name. Questions are others each time, the group stays this one.',
    savedName: 'Name',
    save: 'Save',
    whyNoName: 'Give them a name',
    nothingSaved: 'Nothing is saved yet',
    load: 'Take',
    loadNamed: (name: string) => `Take ${quoted(name)}`,
    forgetNamed: (name: string) => `Delete ${quoted(name)}`,
    forget: 'Delete',
    replaced: (name: string) => `${quoted(name)}: saved anew`,
    savedAs: (name: string) => `${quoted(name)}: saved`,
    full: (most: number) => `No more than ${most} can be saved: delete some`,
  },
})
