import {
  decide,
  evolve,
  isRefusal,
  scorecardOf,
  unopened,
  type AgendaItem,
  type Command,
  type Interview,
  type Level,
  type Rating,
  type Role,
  type RoomState,
  type Scorecard,
} from '@knopka/shared/game'
import { saidBy, type Unspoken } from './commands.ts'
import { opening } from './interviews.ts'

/** What is said of one question, each by who may say it. */
export interface Answered {
  section?: string
  path?: string[]
  text?: string
  questionId?: string | null
  answer?: string
  first?: Rating
  firstNote?: string
  second?: Rating
  secondNote?: string
  flagged?: boolean
  agreed?: Level
  seconds?: number
  /** Never put on the candidate's page. */
  unseen?: boolean
  /** Thought of during the call. */
  added?: boolean
}

interface Script {
  candidate?: string
  interviewers?: string[]
  planTitle?: string
  levels?: string[]
  endedAt?: number
  conclusion?: Partial<Scorecard['conclusion']>
}

export const levelWords = ['не знает', 'слышит слово', 'общая идея', 'уверенно', 'глубоко']

/** The scorecard of an interview that went like this; every event of it came out of `decide`. */
export function cardAfter(answers: Answered[], script: Script = {}): Scorecard {
  const { interview, ...rest } = opening(0)
  const { candidate = 'Ирина С.', interviewers = ['Марк', 'Павел'], planTitle = 'Backend, middle' } = script
  const agenda = answers.flatMap((answer, index) => (answer.added ? [] : [itemFrom(answer, index)]))
  const about: Omit<Interview, 'ready' | 'beganAt' | 'shown' | 'endedAt'> = { ...interview, candidate, interviewers }
  const took = answers.reduce((sum, { seconds = 60, unseen }) => sum + (unseen ? 0 : seconds * 1000), 0)
  const call = new Call((script.endedAt ?? Date.UTC(2026, 10, 23, 11)) - took)
  call.say('server', { ...rest, interview: about, agenda, planTitle, levels: script.levels ?? levelWords })
  answers.forEach((answer, index) => call.answer(answer, index))
  call.say('host', { type: 'endInterview' })
  answers.forEach(({ agreed }, index) => {
    if (agreed !== undefined) call.say('host', { type: 'agree', item: idOf(index), level: agreed })
  })
  if (script.conclusion) call.say('host', { type: 'conclude', ...script.conclusion })
  return scorecardOf(call.state)
}

class Call {
  state: RoomState = unopened
  now: number

  constructor(now: number) {
    this.now = now
  }

  say(role: Role | 'server', unspoken: Unspoken): void {
    const command: Command = saidBy(role, role, unspoken)
    const decision = decide(this.state, command, this.now)
    if (isRefusal(decision)) throw new Error(`${command.type}: ${decision.refused}`)
    this.state = decision.reduce(evolve, this.state)
  }

  answer({ added, text = '', unseen = false, seconds = 60, flagged, ...said }: Answered, index: number): void {
    const item = idOf(index)
    if (added) this.say('host', { type: 'addItem', question: { text }, after: null, itemId: item, found: null })
    if (!unseen) this.say('host', { type: 'showItem', item })
    if (!unseen) this.now += seconds * 1000
    this.#assess('host', item, said.first, said.firstNote, flagged)
    this.#assess('cohost', item, said.second, said.secondNote)
  }

  #assess(role: Role, item: string, rating?: Rating, note?: string, flagged?: boolean): void {
    if (rating === undefined && note === undefined && flagged === undefined) return
    this.say(role, {
      type: 'assess',
      item,
      ...(rating === undefined ? {} : { rating }),
      ...(note === undefined ? {} : { note }),
      ...(flagged === undefined ? {} : { flagged }),
    })
  }
}

const idOf = (index: number): string => `item-${index + 1}`

function itemFrom({ section = 'Python', path, text, questionId, answer }: Answered, index: number): AgendaItem {
  return {
    id: idOf(index),
    questionId: questionId === undefined ? `q${index + 1}` : questionId,
    kind: 'question',
    section,
    path: path ?? [section],
    text: text ?? `Вопрос ${index + 1}`,
    ...(answer ? { note: answer } : {}),
  }
}

/** The interview of the picture: twelve questions, two who rate, one of them that far apart. */
export const irina: Answered[] = [
  { section: 'Python', text: 'Зачем нужен декоратор functools.wraps?', first: 4, second: 4, seconds: 48 },
  {
    section: 'Python',
    text: 'В чём разница между итерируемым объектом, итератором и генератором?',
    first: 3,
    second: 3,
    seconds: 92,
    answer: 'Итерируемый отдаёт итератор через `__iter__`.\n\n- итератор помнит место\n- генератор сам итератор',
  },
  { section: 'Python', text: 'Когда выполняется файл __init__.py?', first: 3, second: 2, seconds: 70 },
  {
    section: 'WEB · HTTP',
    path: ['WEB', 'HTTP'],
    text: 'Какие методы HTTP идемпотентны?',
    first: 2,
    firstNote: 'Разошлись: назвала PUT и DELETE, забыла HEAD.',
    second: 4,
    agreed: 3,
    seconds: 65,
  },
  {
    section: 'WEB · HTTP',
    path: ['WEB', 'HTTP'],
    text: 'Коды состояния и ретраи: что повторять?',
    first: 'not-asked',
    firstNote: 'Не хватило времени.',
    second: 3,
  },
  {
    section: 'Базы данных',
    text: 'Что такое MVCC в PostgreSQL и зачем нужен VACUUM?',
    first: 3,
    second: 3,
    secondNote: 'Wraparound после подсказки. Спросить о долгих транзакциях.',
    flagged: true,
    seconds: 102,
  },
  { section: 'Базы данных', text: 'Что такое ACID?', first: 3, second: 3, seconds: 55 },
  { section: 'Базы данных', text: 'Как работает индекс B-tree?', first: 2, firstNote: 'Путает с hash.', second: 2 },
  { section: 'Конкурентность', text: 'Что такое GIL?', first: 2, second: 2, seconds: 80 },
  { section: 'Конкурентность', text: 'Чем gather отличается от wait?', first: 1, second: 1, seconds: 107 },
  { section: 'Архитектура', text: 'Как вы проектируете идемпотентный приём платежей?', first: 3, second: 3 },
  { section: 'Архитектура', text: 'Где проходят границы сервисов?', first: 3, second: 2, unseen: false, seconds: 98 },
]
