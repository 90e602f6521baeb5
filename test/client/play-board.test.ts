import type { Board, Mine, RoomState } from '@knopka/shared/game'
import { mineOf, viewOf } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import {
  columnOf,
  columnsOf,
  faceOnBoard,
  firstStake,
  hasFreeCells,
  isFinalNext,
  readyStakes,
} from '../../client/src/play/board.ts'
import { isAnnounced, placeInRound } from '../../client/src/play/rounds.ts'
import { sceneOf } from '../../client/src/play/scene.ts'
import {
  answeredBy,
  asked,
  joined,
  opened,
  paused,
  plainRound,
  plainRules,
  roomOpened,
  turnClosed,
} from '../support/events.ts'
import { given, type Fact } from '../support/given.ts'

vi.stubGlobal('navigator', { languages: ['ru-RU'] })
const { aboutRound, captionOfOthersDouble, captionOfPick, nextLine, worthInWords } =
  await import('../../client/src/play/board-captions.ts')

const board: Board = {
  columns: [
    { title: 'Python', cells: 2 },
    { title: 'Сети', cells: 1 },
  ],
  step: 100,
  doubles: 1,
  final: true,
}
const rounds = [
  { title: null, count: 1, board: null },
  { title: 'Своя игра', count: 4, board },
]
const ann = { seat: 'ann', team: null, number: 1, name: 'Ann', hidden: false }
const opening = roomOpened({ rounds, plan: ['q1', 'q2', 'q3', 'q4', 'q5'] })
const began: Fact = { type: 'roundBegan', round: 2, rules: plainRound.rules, total: 5 }
const room = (...facts: Fact[]) => given(opening, joined('ann'), joined('bob'), ...facts).state
const onBoard = (...facts: Fact[]) => room({ ...asked(), total: 5 }, ...answeredBy('bob').slice(1), began, ...facts)

type Kind = 'plain' | 'double' | 'final'
const cellAsked = (cell: number, kind: Kind = 'plain', turn = 2): Fact => ({
  ...asked(turn),
  total: 5,
  only: kind === 'double' ? ['ann'] : null,
  worth: { cell, value: (cell + 1) * 100, kind, picker: kind === 'plain' ? null : ann },
  ...(kind === 'final' ? { typing: 'text' as const } : {}),
})
/** Ann is right. */
const playedByAnn = (cell: number, turn = 2): Fact[] => [
  cellAsked(cell, 'plain', turn),
  ...answeredBy('ann', turn).slice(1),
]

const phoneOf = (state: RoomState, seat: string) => viewOf(state, { role: 'player', seat })
const mineIn = (state: RoomState, seat: string) => mineOf(state, 1, seat) as Mine
const sceneFor = (seat: string, state: RoomState) => sceneOf(phoneOf(state, seat), mineIn(state, seat), false)

describe('a board on a phone', () => {
  test('has sections with their cells, from the cheapest', () => {
    expect(columnsOf(board)).toEqual([
      {
        title: 'Python',
        cells: [
          { cell: 0, value: 100 },
          { cell: 1, value: 200 },
        ],
      },
      { title: 'Сети', cells: [{ cell: 2, value: 100 }] },
    ])
    expect(columnOf(board, 2)?.title).toBe('Сети')
    expect(columnOf(board, 3)).toBeUndefined()
  })

  test('is for whoever was right last, and nobody else', () => {
    const state = onBoard(...playedByAnn(0))
    expect([sceneFor('ann', state), sceneFor('bob', state)]).toEqual(['board', 'button'])
    expect(sceneFor('ann', onBoard(...playedByAnn(0), paused()))).toBe('button')
  })

  test('is over when only the final is left', () => {
    const state = onBoard(...playedByAnn(0), ...playedByAnn(1, 3), ...playedByAnn(2, 4))
    expect([hasFreeCells(state), isFinalNext(state), sceneFor('ann', state)]).toEqual([false, true, 'button'])
    expect(nextLine(phoneOf(state, 'bob'))).toBe('Дальше финал')
  })

  test('says whose pick it is, and what was picked', () => {
    const played = playedByAnn(0)
    const state = phoneOf(onBoard(...played), 'bob')
    expect(nextLine(state)).toBe('Следующий вопрос выбирает Ann')
    expect(nextLine(phoneOf(onBoard(cellAsked(0), turnClosed('nobody', 2)), 'bob'))).toBe(
      'Следующий вопрос выберет ведущий',
    )
    const picked = onBoard(...played, { type: 'cellPicked', cell: 1 })
    expect(nextLine(phoneOf(picked, 'bob'))).toBe('Дальше: Python, 200')
    expect(captionOfPick(phoneOf(picked, 'ann'), mineIn(picked, 'ann')).head).toBe('Выбрано: Python, 200')
  })
})

