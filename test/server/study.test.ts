import { SentCommand, type OpenedStudy, type TeamMap } from '@knopka/shared/contracts'
import { isOfMode, maySay, noteVersions, seatNamed, type RoomState } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { asMember, asPlayer, asScreen, enter, newId, type Guest, type Said } from '../support/guest.ts'
import type { TestServer } from '../support/server.ts'
import { answered, ask, bytesOf, says } from './call.ts'
import { heldStore } from './held-store.ts'
import { enact, folderWith, foldOf, handClock, refusalOf, serve, takeFloor, untilTheEnd } from './scene.ts'
import {
  bank,
  keep,
  newKey,
  next,
  rated,
  review,
  reviewsOf,
  serveStudy,
  sitDown,
  studyToOpen,
  type Sitting,
} from './sitting.ts'

const aDay = 24 * 3_600_000
const refused = (code: string) => ({ ok: false, code })
const statusOf = async (response: Promise<Response>) => (await response).status
const idOf = ({ turn }: RoomState) => turn?.secret.questionId
const whyOf = ({ state }: Guest) => {
  const why = state.turn?.studied?.why
  return why?.kind === 'forgotten' ? why.seats.map((seat) => seatNamed(state, seat)?.name) : why?.kind
}
const inTheRoom = (...guests: Guest[]) =>
  Promise.all(guests.map((guest) => guest.until(({ presence }) => guests.every(({ seat }) => seat in presence))))

describe('opening a study room', () => {
  const open = async (server: TestServer, body: object) => {
    const response = await ask(server, 'POST', 'studies', { body })
    return [response.status, ((await response.json()) as { code?: string }).code]
  }

  test('gives its PIN and the invitation, and says what is wrong otherwise', async () => {
    const server = await serveStudy()
    const body = await studyToOpen(server)
    const opened = await answered<OpenedStudy>(ask(server, 'POST', 'studies', { body }))
    expect(opened).toEqual({
      pin: expect.stringMatching(/^\d{6}$/) as string,
      invitation: expect.stringMatching(/^[\w-]{22}$/) as string,
    })
    expect(await open(server, { ...body, bank: 'none' })).toEqual([404, 'no-bank'])
    expect(await open(server, { ...body, study: { ...body.study, sections: ['none'] } })).toEqual([422, 'no-sections'])
    expect(await open(server, { ...body, study: { ...body.study, sections: [] } })).toEqual([400, 'bad-request'])
    expect(await open(server, { ...body, study: { ...body.study, newPercent: 101 } })).toEqual([400, 'bad-request'])
    expect(await open(server, { ...body, title: '' })).toEqual([400, 'bad-request'])
  })

  test('asks for the host’s password where there is one', async () => {
    const server = await serveStudy({ KNOPKA_HOST_PASSWORD: 'open sesame' })
    const body = await studyToOpen(server)
    expect(await open(server, body)).toEqual([403, 'wrong-password'])
    expect(await open(server, { ...body, password: 'no' })).toEqual([403, 'wrong-password'])
    expect(await open(server, { ...body, password: 'open sesame' })).toEqual([201, undefined])
  })

  test('is counted like the opening of any room', async () => {
    const server = await serveStudy()
    const body = await studyToOpen(server)
    const answers = await Promise.all(Array.from({ length: 22 }, () => open(server, body)))
    expect(answers.filter(([status]) => status === 429)).toHaveLength(2)
  })
})

describe('whoever has the PIN alone', () => {
  test('finds no room: not by HTTP, not as a player, not as a screen', async () => {
    const server = await serveStudy()
    const { pin } = await sitDown(server)
    expect(await statusOf(ask(server, 'GET', `rooms/${pin}`))).toBe(404)
    expect(await refusalOf(asPlayer(server.address, pin, 'Глеб'))).toEqual({ code: 'no-room' })
    expect(await refusalOf(asScreen(server.address, pin))).toEqual({ code: 'no-room' })
  })

  test('opens nothing with a wrong invitation, and has guessed a PIN with each', async () => {
    const server = await serveStudy({ KNOPKA_TRUST_PROXY: 'loopback' })
    const [{ pin, invitation }, other] = [await sitDown(server), await sitDown(server)]
    const { address } = server
    const headers = { 'x-forwarded-for': '10.0.0.66' }
    const knock = (said: string) => refusalOf(asMember(address, pin, 'Глеб', said, newId(), { headers }))
    for (const wrong of ['', 'undefined', pin, newKey(), other.invitation]) {
      expect(await knock(wrong)).toEqual({ code: 'bad-token' })
    }
    for (let guesses = 5; guesses < 30; guesses++) await knock(newKey())
    expect(await knock(newKey())).toMatchObject({ code: 'too-many' })
    // Who was invited does not wait for it, even behind the same router.
    untilTheEnd(await asMember(address, pin, 'Аня', invitation, newId(), { headers }))
  })

  test('finds no quiz with an invitation either', async () => {
    const server = await serveStudy()
    const { pin } = await enact(server)
    expect(await refusalOf(asMember(server.address, pin, 'Глеб', ''))).toEqual({ code: 'bad-token' })
  })
})

