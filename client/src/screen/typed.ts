import {
  guessIn,
  mayTakePart,
  plainAnswer,
  seatsOf,
  type RoomState,
  type Turn,
  type TypedMark,
} from '@knopka/shared/game'
import { contenderOf, type Contender } from '../ui/teams.ts'
import type { Answers } from '../ui/choosing.ts'
import { peopleOf } from './scene.ts'

/** How many of those who may have done what everyone does with this question: typed an answer, or said a stake. */
function countOf(state: RoomState, turn: Turn, done: string[] | undefined): Pick<Answers, 'answered' | 'of'> {
  const seats = new Set(done)
  const asked = seatsOf(state).filter(({ seat, removed }) => !removed && mayTakePart(turn, seat))
  return { answered: asked.filter(({ seat }) => seats.has(seat)).length, of: asked.length }
}

export const typedOf = (state: RoomState, turn: Turn) => countOf(state, turn, turn.secret.whoTyped)
export const stakedOf = (state: RoomState, turn: Turn) => countOf(state, turn, turn.secret.whoStaked)

/** Whoever's answer was judged, as the hall reads it. */
export interface Earner extends Contender {
  seat: string
  verdict: TypedMark['verdict']
  points: number
  /** One of the nearest, and how far it is from the right number. */
  guess: { value: number; offBy: number } | null
}

/** Those who were right or had something to lose; the most points first. */
export function earnersOf(state: RoomState, turn: Turn): Earner[] {
  const marks = (turn.secret.typedMarks ?? []).filter(({ verdict, points }) => verdict !== 'wrong' || points !== 0)
  return [...marks]
    .sort((a, b) => b.points - a.points)
    .flatMap(({ seat, verdict, points, text }) => {
      const [who] = peopleOf(state, [seat])
      if (!who || who.removed) return []
      return [{ ...contenderOf(state.teams, who), seat, verdict, points, guess: guessOf(turn, text) }]
    })
}

function guessOf({ typing }: Turn, text: string | undefined): Earner['guess'] {
  const value = text === undefined ? null : guessIn(text)
  if (value === null || typing?.kind !== 'number' || typing.right === null) return null
  return { value, offBy: Math.abs(value - typing.right) }
}

const mostWordings = 3

/** What was right, in the hall's own words: alike ones once, the most frequent first. */
export function rightTexts({ secret }: Turn): string[] {
  const byAnswer = new Map<string, string[]>()
  for (const { text } of secret.typedMarks ?? []) {
    if (text !== undefined) byAnswer.set(plainAnswer(text), [...(byAnswer.get(plainAnswer(text)) ?? []), text])
  }
  const groups = [...byAnswer.values()].sort((a, b) => b.length - a.length)
  return groups.slice(0, mostWordings).flatMap(([text]) => text ?? [])
}

/** How many were right, of those who had answered. */
export const countRight = ({ secret }: Turn): { right: number; of: number } => ({
  right: (secret.typedMarks ?? []).filter(({ verdict }) => verdict === 'right').length,
  of: secret.whoTyped?.length ?? 0,
})

export const isJudged = ({ secret }: Turn): boolean => (secret.typedMarks?.length ?? 0) > 0
