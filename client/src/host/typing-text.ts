import { count, en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

/** What only questions need that everyone answers by typing. */
export const typingText = words({
  ru: {
    open: 'Принимать ответы',
    opened: 'Пишут все',
    thenJudge: 'потом оцените',
    group: (text: string, n: number) => `«${text}», ${people.ru(n)}`,
    people: (n: number) => people.ru(n),
    different: (n: number) => `${n} ${ru(n, 'разный ответ', 'разных ответа', 'разных ответов')}`,
    unjudged: (n: number) => (n === 0 ? 'всё оценено' : `${ru(n, 'остался', 'осталось', 'осталось')} ${n}`),
    judgeHow: 'Одинаковые ответы оцениваются вместе. Стрелки выбирают ответ, клавиши 1, 2, 3 ставят оценку',
    nobody: 'Никто не ответил',
    awaitsWord: 'Ждёт вашей оценки',
    right: 'Сколько на самом деле',
    rightHow: 'Ближе всех — верно. Число можно исправить и потом',
    settle: 'Определить',
    noNumber: 'Напишите число, например 1024 или 3,5',
    exactly: 'точно',
    offBy: (n: number) => `мимо на ${count(n)}`,
    answered: (turn: number) => `Вопрос ${turn}: ответы`,
    outcome: (n: number, of: number) => `верно у ${n} из ${of}`,
    nearest: (names: string) => `ближе всех ${names}`,
    judgeLater: 'Оценить ответы',
    others: (n: number) => `и ещё ${n}`,
  },
  en: {
    open: 'Take answers',
    opened: 'Everyone types',
    thenJudge: 'then judge them',
    group: (text: string, n: number) => `"${text}", ${people.en(n)}`,
    people: (n: number) => people.en(n),
    different: (n: number) => `${n} ${en(n, 'answer', 'different answers')}`,
    unjudged: (n: number) => (n === 0 ? 'all judged' : `${n} to judge`),
    judgeHow: 'Equal answers are judged together. Arrows pick an answer, the keys 1, 2, 3 judge it',
    nobody: 'Nobody answered',
    awaitsWord: 'Waits for your verdict',
    right: 'What it really is',
    rightHow: 'The nearest is right. You can mend the number later',
    settle: 'Find the nearest',
    noNumber: 'Write a number, such as 1024 or 3.5',
    exactly: 'exactly',
    offBy: (n: number) => `off by ${count(n)}`,
    answered: (turn: number) => `Question ${turn}: answers`,
    outcome: (n: number, of: number) => `${n} of ${of} right`,
    nearest: (names: string) => `${names} nearest`,
    judgeLater: 'Judge the answers',
    others: (n: number) => `and ${n} more`,
  },
})

const people = {
  ru: (n: number) => `${n} ${ru(n, 'человек', 'человека', 'человек')}`,
  en: (n: number) => `${n} ${en(n, 'person', 'people')}`,
}