describe('a member', () => {
  test('comes in by the invitation, and comes back to the same seat by its token', async () => {
    const server = await serveStudy()
    const { pin, member } = await sitDown(server)
    const ann = await member('Аня')
    expect(ann.welcome?.viewer).toEqual({ role: 'member', seat: ann.seat })
    ann.leave()
    const token = ann.welcome?.token ?? ''
    const back = untilTheEnd(await enter(server.address, pin, { kind: 'seat', token }))
    expect(back.welcome?.viewer).toEqual({ role: 'member', seat: ann.seat })
  })

  test('of another room, or of a quiz, is not let in', async () => {
    const server = await serveStudy()
    const [{ pin }, other] = [await sitDown(server), await sitDown(server)]
    const [stranger, quiz] = [await other.member('Глеб'), await enact(server)]
    const tokens = [stranger.welcome?.token, (await quiz.player('Ann')).welcome?.token, quiz.host.welcome?.token, 'x.y']
    for (const token of tokens) {
      expect(await refusalOf(enter(server.address, pin, { kind: 'seat', token: token ?? '' }))).toEqual({
        code: 'bad-token',
      })
    }
  })

  test('presses, answers aloud, and the others judge it', async () => {
    const { member } = await sitDown(await serveStudy())
    const [ann, bob] = [await member('Аня'), await member('Борис')]
    const turn = await next(bob)
    await takeFloor(ann, turn)
    expect(await ann.say({ type: 'vote', turn, verdict: 'right' })).toEqual(refused('own-answer'))
    await says(bob, { type: 'vote', turn, verdict: 'partly' }, { type: 'reveal', turn })
    await ann.until(({ state }) => state.turn?.revealed !== null)
    expect(ann.state.turn?.studied).toMatchObject({
      answered: ann.seat,
      shown: [{ seat: bob.seat, text: null, vote: 'partly' }],
    })
    await says(ann, { type: 'stepBack', turn })
    await says(ann, { type: 'stepBack', turn })
    await bob.until(({ state }) => state.turn?.openings === 2)
    await bob.until(({ lights }) => lights.some(({ opening }) => opening === 2))
    expect(await ann.press(turn)).toMatchObject({ ok: true })
  })

  test('who is voted out is out, also by the old invitation, and reads no map', async () => {
    const server = await serveStudy()
    const { pin, invitation, member } = await sitDown(server)
    const [ann, bob, cat] = [await member('Аня'), await member('Борис'), await member('Катя')]
    await inTheRoom(ann, bob, cat)
    const map = (right?: string | null) => statusOf(ask(server, 'GET', `studies/${pin}/map`, { right }))
    expect(await map(cat.welcome?.token)).toBe(200)
    await says(ann, { type: 'voteOut', seat: cat.seat, out: true })
    await says(bob, { type: 'voteOut', seat: cat.seat, out: true })
    await cat.until(({ farewell }) => farewell === 'removed')
    await ann.until(({ state }) => state.secret.invitation !== invitation)
    expect(await map(cat.welcome?.token)).toBe(404)
    const token = cat.welcome?.token ?? ''
    expect(await refusalOf(enter(server.address, pin, { kind: 'seat', token }))).toEqual({ code: 'removed' })
    expect(await refusalOf(asMember(server.address, pin, 'Катя', invitation))).toEqual({ code: 'bad-token' })
    expect(bytesOf(cat)).not.toContain(ann.state.secret.invitation)
    untilTheEnd(await asMember(server.address, pin, 'Катя', ann.state.secret.invitation ?? ''))
  })
})