describe('a stake', () => {
  test('is asked of whoever plays alone, once; the others are told who plays', () => {
    const state = onBoard(...playedByAnn(0), cellAsked(1, 'double', 3))
    expect([sceneFor('ann', state), sceneFor('bob', state)]).toEqual(['stake', 'button'])
    const staked = onBoard(...playedByAnn(0), cellAsked(1, 'double', 3), {
      type: 'staked',
      turn: 3,
      stake: 150,
      secret: { staker: 'ann', stake: { seat: 'ann', points: 150 } },
    })
    expect(sceneFor('ann', staked)).toBe('button')
    const phone = phoneOf(staked, 'bob')
    expect(phone.turn && captionOfOthersDouble(phone, phone.turn)).toEqual({
      head: 'Играет Ann',
      word: 'Закрыта',
      line: 'Вопрос со ставкой: 150',
    })
    expect(phone.turn && worthInWords(phone, phone.turn)).toBe('Вопрос со ставкой · 150')
  })

  test('of a final is asked of everyone until it opens, and then everyone types', () => {
    const final = onBoard(...playedByAnn(0), cellAsked(3, 'final', 3))
    expect([sceneFor('ann', final), sceneFor('bob', final)]).toEqual(['stake', 'stake'])
    const open = onBoard(...playedByAnn(0), cellAsked(3, 'final', 3), opened({ turn: 3 }))
    expect(sceneFor('bob', open)).toBe('typing')
  })

  test('has amounts for one touch, none of them twice', () => {
    expect(readyStakes(800, 100)).toEqual([100, 400, 800])
    expect(readyStakes(302, 100)).toEqual([100, 200, 302])
    expect(readyStakes(100, 100)).toEqual([100])
    expect(readyStakes(50, 100)).toEqual([50])
  })

  test('begins with what the question is worth, or the least', () => {
    const turnOf = (kind: Kind) => onBoard(cellAsked(1, kind)).turn as NonNullable<RoomState['turn']>
    expect(firstStake(turnOf('double'), 800, 100)).toBe(200)
    expect(firstStake(turnOf('double'), 150, 100)).toBe(150)
    expect(firstStake(turnOf('final'), 800, 100)).toBe(100)
  })

  test('leaves the question closed for all once it is over', () => {
    const state = onBoard(...playedByAnn(0), cellAsked(1, 'double', 3), opened({ turn: 3 }), turnClosed('nobody', 3))
    expect(faceOnBoard('locked', phoneOf(state, 'bob'), mineIn(state, 'bob'))).toBe('closed')
    const on = onBoard(...playedByAnn(0), cellAsked(1, 'double', 3), opened({ turn: 3 }))
    expect(faceOnBoard('locked', phoneOf(on, 'bob'), mineIn(on, 'bob'))).toBe('locked')
  })
})

describe('a round', () => {
  test('that was announced shows its card until its first question', () => {
    expect(isAnnounced(room())).toBe(false)
    expect(isAnnounced(onBoard())).toBe(true)
    expect(sceneFor('bob', onBoard())).toBe('round')
    expect(isAnnounced(onBoard(cellAsked(0)))).toBe(false)
  })

  test('counts its own questions', () => {
    expect(placeInRound(room({ ...asked(), total: 5 }))).toEqual({ number: 1, of: 1 })
    expect(placeInRound(onBoard())).toEqual({ number: 0, of: 4 })
    expect(placeInRound(onBoard(cellAsked(0)))).toEqual({ number: 1, of: 4 })
  })

  test('says what to do', () => {
    const state = onBoard()
    expect(aboutRound(state)).toMatch(/^Тему и цену вопроса выбирает .* Отвечает тот, кто раньше нажмёт кнопку\.$/)
    const typed = { ...state, rules: { ...state.rules, typing: { kind: 'number', seconds: null }, scoring: 'penalty' } }
    expect(aboutRound(typed as RoomState)).toMatch(/Верно у того, кто ближе всех\. За ошибку очки вычитают\.$/)
  })

  test('promises options only where there are some', () => {
    const of = (options: number) => {
      const rules = { ...plainRules, choices: { points: 'penalty', seconds: 20 } } as const
      return aboutRound({ ...room(), rules, rounds: [{ title: null, count: 2, options, board: null }] })
    }
    expect(of(0)).toBe('Отвечает тот, кто раньше нажмёт кнопку.')
    expect(of(1)).toBe('Где есть варианты, выбирают все. Остальное — кто раньше нажмёт.')
    expect(of(2)).toBe('Все выбирают вариант: передумать нельзя. За ошибку очки вычитают.')
  })
})
