import { guessIn, judgedGroups, type PlayedTyping, type Verdict } from '@knopka/shared/game'

export type TypedAnswer = PlayedTyping['answers'][number]

/** Answers that are alike, with those who gave them. */
export interface TypedGroup {
  text: string
  /** `null`: never judged. */
  verdict: Verdict | null
  answers: TypedAnswer[]
}

/** Words that are alike together, the best first; of numbers the nearest first. */
export function typedGroups(typing: PlayedTyping): TypedGroup[] {
  const { kind, right, answers } = typing
  if (kind === 'text') {
    return judgedGroups(typing).map(({ text, verdict, seats }) => ({
      text,
      verdict,
      answers: answers.filter(({ seat }) => seats.includes(seat)),
    }))
  }
  const guesses = [...new Set(answers.map(({ text }) => guessIn(text) ?? 0))]
  const distance = (guess: number) => (right === null ? guess : Math.abs(guess - right))
  return guesses
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .map((guess) => {
      const same = answers.filter(({ text }) => (guessIn(text) ?? 0) === guess)
      return { text: String(guess), verdict: same[0]?.verdict ?? null, answers: same }
    })
}

/** What a question that everyone answered by typing came to, in one line. */
export interface TypedTally {
  /** The best that was given; `null`: nothing was judged. */
  verdict: Verdict | null
  /** How many it is true of, and of how many who typed. */
  count: number
  of: number
}

const bestFirst: Verdict[] = ['right', 'partly', 'wrong']

/** @returns `null` where nobody typed */
export function tallyOfTyped({ answers }: PlayedTyping): TypedTally | null {
  if (answers.length === 0) return null
  const verdict = bestFirst.find((verdict) => answers.some((one) => one.verdict === verdict)) ?? null
  return { verdict, count: answers.filter((one) => one.verdict === verdict).length, of: answers.length }
}