test('the next session asks first what was forgotten, says by whom, and repeats nothing else', async () => {
  const clock = handClock()
  const server = await serveStudy({}, { clock: clock.now })
  const { member } = await sitDown(server)
  const [ann, bob, cat] = [
    await member('Аня', newKey()),
    await member('Борис', newKey()),
    await member('Катя', newKey()),
  ] as const
  await inTheRoom(ann, bob, cat)
  await rated([ann, 'again'], [bob, 'good'], [cat, 'easy'])
  const [forgotten, asked] = [idOf(ann.state), [idOf(ann.state)]]
  for (let count = 0; count < 3; count++) {
    await rated([bob, 'easy'], [cat, 'easy'], [ann, 'easy'])
    asked.push(idOf(bob.state))
  }
  expect(new Set(asked).size).toBe(4)
  expect(whyOf(bob)).toBe('new')

  clock.forward(3 * aDay)
  await next(cat)
  expect([idOf(cat.state), whyOf(cat), cat.state.study?.session?.number]).toEqual([forgotten, ['Аня', 'Борис'], 2])
  await next(cat)
  expect([asked.includes(idOf(cat.state)), whyOf(cat)]).toEqual([false, 'new'])
})

test('who is away is not asked for, and what was learnt before in whatever way counts', async () => {
  const clock = handClock()
  const server = await serveStudy({}, { clock: clock.now })
  const { member } = await sitDown(server)
  const [anns, bobs] = [newKey(), newKey()]
  const long = clock.now() - 30 * aDay
  await keep(server, anns, [review('SQL-3', long, 'again'), review('Python-2', long, 'good')])
  await keep(server, bobs, [review('SQL-5', long, 'again')])
  const [ann, bob] = [await member('Аня', anns), await member('Борис', bobs)]
  bob.leave()
  await ann.until(({ presence }) => ann.seat in presence && !(bob.seat in presence))
  await next(ann)
  expect([idOf(ann.state), whyOf(ann)]).toEqual(['SQL-3', ['Аня']])
  await next(ann)
  expect([idOf(ann.state), whyOf(ann)]).toEqual(['Python-2', ['Аня']])
  await next(ann)
  expect(whyOf(ann)).toBe('new')
})

test('what is asked next follows what was said just before, though nobody has heard of it yet', async () => {
  const server = await serveStudy()
  const { member } = await sitDown(server)
  const ann = await member('Аня')
  const { study } = await studyToOpen(server)
  for (const section of study.sections) {
    const turn = (ann.state.turn?.turn ?? 0) + 1
    const changed = ann.say({ type: 'changeStudy', study: { ...study, sections: [section] } })
    const asked = ann.say({ type: 'askNext', turn })
    expect(await Promise.all([changed, asked])).toMatchObject([{ ok: true }, { ok: true }])
    await ann.until(({ state }) => state.turn?.turn === turn)
    expect(ann.state.turn?.path).toEqual([turn === 1 ? 'Python' : 'SQL'])
  }
})

test('a question means the same in its own bank and in all banks together', async () => {
  const server = await serve({
    KNOPKA_BANKS: await folderWith({ 'backend.md': bank, 'other.md': '# Other\n\n## One\n\nOther? {#other}' }),
  })
  const key = newKey()
  await keep(server, key, [review('SQL-3', server.store.now() - 30 * aDay, 'again')])
  const all = await answered<{ sections: { id: string }[] }>(ask(server, 'GET', `banks/${encodeURIComponent('*')}`))
  const sections = all.sections.map(({ id }) => id)
  const { member } = await sitDown(server, { bank: '*', study: { sections } })
  const ann = await member('Аня', key)
  await rated([ann, 'good'])
  expect([idOf(ann.state), whyOf(ann)]).toEqual(['backend/SQL-3', ['Аня']])
  expect((await reviewsOf(server, key)).map(({ question }) => question)).toEqual(['backend/SQL-3', 'backend/SQL-3'])
})

