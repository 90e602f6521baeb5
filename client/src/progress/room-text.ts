import { count, en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

const ruAnswers = (n: number) => `${count(n)}\u00a0${ru(n, 'ответ', 'ответа', 'ответов')}`
const enAnswers = (n: number) => `${count(n)}\u00a0${en(n, 'answer', 'answers')}`

/** Words about what a room knows together, and about its answers in a file. */
export const roomText = words({
  ru: {
    map: 'Карта команды',
    people: (n: number) =>
      n === 0
        ? 'Пока никто не показывает свою карту'
        : `Вместе: ${count(n)}\u00a0${ru(n, 'человек', 'человека', 'человек')}`,
    share: 'Показывать и мою карту',
    shareAbout: 'Видно только общее: сколько вопросов раздела знакомо, шатко, пора повторить. Ваши оценки не видны.',
    noMap: 'Карта не открылась',
    again: 'Обновить',
    looking: 'Считаем карту',
    notes: 'Ответы комнаты файлом',
    notesAbout: 'Файл в формате банка: его можно положить в репозиторий и прочитать здесь снова.',
    export: 'Скачать ответы',
    exportNone: 'Ответов пока нет',
    import: 'Прочитать файл с ответами',
    importLabel: 'Файл с ответами',
    noAnswers: 'В файле нет ни одного ответа на вопросы этого банка',
    tooLarge: 'Файл слишком велик: больше 5 МБ',
    brought: (written: number, equal: number) => `Новых ${ruAnswers(written)} записано. Уже такие же: ${count(equal)}`,
    writing: (done: number, all: number) => `Записываем ${count(done)} из ${count(all)}`,
    unknown: (n: number) => `Таких вопросов в банке нет: ${count(n)}`,
    tooLong: (n: number) => `Длиннее 8000 знаков и потому не записаны: ${count(n)}`,
    conflicts: (n: number) => `Ответы расходятся: ${count(n)}. Выберите для каждого`,
    here: 'Здесь',
    inFile: 'В файле',
    removed: 'Ответ убран',
    keep: 'Оставить здешний',
    take: 'Взять из файла',
    about: (what: string, question: string) => `${what}: ${question}`,
  },
  en: {
    map: 'The map of the team',
    people: (n: number) =>
      n === 0 ? 'Nobody shows their map yet' : `Together: ${count(n)}\u00a0${en(n, 'person', 'people')}`,
    share: 'Show my map too',
    shareAbout: 'Only sums are seen: how many questions of a section are known, shaky, due. Your ratings are not.',
    noMap: 'The map did not open',
    again: 'Refresh',
    looking: 'Working out the map',
    notes: 'The answers of the room as a file',
    notesAbout: 'A file in the format of the bank: it can be committed, and read here again.',
    export: 'Download the answers',
    exportNone: 'No answers yet',
    import: 'Read a file with answers',
    importLabel: 'File with answers',
    noAnswers: 'The file has no answer to any question of this bank',
    tooLarge: 'The file is too large: over 5 MB',
    brought: (written: number, equal: number) => `${enAnswers(written)} written. The same already: ${count(equal)}`,
    writing: (done: number, all: number) => `Writing ${count(done)} of ${count(all)}`,
    unknown: (n: number) => `Questions that the bank does not have: ${count(n)}`,
    tooLong: (n: number) => `Longer than 8000 characters and therefore not written: ${count(n)}`,
    conflicts: (n: number) => `Answers differ: ${count(n)}. Choose for each`,
    here: 'Here',
    inFile: 'In the file',
    removed: 'The answer was removed',
    keep: 'Keep the one here',
    take: 'Take the one in the file',
    about: (what: string, question: string) => `${what}: ${question}`,
  },
})
