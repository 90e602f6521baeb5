import { describe, expect, test } from 'vitest'
import { isQuiet, redact, viewOf, type Draft, type RoomEvent, type RoomState, type Viewer } from '@knopka/shared/game'
import {
  answeredBy,
  asked,
  buzzed,
  dropped,
  falseStarted,
  firstIn,
  floorGiven,
  foundFirst,
  gameEnded,
  joined,
  letBackIn,
  nameHidden,
  opened,
  removed,
  renamed,
  revealed,
  roomOpened,
  scoreCorrected,
  teamScoreCorrected,
  skipped,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

const viewers = {
  host: { role: 'host', seat: 'host' },
  cohost: { role: 'cohost', seat: 'cohost' },
  player: { role: 'player', seat: 'ann' },
  screen: { role: 'screen', seat: null },
} satisfies Record<string, Viewer>
type Name = keyof typeof viewers
const everyone = Object.keys(viewers) as Name[]

const logged = (draft: Draft): RoomEvent => ({
  ...draft,
  at: 0,
  by: 'host',
  secret: { ...('secret' in draft ? draft.secret : {}), commandId: 'command' },
})

/** What a viewer gets of an event, under `secret`. */
function secretFor(name: Name, draft: Draft): object {
  const item = redact(logged(draft), viewers[name])
  return isQuiet(item) ? {} : (item.secret ?? {})
}

const readersOf = (part: string, draft: Draft) => everyone.filter((name) => part in secretFor(name, draft))
const hearersOf = (draft: Draft) => everyone.filter((name) => !isQuiet(redact(logged(draft), viewers[name])))
const seeing = (state: RoomState, part: (view: RoomState) => unknown) =>
  everyone.filter((name) => part(viewOf(state, viewers[name])) !== undefined)

const links: Draft = { type: 'linksReplaced', secret: { links: { host: 'a', cohost: 'b' } } }

describe('who reads what of an event', () => {
  const rows: [string, Draft, Name[]][] = [
    ['plan', roomOpened(), ['host', 'cohost']],
    ['seed', roomOpened(), ['host', 'cohost']],
    ['bank', roomOpened(), ['host', 'cohost']],
    ['links', roomOpened(), ['host']],
    ['links', links, ['host']],
    ['resultsId', roomOpened(), []],
    ['roomId', roomOpened(), []],
    ['commandId', roomOpened(), []],
    ['seat', joined('ann'), ['host', 'cohost', 'screen']],
    ['questionId', asked(), ['host', 'cohost']],
    ['questionId', dropped('q1', 2), ['host', 'cohost']],
    ['note', asked(), ['host', 'cohost']],
    ['text', asked(), ['host', 'cohost', 'screen']],
    ['early', falseStarted('ann', 250), ['host', 'cohost']],
    ['tieSecret', opened(), []],
    ['tieRank', buzzed('ann'), []],
    ['trust', buzzed('ann'), []],
    ['correction', scoreCorrected('ann', 1, 'Luck'), ['host', 'cohost', 'screen']],
    ['correction', teamScoreCorrected(1, 1, 'Start'), ['host', 'cohost', 'screen']],
  ]

  test.each(rows.map(([part, draft, readers]) => ({ part, draft, readers })))(
    '$part in $draft.type is for $readers',
    ({ part, draft, readers }) => {
      expect(readersOf(part, draft)).toEqual(readers)
    },
  )

  test('an event without secrets comes without the key', () => {
    expect(redact(logged(floorGiven('ann')), viewers.player)).toEqual({ ...floorGiven('ann'), at: 0, by: 'host' })
  })

  test('what breaks ties is open to all when they are broken, and its hash before', () => {
    for (const name of everyone) {
      expect(redact(logged(opened()), viewers[name])).toMatchObject({ tieHash: 'tie-hash' })
      expect(redact(logged(foundFirst('ann')), viewers[name])).toMatchObject({ tieSecret: 'tie-secret' })
    }
  })

  test('the question is open to phones where the rules say so', () => {
    expect(redact(logged(asked(1, { onPhones: true })), viewers.player)).toMatchObject({ text: 'Question 1?' })
  })

  test('the note is open to all when it is revealed', () => {
    for (const name of everyone) {
      expect(redact(logged(revealed('Note 1')), viewers[name])).toMatchObject({ note: 'Note 1' })
    }
  })
})

describe('an event is quiet', () => {
  const heardBySome: [Draft, Name[]][] = [
    [joined('ann'), ['host', 'cohost', 'screen']],
    [removed('ann'), ['host', 'cohost', 'screen']],
    [letBackIn('ann'), ['host', 'cohost', 'screen']],
    [scoreCorrected('ann', 1, 'Luck'), ['host', 'cohost', 'screen']],
    [falseStarted('ann', 250), ['host', 'cohost']],
    [links, ['host']],
  ]

  test.each(heardBySome.map(([draft, hearers]) => ({ draft, hearers })))(
    'for all but $hearers: $draft.type',
    ({ draft, hearers }) => {
      expect(hearersOf(draft)).toEqual(hearers)
    },
  )

  const heardByAll: Draft[] = [
    roomOpened(),
    renamed('ann', 'Anna'),
    nameHidden('ann'),
    asked(),
    opened(),
    buzzed('ann'),
    floorGiven('ann'),
    verdictGiven('ann', 'right', 1),
    turnClosed('answered'),
    gameEnded(),
  ]

  test.each(heardByAll.map((draft) => ({ draft })))('for nobody: $draft.type', ({ draft }) => {
    expect(hearersOf(draft)).toEqual(everyone)
  })

  test('and counts as one version', () => {
    expect(redact(logged(joined('ann')), viewers.player)).toEqual({ quiet: 1 })
  })
})

describe('who sees what of a room', () => {
  const { state } = given(
    ...answeredBy('ann', 1),
    asked(2),
    falseStarted('bob', 250, 2),
    opened({ turn: 2 }),
    firstIn('cat', { turn: 2 }),
    scoreCorrected('ann', 1, 'Luck'),
  )

  test.each<[string, (view: RoomState) => unknown, Name[]]>([
    ['the plan', ({ secret }) => secret.plan, ['host', 'cohost']],
    ['the seed', ({ secret }) => secret.seed, ['host', 'cohost']],
    ['the links', ({ secret }) => secret.links, ['host']],
    ['where the results will be', ({ secret }) => secret.resultsId, []],
    ['what was commanded', ({ secret }) => secret.done, []],
    ['the roster', ({ secret }) => secret.roster, ['host', 'cohost', 'screen']],
    ['earlier questions', ({ secret }) => secret.past, ['host', 'cohost', 'screen']],
    ['corrections', ({ secret }) => secret.corrections, ['host', 'cohost', 'screen']],
    ['the note', ({ turn }) => turn?.secret.note, ['host', 'cohost']],
    ['the note of an earlier question', ({ secret }) => secret.past?.[0]?.secret.note, ['host', 'cohost']],
    ['the text', ({ turn }) => turn?.secret.text, ['host', 'cohost', 'screen']],
    ['false starts', ({ turn }) => turn?.secret.early, ['host', 'cohost']],
    ['what will break ties', ({ turn }) => turn?.secret.tieSecret, []],
    ['ranks among ties', ({ turn }) => turn?.secret.tieRanks, []],
    ['how far a seat is believed', ({ secret }) => secret.trust, []],
    ['until when a press is waited for', ({ turn }) => turn?.settlesAt ?? undefined, everyone],
    ['the title', ({ title }) => title, everyone],
    ['the points just given', ({ turn }) => turn?.verdicts, everyone],
  ])('%s', (_, part, seers) => {
    expect(seeing(state, part)).toEqual(seers)
  })

  test('phones get the text where the rules say so', () => {
    const { state } = under({ textOnPhones: true }).given(asked(1, { onPhones: true }))
    expect(viewOf(state, viewers.player).turn?.text).toBe('Question 1?')
  })

  test('everyone gets a note that was revealed', () => {
    const { state } = given(...skipped(), revealed('Note 1'))
    for (const name of everyone) expect(viewOf(state, viewers[name]).turn?.revealed).toEqual({ note: 'Note 1' })
  })

  test('everyone learns at the end where the results are', () => {
    const { state } = given(gameEnded())
    for (const name of everyone) expect(viewOf(state, viewers[name]).results?.id).toBe('results-id')
  })
})