test('nobody is sent what another rated, nor what all think and write before it is shown', async () => {
  const { member, log } = await sitDown(await serveStudy(), { study: { typesFirst: true } })
  const keys = [newKey(), newKey(), newKey()]
  const all = [await member('Аня', keys[0]), await member('Борис', keys[1]), await member('Катя', keys[2])] as const
  const [ann, bob, cat] = all
  await inTheRoom(...all)
  const turn = await next(ann)
  await says(bob, { type: 'write', turn, text: 'written-by-bob' })
  await takeFloor(ann, turn)
  await says(cat, { type: 'vote', turn, verdict: 'wrong' })
  const { length } = await log()
  await Promise.all(all.map((guest) => guest.until(({ version }) => version === length)))
  for (const guest of [ann, cat]) expect(bytesOf(guest)).not.toContain('written-by-bob')
  for (const guest of [ann, bob]) expect(bytesOf(guest)).not.toContain('wrong')
  for (const guest of all) expect(bytesOf(guest)).not.toContain('note-')
  await says(bob, { type: 'reveal', turn })
  await Promise.all(all.map((guest) => guest.until(({ state }) => state.turn?.revealed !== null)))
  for (const guest of all) expect(bytesOf(guest)).toMatch(/written-by-bob.*wrong|wrong.*written-by-bob/s)
  await says(bob, { type: 'rate', turn, rating: 'hard' })
  await says(cat, { type: 'rate', turn, rating: 'easy' })
  await ann.until(({ state }) => state.turn?.studied?.rated.length === 2)
  await bob.until(({ mine }) => mine?.study?.rating === 'hard')
  expect(bytesOf(ann)).not.toMatch(/"(hard|easy)"/)
  expect(bytesOf(bob)).not.toMatch(/"easy"/)
  expect(bytesOf(cat)).not.toMatch(/"hard"/)
  const progress = (await log()).flatMap((event) =>
    event.type === 'progressBrought' ? [event.secret?.brought?.progress ?? ''] : [],
  )
  expect(progress).toHaveLength(3)
  for (const guest of all) for (const secret of [...keys, ...progress]) expect(bytesOf(guest)).not.toContain(secret)
})

