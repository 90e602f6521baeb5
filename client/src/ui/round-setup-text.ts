import { count, en, langOf, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'
import { mostColumns, type Fault } from './round-setup.ts'

/** Words of a person or of a bank within those of the page. */
export const quoted = (text: string) => (langOf(text) ? `«${text}»` : `“${text}”`)

/** What a round is set up with, before the evening and while it is played. */
export const roundSetupText = words({
  ru: {
    tree: 'Разделы',
    empty: 'пока пусто',
    whyEmpty: (title: string) => `В разделе «${title}» пока нет вопросов`,
    whyNotQuestion: 'Отмечаются разделы. Стрелка влево ведёт к разделу этого вопроса',
    choices: 'Вопросы с вариантами',
    choiceWays: { all: 'Выбирают все', buzzer: 'Кнопка' },
    choicePoints: 'Очки за выбор',
    choicePointsNamed: { plain: 'Поровну', penalty: 'Со\u00a0штрафом', 'by-time': 'По\u00a0времени' },
    way: 'Как играем',
    ways: { buzzer: 'Кнопка', text: 'Письменно', number: 'Число', board: 'Своя игра' },
    columnNumber: (n: number) => `столбец ${n}`,
    whyNoColumn: `На табло помещается ${mostColumns} столбцов: больше не прочитать с последнего ряда. Уберите один`,
    rows: 'Вопросов в столбце',
    fewerRows: 'На один меньше',
    moreRows: 'На один больше',
    step: 'Цена первой строки',
    doubles: 'Скрытые ставки',
    final: 'Финал',
    finalMissing: 'на финал вопроса не осталось: добавьте раздел с запасом',
    questions: (n: number) => `${count(n)} ${ru(n, 'вопрос', 'вопроса', 'вопросов')}`,
    faultInShort: {
      'no-sections': 'разделы не отмечены',
      'none-left': 'вопросов не осталось',
      'too-many-columns': 'слишком много столбцов',
      'empty-column': 'есть пустой столбец',
    },
    /** Where there is but one round. */
    alone: (fault: Fault) => sentence(faultRu(fault)),
    faultOf: (n: number, fault: Fault) => `Раунд ${n}: ${faultRu(fault)}`,
  },
  en: {
    tree: 'Sections',
    empty: 'empty so far',
    whyEmpty: (title: string) => `There are no questions in “${title}” yet`,
    whyNotQuestion: 'Sections are what you tick. The left arrow leads to the section of this question',
    choices: 'Questions with options',
    choiceWays: { all: 'Everyone chooses', buzzer: 'Buzzer' },
    choicePoints: 'Points for choosing',
    choicePointsNamed: { plain: 'Equal', penalty: 'With a\u00a0penalty', 'by-time': 'By\u00a0time' },
    way: 'How you play',
    ways: { buzzer: 'Buzzer', text: 'In writing', number: 'A number', board: 'Board' },
    columnNumber: (n: number) => `column ${n}`,
    whyNoColumn: `A board holds ${mostColumns} columns: more cannot be read from the last row. Remove one`,
    rows: 'Questions in a column',
    fewerRows: 'One less',
    moreRows: 'One more',
    step: 'Value of the first row',
    doubles: 'Hidden stakes',
    final: 'Final',
    finalMissing: 'no question is left for it: add a section with more of them',
    questions: (n: number) => `${count(n)} ${en(n, 'question', 'questions')}`,
    faultInShort: {
      'no-sections': 'no sections ticked',
      'none-left': 'no questions left',
      'too-many-columns': 'too many columns',
      'empty-column': 'an empty column',
    },
    alone: (fault: Fault) => sentence(faultEn(fault)),
    faultOf: (n: number, fault: Fault) => `Round ${n}: ${faultEn(fault)}`,
  },
})

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function faultRu(fault: Fault): string {
  if (fault.code === 'no-sections') return 'отметьте хотя бы один раздел'
  if (fault.code === 'none-left') return 'все его вопросы уже в раундах до него'
  if (fault.code === 'empty-column') return `в столбце ${quoted(fault.title)} не осталось вопросов`
  const over = fault.columns - mostColumns
  return `на табло помещается ${mostColumns} столбцов, уберите ${over}`
}

function faultEn(fault: Fault): string {
  if (fault.code === 'no-sections') return 'tick at least one section'
  if (fault.code === 'none-left') return 'all its questions are in rounds before it'
  if (fault.code === 'empty-column') return `no questions are left for the column ${quoted(fault.title)}`
  return `a board holds ${mostColumns} columns, remove ${fault.columns - mostColumns}`
}
