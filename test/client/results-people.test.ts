import { describe, expect, test } from 'vitest'
import type { PlayedQuestion, Press, Standing, TeamStanding } from '@knopka/shared/game'
import { fileName } from '../../client/src/results/downloads.ts'
import { isPerHead, peopleIn, teamsIn } from '../../client/src/results/people.ts'

const ann: Press = {
  seat: 'a',
  number: 1,
  name: 'Ann',
  hidden: false,
  opening: 1,
  arrival: 0,
  scoreMs: 1,
  certaintyMs: 1,
  cameMs: 1,
  overruledMs: 0,
  called: null,
}
const asked: PlayedQuestion = {
  turn: 1,
  kind: 'term',
  path: [],
  text: 'grep',
  note: null,
  presses: [ann],
  verdicts: [],
  choices: null,
  typing: null,
  round: 1,
  worth: null,
  closed: null,
}
const standing = (seat: string, name: string, hidden: boolean): Standing => ({
  seat,
  name,
  hidden,
  number: 2,
  removed: false,
  team: null,
  score: 0,
  place: 1,
})

describe('the people of an evening', () => {
  test('are those in the standings, with their last names', () => {
    const people = peopleIn({ standings: [standing('a', 'Anna', true)], questions: [asked] })
    expect(people.get('a')).toEqual({ number: 2, name: 'Anna', hidden: true, team: null })
  })

  test('are also those who were removed, by what they pressed', () => {
    const people = peopleIn({ standings: [standing('b', 'Bob', false)], questions: [asked] })
    expect([...people.keys()].sort()).toEqual(['a', 'b'])
    expect(people.get('a')).toEqual({ number: 1, name: 'Ann', hidden: false, team: null })
  })
})

describe('the teams of an evening', () => {
  const team = (number: number, score: number): TeamStanding => ({
    number,
    name: null,
    captain: null,
    size: 1,
    score,
    place: 1,
  })
  const inTeam = (seat: string, number: number | null) => ({ ...standing(seat, seat, false), team: number })

  test('have those who were in them at the end, best first', () => {
    const standings = [inTeam('a', 2), inTeam('b', 1), inTeam('c', 2), inTeam('d', null)]
    const people = teamsIn({ teams: [team(2, 3), team(1, 1)], standings }).map((one) =>
      one.people.map(({ seat }) => seat),
    )
    expect(people).toEqual([['a', 'c'], ['b']])
  })

  test('are those that people were in, and of whoever was removed the one that they pressed for', () => {
    const question = { ...asked, presses: [{ ...ann, team: 3 }] }
    expect(peopleIn({ standings: [], questions: [question] }).get('a')?.team).toBe(3)
    expect(peopleIn({ standings: [inTeam('a', 2)], questions: [question] }).get('a')?.team).toBe(2)
  })

  test('shared their points by heads where points are neither whole nor half', () => {
    expect(isPerHead({ teams: [team(1, 2), team(2, 1.5)] })).toBe(false)
    expect(isPerHead({ teams: [team(1, 2), team(2, 1.33)] })).toBe(true)
    expect(isPerHead({ teams: [] })).toBe(false)
  })
})

describe('a downloaded file', () => {
  test('is named after the day, with the ending of its format', () => {
    const end = new Date(2026, 2, 5, 23, 40).getTime()
    expect(fileName(end, 'csv')).toBe('knopka-2026-03-05.csv')
    expect(fileName(end, 'json')).toBe('knopka-2026-03-05.json')
    expect(fileName(end, 'markdown')).toBe('knopka-2026-03-05.md')
  })
})