describe('progress', () => {
  test('holds what was rated, and a rating that was changed once', async () => {
    const server = await serveStudy()
    const { member, log } = await sitDown(server)
    const key = newKey()
    const ann = await member('Аня', key)
    const turn = await rated([ann, 'again'])
    await says(ann, { type: 'rate', turn, rating: 'good' })
    const [first, ...more] = await reviewsOf(server, key)
    const [opened] = await log()
    const roomId = opened?.type === 'studyOpened' ? opened.secret?.roomId : undefined
    expect([first, more]).toEqual([
      {
        id: `${roomId}/1`,
        question: `backend/${idOf(ann.state)}`,
        at: expect.any(Number) as number,
        rating: 'good',
        revision: 2,
      },
      [],
    ])
    await says(ann, { type: 'rate', turn, rating: null })
    expect(await reviewsOf(server, key)).toMatchObject([{ rating: null, revision: 3 }])
  })

  test('that is brought late keeps what was rated in the session before', async () => {
    const server = await serveStudy()
    const { member } = await sitDown(server)
    const [ann, key] = [await member('Аня'), newKey()]
    await rated([ann, 'again'])
    await rated([ann, 'hard'])
    await says(ann, { type: 'bringProgress', key })
    expect((await reviewsOf(server, key)).map(({ rating }) => rating)).toEqual(['again', 'hard'])
    await says(ann, { type: 'bringProgress', key: null })
    await rated([ann, 'easy'])
    expect(await reviewsOf(server, key)).toHaveLength(2)
  })

  test('goes as it came: what one server gave another one takes', async () => {
    const [here, there] = [await serveStudy(), await serveStudy()]
    const { member } = await sitDown(here)
    const key = newKey()
    await rated([await member('Аня', key), 'good'])
    const reviews = await reviewsOf(here, key)
    for (let times = 0; times < 2; times++) expect(await statusOf(keep(there, key, reviews))).toBe(200)
    expect(await reviewsOf(there, key)).toEqual(reviews)
  })

  test('loses no review of a question that is taken back in the same moment', async () => {
    const { store, hold } = await heldStore()
    const server = await serveStudy({}, { store })
    const { member, log } = await sitDown(server)
    const [key, bob] = [newKey(), await member('Борис')]
    const ann = await member('Аня', key)
    await rated([ann, 'good'])
    const turn = await next(ann)
    await says(ann, { type: 'reveal', turn })
    const { isAtTheGate, letThrough } = hold()
    const first = bob.say({ type: 'shareMap', shared: true })
    await isAtTheGate
    const rest: Said[] = [
      { type: 'rate', turn, rating: 'again' },
      { type: 'stepBack', turn },
      { type: 'stepBack', turn },
    ]
    const acks = [first, ...rest.map((said) => ann.say(said))]
    // What is answered at once was heard after them: all of them wait.
    await ann.sayRaw('command', {})
    letThrough()
    for (const ack of await Promise.all(acks)) expect(ack).toMatchObject({ ok: true })
    expect((await log()).slice(-3).map(({ type }) => type)).toEqual(['rated', 'steppedBack', 'steppedBack'])
    expect((await reviewsOf(server, key)).map(({ rating }) => rating)).toEqual(['good', 'again'])
  })

  test('is whole though its node died between the log and the shelf', async () => {
    const [here, there] = [await serveStudy(), await serveStudy()]
    const { member, log } = await sitDown(here)
    const key = newKey()
    const ann = await member('Аня', key)
    await rated([ann, 'again'])
    await rated([ann, 'easy'])
    expect(await there.store.rooms.append('000123', 0, await log())).toBe('appended')
    expect(await reviewsOf(there, key)).toEqual([])
    // Whoever looks at the room brings it back, though they are not let in.
    expect(await statusOf(ask(there, 'GET', 'rooms/000123'))).toBe(404)
    expect(await reviewsOf(there, key)).toEqual(await reviewsOf(here, key))
    expect(await reviewsOf(there, key)).toHaveLength(2)
  })

  test('of one person in two rooms at once, and on two devices, is all there', async () => {
    const server = await serveStudy()
    const [one, other] = [await sitDown(server), await sitDown(server)]
    const key = newKey()
    const [laptop, phone, elsewhere] = [
      await one.member('Аня', key),
      await one.member('Аня с телефона', key),
      await other.member('Аня', key),
    ]
    const [turn] = await Promise.all([rated([laptop, 'good'], [phone, 'hard']), rated([elsewhere, 'again'])])
    expect((await reviewsOf(server, key)).map(({ rating }) => rating).toSorted()).toEqual(['again', 'hard'])
    await says(laptop, { type: 'rate', turn, rating: 'easy' })
    expect((await reviewsOf(server, key)).map(({ rating }) => rating).toSorted()).toEqual(['again', 'easy'])
  })

  test('that is forgotten stays so, also while its owner goes on', async () => {
    const server = await serveStudy()
    const { log, member } = await sitDown(server)
    const [key, bobs] = [newKey(), newKey()]
    const [ann, bob] = [await member('Аня', key), await member('Борис', bobs)]
    await rated([ann, 'again'], [bob, 'good'])
    expect(await statusOf(ask(server, 'DELETE', 'progress', { right: key }))).toBe(200)
    await rated([ann, 'again'], [bob, 'good'])
    await says(ann, { type: 'bringProgress', key: null }, { type: 'bringProgress', key })
    expect(await statusOf(ask(server, 'GET', 'progress', { right: key }))).toBe(404)
    expect(await statusOf(keep(server, key, [review('SQL-1', 1, 'good')]))).toBe(404)
    expect(await reviewsOf(server, bobs)).toHaveLength(2)
    const { progress = {} } = foldOf(await log()).secret
    expect(await server.store.shelf.gathered(`progress/${progress[ann.seat] ?? ''}`)).toEqual([])
    expect(await server.store.shelf.gathered(`progress/${progress[bob.seat] ?? ''}`)).toHaveLength(2)
  })

  test('takes a hundred thousand reviews in parts, and the room goes on', async () => {
    const server = await serveStudy()
    const key = newKey()
    const roomId = newKey()
    const ids = Array.from({ length: 10 }, (_, number) => `${number < 5 ? 'Python' : 'SQL'}-${(number % 5) + 1}`)
    const all = Array.from({ length: 100_000 }, (_, n) =>
      review(ids[n % ids.length] ?? '', 1_600_000_000_000 + n * 60_000, 'good', { id: `${roomId}/${n}` }),
    )
    for (let from = 0; from < all.length; from += 2000) {
      expect(await statusOf(keep(server, key, all.slice(from, from + 2000)))).toBe(200)
    }
    const { member } = await sitDown(server)
    const ann = await member('Аня', key)
    await rated([ann, 'good'])
    expect(await reviewsOf(server, key)).toHaveLength(100_001)
  }, 120_000)

  test('is for whoever has its key, and takes nothing that is no review', async () => {
    const server = await serveStudy()
    for (const right of [undefined, '', 'short', `${newKey()}x`, newKey().replace(/.$/, '!')]) {
      expect(await statusOf(ask(server, 'GET', 'progress', { right }))).toBe(403)
      expect(await statusOf(ask(server, 'POST', 'progress', { right, body: { reviews: [] } }))).toBe(403)
      expect(await statusOf(ask(server, 'DELETE', 'progress', { right }))).toBe(403)
    }
    const right = newKey()
    expect(await reviewsOf(server, right)).toEqual([])
    const good = review('SQL-1', 1_700_000_000_000, 'good')
    const { rating: _rating, ...unrated } = good
    const bad = [
      unrated,
      { ...good, at: -1 },
      { ...good, at: 1e16 },
      { ...good, at: '2026' },
      { ...good, rating: 'fine' },
    ]
    const more = [
      { ...good, revision: -1 },
      { ...good, id: '' },
      { ...good, id: 'x'.repeat(101) },
      { ...good, by: 'me' },
    ]
    for (const reviews of [...bad, ...more].map((one) => [good, one])) {
      expect(await statusOf(keep(server, right, reviews))).toBe(400)
    }
    for (const body of [undefined, [], {}, { reviews: good }, { reviews: Array.from({ length: 2001 }, () => good) }]) {
      expect(await statusOf(ask(server, 'POST', 'progress', { right, body }))).toBe(400)
    }
    expect(await reviewsOf(server, right)).toEqual([])
    // What is kept can be read, whatever it is made of.
    const long = { ...good, id: 'я'.repeat(100), question: 'я'.repeat(165), at: 8e15 }
    expect(await statusOf(keep(server, right, [long]))).toBe(200)
    expect(await reviewsOf(server, right)).toEqual([long])
  })
})

