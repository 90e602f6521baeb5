import { count, en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

const noBreak = '\u00a0'
const ruRatings = (n: number) => `${count(n)}${noBreak}${ru(n, 'оценка', 'оценки', 'оценок')}`
const enRatings = (n: number) => `${count(n)}${noBreak}${en(n, 'rating', 'ratings')}`

/** Words about the key of a progress, and its files. */
export const keyText = words({
  ru: {
    title: 'Ключ и файлы',
    about: 'Прогресс хранится под секретным ключом этого устройства. Учётной записи нет: без ключа его не найти.',
    show: 'Показать ключ',
    enter: 'Ввести ключ с другого устройства',
    keyTitle: 'Ключ прогресса',
    keyAbout: 'Кто знает ключ, тот видит ваш прогресс и может его удалить. Не показывайте его на общем экране.',
    keyWords: 'Ключ словами',
    qr: 'Камера другого устройства откроет ваш прогресс',
    linkAbout: 'Та же ссылка текстом',
    close: 'Закрыть',
    enterTitle: 'Ключ с другого устройства',
    enterLabel: 'Девять слов или ссылка',
    enterHint: 'Они показаны там по кнопке «Показать ключ»',
    notWords: 'Это не ключ. Проверьте слова: их девять, по пять букв',
    enterGo: 'Дальше',
    brokenLink: 'В ссылке нет ключа целиком. Скопируйте её ещё раз',
    ownAlready: 'Этот ключ уже на этом устройстве',
    takeTitle: 'Взять этот прогресс?',
    takeThere: (n: number) => `Под этим ключом ${ruRatings(n)}.`,
    takeEmpty: 'Под этим ключом пока ничего нет.',
    takeHere: (n: number) => `На этом устройстве ${ruRatings(n)}: они добавятся, ничего не потеряется.`,
    takeHereNone: 'На этом устройстве своего прогресса пока нет.',
    takeLooking: 'Смотрим, что под этим ключом',
    takeYes: 'Взять на это устройство',
    takeNo: 'Оставить как есть',
    taken: 'Теперь на этом устройстве тот же ключ. Прогресс объединён',
    export: 'Скачать файл',
    exportNone: 'Пока нечего',
    import: 'Прочитать файл',
    importLabel: 'Файл прогресса',
    reading: 'Читаем файл',
    imported: (inFile: number, fresh: number) =>
      fresh === 0
        ? `В файле ${ruRatings(inFile)}, все они здесь уже есть`
        : `В файле ${ruRatings(inFile)}, новых ${count(fresh)}`,
    skipped: (n: number) => `Пропущено ${count(n)}: такой даты не может быть, или строка не читается`,
    why: {
      'not-ours': 'Это не файл прогресса. Нужен файл, скачанный на этой странице',
      truncated: 'Файл обрезан: конца не хватает. Скачайте его заново',
      newer: 'Файл сделан более новой Кнопкой. Обновите сервер или скачайте файл там, где он старше',
      'too-large': 'Файл слишком велик: в нём больше 200 000 оценок',
    },
    delete: 'Удалить навсегда',
    deleteNone: 'Удалять нечего',
    deleteTitle: 'Удалить прогресс навсегда?',
    deleteAbout: (n: number) =>
      `Исчезнут ${ruRatings(n)}, и карта опустеет на всех устройствах с этим ключом. Вернуть их нельзя, только прочитать из файла, если он есть.`,
    deleteYes: 'Удалить навсегда',
    deleteNo: 'Не удалять',
    deleted: 'Прогресс удалён. На этом устройстве начнётся новый',
  },
  en: {
    title: 'Key and files',
    about: 'Progress is kept under a secret key of this device. There is no account: without the key nobody finds it.',
    show: 'Show the key',
    enter: 'Enter a key from another device',
    keyTitle: 'The key of the progress',
    keyAbout: 'Whoever knows the key sees your progress and can delete it. Do not show it on a shared screen.',
    keyWords: 'The key in words',
    qr: 'The camera of another device opens your progress',
    linkAbout: 'The same link as text',
    close: 'Close',
    enterTitle: 'A key from another device',
    enterLabel: 'Nine words, or the link',
    enterHint: 'They are shown there by “Show the key”',
    notWords: 'This is no key. Check the words: nine of five letters',
    enterGo: 'Next',
    brokenLink: 'The link does not hold the whole key. Copy it once more',
    ownAlready: 'This key is on this device already',
    takeTitle: 'Take this progress?',
    takeThere: (n: number) => `Under this key: ${enRatings(n)}.`,
    takeEmpty: 'There is nothing under this key yet.',
    takeHere: (n: number) => `On this device: ${enRatings(n)}. They are added, nothing is lost.`,
    takeHereNone: 'This device has no progress of its own yet.',
    takeLooking: 'Looking what is under this key',
    takeYes: 'Take it to this device',
    takeNo: 'Leave things as they are',
    taken: 'This device has the same key now. The progress is merged',
    export: 'Download a file',
    exportNone: 'Nothing yet',
    import: 'Read a file',
    importLabel: 'Progress file',
    reading: 'Reading the file',
    imported: (inFile: number, fresh: number) =>
      fresh === 0
        ? `The file has ${enRatings(inFile)}, all of them here already`
        : `The file has ${enRatings(inFile)}, ${count(fresh)} of them new`,
    skipped: (n: number) => `Skipped ${count(n)}: a date that cannot be, or a line that cannot be read`,
    why: {
      'not-ours': 'This is no progress file. Take one that was downloaded on this page',
      truncated: 'The file is cut off: its end is missing. Download it again',
      newer: 'A newer Knopka wrote this file. Update the server, or download the file from an older one',
      'too-large': 'The file is too large: it holds more than 200,000 ratings',
    },
    delete: 'Delete for good',
    deleteNone: 'Nothing to delete',
    deleteTitle: 'Delete the progress for good?',
    deleteAbout: (n: number) =>
      `${enRatings(n)} will be gone, and the map empty on every device with this key. Nothing brings them back but a file, if you have one.`,
    deleteYes: 'Delete for good',
    deleteNo: 'Keep it',
    deleted: 'The progress is deleted. A new one begins on this device',
  },
})
