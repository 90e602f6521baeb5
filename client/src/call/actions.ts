import {
  areOpinionsOpen,
  nextItem,
  ownOpinion,
  wasShown,
  whyNotAgree,
  whyNotPause,
  whyNotRate,
  whyNotShow,
  type AgendaItem,
  type Level,
  type RoomState,
  type Viewer,
  type Why,
} from '@knopka/shared/game'
import type { ItemId } from '@knopka/shared/ids'
import type { Saying } from '../lib/outbox.ts'

/** One thing that an interviewer can do with one key. */
export interface Action {
  /** `KeyboardEvent.code`s that do it: places on the keyboard, which no layout moves. */
  codes: string[]
  /** Held together with the key. */
  shift?: true
  /** What a screen writes on the key cap. */
  cap: string
  why: Why
  /** One after the other; none where the present state has nothing to say it to. */
  sayings: Saying[]
}

export interface Actions {
  levels: Action[]
  notAsked: Action
  flag: Action
  skip: Action
  back: Action
  next: Action
  show: Action
  pause: Action
  /** Once both may see what the other thinks. */
  agree: Action[]
}

const levels: readonly Level[] = [0, 1, 2, 3, 4]
const digit = (n: number): string[] => [`Digit${n}`, `Numpad${n}`]

/** Everything the keys do for the question that this interviewer looks at, as the rules allow it now. */
export function actionsOf(state: RoomState, viewer: Viewer, item: AgendaItem): Actions {
  const { id } = item
  const own = ownOpinion(state, viewer, id)
  const notAsked = own.rating === 'not-asked'
  const next = comingItem(state, viewer)
  const before = itemBefore(state)
  return {
    levels: levels.map((level) => ({
      codes: digit(level),
      cap: String(level),
      why: whyNotRate(state, id),
      // The key that is down takes its own rating back.
      sayings: [{ type: 'assess', item: id, rating: own.rating === level ? null : level }],
    })),
    notAsked: {
      codes: ['KeyN', 'Minus', 'NumpadSubtract'],
      cap: 'N',
      why: null,
      sayings: [{ type: 'assess', item: id, rating: notAsked ? null : 'not-asked' }],
    },
    flag: { codes: ['KeyF'], cap: 'F', why: null, sayings: [{ type: 'assess', item: id, flagged: !own.flagged }] },
    skip: skipAction(state, item, next),
    back: showAction(state, 'ArrowLeft', '←', before, 'no-such-item'),
    next: showAction(state, 'ArrowRight', '→', next, 'no-questions-left'),
    show: showAction(state, 'KeyV', 'V', item, 'no-such-item'),
    pause: pauseAction(state),
    agree: areOpinionsOpen(state) ? levels.map((level) => agreeAction(state, id, level)) : [],
  }
}

const show = ({ id }: AgendaItem): Saying => ({ type: 'showItem', item: id })

function showAction(state: RoomState, code: string, cap: string, item: AgendaItem | undefined, none: Why): Action {
  return { codes: [code], cap, why: whyNotShow(state) ?? (item ? null : none), sayings: item ? [show(item)] : [] }
}

/** It was not asked, and the next one is. */
function skipAction(state: RoomState, item: AgendaItem, next: AgendaItem | undefined): Action {
  const goesOn = next && next.id !== item.id ? [show(next)] : []
  const sayings: Saying[] = [{ type: 'assess', item: item.id, rating: 'not-asked' }, ...goesOn]
  return { codes: ['KeyS'], cap: 'S', why: whyNotShow(state), sayings }
}

function pauseAction(state: RoomState): Action {
  const resumes = state.pausedAt !== null
  return {
    codes: ['KeyP'],
    cap: 'P',
    why: resumes ? null : whyNotPause(state),
    sayings: [{ type: resumes ? 'resume' : 'pause' }],
  }
}

function agreeAction(state: RoomState, item: ItemId, level: Level): Action {
  const isAgreed = state.secret.agreed?.[item] === level
  return {
    codes: digit(level),
    shift: true,
    cap: `⇧${level}`,
    why: whyNotAgree(state) ?? whyNotRate(state, item),
    sayings: [{ type: 'agree', item, level: isAgreed ? null : level }],
  }
}

/** What the candidate has not seen yet, without what this interviewer does not want to ask. */
export function comingItem(state: RoomState, viewer: Viewer): AgendaItem | undefined {
  const agenda = (state.secret.agenda ?? []).filter(
    ({ id }) => wasShown(state, id) || ownOpinion(state, viewer, id).rating !== 'not-asked',
  )
  return nextItem({ ...state, secret: { ...state.secret, agenda } })
}

/** The last one before the present one that the candidate has seen. */
function itemBefore(state: RoomState): AgendaItem | undefined {
  const agenda = state.secret.agenda ?? []
  const here = agenda.findIndex(({ id }) => id === state.interview?.shown?.item)
  return agenda.slice(0, Math.max(0, here)).findLast(({ id }) => wasShown(state, id))
}

export const allActions = (actions: Actions): Action[] => [
  ...actions.agree,
  ...actions.levels,
  actions.notAsked,
  actions.flag,
  actions.skip,
  actions.back,
  actions.next,
  actions.show,
  actions.pause,
]

/** What a key does, if anything. */
export const actionOf = (actions: Actions, { code, shiftKey }: Pick<KeyboardEvent, 'code' | 'shiftKey'>) =>
  allActions(actions).find((action) => action.codes.includes(code) && (action.shift ?? false) === shiftKey)