describe('the map of a team', () => {
  const mapOf = async (server: TestServer, { pin }: Sitting, { welcome }: Guest) =>
    answered<TeamMap>(ask(server, 'GET', `studies/${pin}/map`, { right: welcome?.token }))

  test('is made of those who share theirs, and of nobody else', async () => {
    const server = await serveStudy()
    const room = await sitDown(server)
    const [ann, bob] = [await room.member('Аня', newKey()), await room.member('Борис', newKey())]
    await rated([ann, 'easy'], [bob, 'again'])
    expect(await mapOf(server, room, ann)).toMatchObject({ people: 0, sections: [{ unseen: 5 }, { unseen: 5 }] })
    await says(ann, { type: 'shareMap', shared: true })
    const map = await mapOf(server, room, bob)
    expect(map.people).toBe(1)
    expect(map.sections.map(({ total, unseen }) => total - unseen).toSorted()).toEqual([0, 1])
    await says(ann, { type: 'shareMap', shared: false })
    expect((await mapOf(server, room, bob)).people).toBe(0)
  })

  test('is for members of the room, and counts guesses', async () => {
    const server = await serveStudy()
    const [{ pin }, other, quiz] = [await sitDown(server), await sitDown(server), await enact(server)]
    const wrong = [undefined, newKey(), (await other.member('Глеб')).welcome?.token, quiz.host.welcome?.token]
    for (const right of wrong) expect(await statusOf(ask(server, 'GET', `studies/${pin}/map`, { right }))).toBe(404)
    const path = `studies/${quiz.pin}/map`
    expect(await statusOf(ask(server, 'GET', path, { right: quiz.host.welcome?.token }))).toBe(404)
    for (let guesses = wrong.length + 1; guesses < 30; guesses++) await ask(server, 'GET', `studies/${pin}/map`)
    expect(await statusOf(ask(server, 'GET', `studies/${pin}/map`))).toBe(429)
  })
})

describe('a room that everybody has left', () => {
  const yearlong = async () => {
    const clock = handClock()
    const environment = { KNOPKA_DATA: await folderWith(), KNOPKA_BANKS: await folderWith({ 'backend.md': bank }) }
    const start = () => serve(environment, { clock: clock.now })
    const before = await start()
    const { pin, member } = await sitDown(before)
    const ann = await member('Аня', newKey())
    await rated([ann, 'good'])
    await says(ann, { type: 'writeNote', questionId: 'SQL-1', text: 'An index is a **tree**', was: 0 })
    const token = ann.welcome?.token ?? ''
    ann.leave()
    await before.close()
    return { clock, start, back: ({ address }: TestServer) => enter(address, pin, { kind: 'seat', token }) }
  }

  test('is there a week later, with its notes and its people, and begins another session', async () => {
    const { clock, start, back } = await yearlong()
    clock.forward(7 * aDay)
    const ann = untilTheEnd(await back(await start()))
    expect(noteVersions(ann.state, 'SQL-1')).toMatchObject([{ text: 'An index is a **tree**', name: 'Аня' }])
    expect(ann.state.turn?.turn).toBe(1)
    await next(ann)
    expect([ann.state.turn?.turn, ann.state.study?.session?.number, ann.state.secret.past]).toEqual([2, 2, []])
  })

  test('is kept for a year from the last that happened, and no longer', async () => {
    const { clock, start, back } = await yearlong()
    clock.forward(364 * aDay)
    const first = await start()
    await says(await back(first), { type: 'shareMap', shared: true })
    await first.close()
    clock.forward(364 * aDay)
    const second = await start()
    untilTheEnd(await back(second))
    await second.close()
    clock.forward(2 * aDay)
    expect(await refusalOf(back(await start()))).toEqual({ code: 'no-room' })
  })
})

test('every command of study is refused to a player of a quiz, and those of a quiz to a member', async () => {
  const server = await serveStudy()
  const { member } = await sitDown(server)
  const [ann, quiz] = [await member('Аня'), await enact(server)]
  const foreign: Said[] = [
    { type: 'end' },
    { type: 'ask', turn: 1, questionId: 'SQL-1', tieBreak: false },
    { type: 'openBuzzers', turn: 1 },
    { type: 'remove', seat: ann.seat },
    { type: 'replaceLink', link: 'host' },
    { type: 'giveVerdict', turn: 1, seat: ann.seat, verdict: 'right' },
  ]
  for (const command of foreign) expect(await ann.say(command)).toEqual(refused('not-yours'))
  const own: Said[] = [{ type: 'askNext', turn: 1 }, { type: 'endSession' }, { type: 'shareMap', shared: true }]
  for (const guest of [quiz.host, await quiz.player('Ann')]) {
    for (const command of own) expect(await guest.say(command)).toEqual(refused('not-yours'))
  }
  const types = SentCommand.options.map(({ shape }) => shape.type.value)
  expect(types.filter((type) => maySay('member', type) && !isOfMode(type, 'study'))).toEqual([])
})

test('no line of the log and no figure tells of anyone, or gives a right away', async () => {
  const metrics = 'a token of the metrics'
  const server = await serveStudy({ KNOPKA_LOG: 'debug', KNOPKA_METRICS_TOKEN: metrics })
  const { invitation, member, log } = await sitDown(server)
  const key = newKey()
  const ann = await member('Верослава', key)
  await rated([ann, 'good'])
  await says(ann, { type: 'writeNote', questionId: 'SQL-1', text: 'unheard-of', was: 0 })
  await ann.sayRaw('command', { type: 'bringProgress', key, name: 'Верослава' })
  await reviewsOf(server, key)
  await ask(server, 'POST', 'progress', { right: key, body: { reviews: [{ key }] } })
  await ask(server, 'DELETE', 'progress', { right: key })
  const [brought] = (await log()).flatMap((event) => (event.type === 'progressBrought' ? [event] : []))
  const figures = await (
    await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${metrics}` } })
  ).text()
  await server.close()
  const all = figures + server.lines.join('')
  expect(figures).toContain('knopka_connections{role="member"} 1')
  expect(server.lines.length).toBeGreaterThan(0)
  const { progress } = brought?.secret?.brought ?? {}
  for (const secret of ['Верослава', 'unheard-of', key, progress, invitation, ann.welcome?.token]) {
    expect(secret).toMatch(/./)
    expect(all).not.toContain(secret ?? 'missing')
  }
})
