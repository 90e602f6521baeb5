import type { KeptPlan, OpenedRoom, Plan, PlanPage } from '@knopka/shared/contracts'
import { describe, expect, test } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { answered, ask, bank, call, callToTheEnd, keepPlan, planFor, serveBank } from './call.ts'
import { folderWith, handClock, serve } from './scene.ts'

const pageOf = (server: TestServer, key: string) => answered<PlanPage>(ask(server, 'GET', `plans/${key}`))
const statusAndBody = async (response: Promise<Response>): Promise<unknown[]> => [
  (await response).status,
  (await (await response).json()) as unknown,
]
const noPlan = [404, { code: 'no-plan' }]
const candidate = { candidate: 'Вера', interviewers: ['Анна'] }
const aDay = 24 * 3_600_000

describe('a plan', () => {
  test('is kept as it was made, changed and deleted by whoever has its key', async () => {
    const server = await serveBank()
    const plan = await planFor(server)
    const { key } = await answered<KeptPlan>(ask(server, 'POST', 'plans', { body: { plan } }))
    expect(key).toMatch(/^[\w-]{22}$/)
    expect(await pageOf(server, key)).toEqual({ plan, candidates: [] })
    const other = { ...plan, title: 'Другой', items: plan.items.slice(1) }
    expect(await answered(ask(server, 'PUT', `plans/${key}`, { body: { plan: other } }))).toEqual({ key })
    expect((await pageOf(server, key)).plan).toEqual(other)
    expect((await ask(server, 'DELETE', `plans/${key}`)).status).toBe(200)
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', { plan }],
      ['DELETE', '', undefined],
      ['POST', '/interviews', candidate],
      ['GET', '/comparison', undefined],
    ] as const) {
      expect(await statusAndBody(ask(server, method, `plans/${key}${path}`, { body }))).toEqual(noPlan)
    }
  })

  test.each([
    ['nothing', {}],
    ['no question', { items: [] }],
    ['two hundred and one', { items: Array<Plan['items'][0]>(201).fill({ ...typed('Why?') }) }],
    ['four levels', { levels: ['0', '1', '2', '3'] }],
    ['a note in a question', { items: [{ ...typed('Why?'), note: 'hidden' }] }],
    ['a key of its own', { key: 'A'.repeat(22) }],
  ])('with %s is a bad request', async (_what, changes) => {
    const server = await serveBank()
    const plan = _what === 'nothing' ? {} : { ...(await planFor(server)), ...changes }
    expect(await statusAndBody(ask(server, 'POST', 'plans', { body: { plan } }))).toEqual([
      400,
      { code: 'bad-request' },
    ])
  })

  test('lies in the store under a name that is not its key', async () => {
    const server = await serveBank()
    const key = await keepPlan(server)
    for (const name of [key, `plan/${key}`]) expect(await server.store.shelf.get(name)).toBeNull()
    const { log } = await call(server, key)
    expect(JSON.stringify(await log())).not.toContain(key)
  })

  test('is kept for a year after its last use', async () => {
    const clock = handClock()
    const server = await serveBank({}, { clock: clock.now })
    const key = await keepPlan(server)
    for (let looks = 0; looks < 2; looks++) {
      clock.forward(364 * aDay)
      await pageOf(server, key)
    }
    clock.forward(366 * aDay)
    expect(await statusAndBody(ask(server, 'GET', `plans/${key}`))).toEqual(noPlan)
  })

  test('is made by who knows the host’s password, and used by who has its key', async () => {
    const password = 'знак вопроса'
    const server = await serveBank({ KNOPKA_HOST_PASSWORD: password })
    const plan = await planFor(server)
    for (const said of [{}, { password: 'another one' }]) {
      const made = ask(server, 'POST', 'plans', { body: { plan, ...said } })
      expect(await statusAndBody(made)).toEqual([403, { code: 'wrong-password' }])
    }
    const { key } = await answered<KeptPlan>(ask(server, 'POST', 'plans', { body: { plan, password } }))
    expect((await ask(server, 'POST', `plans/${key}/interviews`, { body: candidate })).status).toBe(201)
  })

  test('cannot be looked for: who says thirty wrong keys in a minute has to wait, and nobody else', async () => {
    const server = await serveBank({ KNOPKA_TRUST_PROXY: 'loopback' })
    const key = await keepPlan(server)
    const guess = (path: string) => ask(server, 'GET', path, { from: '10.0.0.66' })
    const paths = [`plans/${'A'.repeat(22)}`, 'plans/short', `scorecards/${'A'.repeat(22)}`]
    for (let guesses = 0; guesses < 10; guesses++)
      for (const path of paths) expect((await guess(path)).status).toBe(404)
    for (const path of [...paths, `plans/${key}`]) expect((await guess(path)).status).toBe(429)
    expect((await ask(server, 'GET', `plans/${key}`)).status).toBe(200)
  })
})

function typed(text: string): Plan['items'][0] {
  return { questionId: null, kind: 'question', section: '', path: [], text }
}

describe('an interview of a plan', () => {
  test('asks every candidate the same questions in the same order, under other ids', async () => {
    const server = await serveBank()
    const key = await keepPlan(server)
    const [vera, gleb] = [await call(server, key), await call(server, key, { candidate: 'Глеб' })]
    const asked = ({ agenda }: typeof vera) => agenda.map(({ id: _id, ...item }) => item)
    expect(asked(vera)).toEqual(asked(gleb))
    expect(asked(vera).map(({ text }) => text)).toEqual((await planFor(server)).items.map(({ text }) => text))
    const ids = [...vera.agenda, ...gleb.agenda].map(({ id }) => id)
    expect(new Set(ids).size).toBe(8)
    expect(vera.pin).not.toBe(gleb.pin)
  })

  test('carries the rules of the plan and the answer notes of the bank', async () => {
    const server = await serveBank({ KNOPKA_RESULTS_DAYS: '7' })
    const { host, agenda } = await call(server, await keepPlan(server, { mayMoveOn: true, minutes: null }))
    expect(host.state).toMatchObject({
      mode: 'interview',
      interview: {
        candidate: 'Вера',
        interviewers: ['Анна', 'Борис'],
        seconds: 60,
        minutes: null,
        mayMoveOn: true,
        keptDays: 7,
      },
      secret: { planTitle: 'Opening-title', bank: 'backend' },
    })
    expect(agenda.filter(({ note }) => note).length).toBeGreaterThan(0)
    for (const { questionId, note } of agenda) {
      if (note) expect(note).toBe(`note-${questionId}`)
    }
  })

  test.each([
    ['no candidate', { interviewers: ['Анна'] }],
    ['an empty name', { candidate: ' ', interviewers: ['Анна'] }],
    ['no interviewer', { candidate: 'Вера', interviewers: [] }],
    ['three interviewers', { candidate: 'Вера', interviewers: ['Анна', 'Борис', 'Глеб'] }],
    ['a link of its own', { ...candidate, links: { host: 'mine' } }],
  ])('is not opened with %s', async (_what, body) => {
    const server = await serveBank()
    const opening = ask(server, 'POST', `plans/${await keepPlan(server)}/interviews`, { body })
    expect(await statusAndBody(opening)).toEqual([400, { code: 'bad-request' }])
  })

  test('counts as a room for whoever opens too many', async () => {
    const server = await serveBank()
    const key = await keepPlan(server)
    const openings = Array.from({ length: 20 }, () =>
      ask(server, 'POST', `plans/${key}/interviews`, { body: candidate }),
    )
    const statuses = (await Promise.all(openings)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(19)
    expect(statuses).toContain(429)
  })
})

describe('a bank that has changed since', () => {
  /** The same data under another bank. */
  async function changed(text: string | null, plan: Partial<Plan> = {}) {
    const data = { KNOPKA_DATA: await folderWith() }
    const before = await serveBank(data)
    const key = await keepPlan(before, plan)
    const asked = (await pageOf(before, key)).plan
    await before.close()
    const files = text === null ? { 'other.md': '# Other\n\n## One\n\nWhat else?\n' } : { 'backend.md': text }
    const server = await serve({ ...data, KNOPKA_BANKS: await folderWith(files) })
    return { server, key, asked }
  }

  const all: Plan['items'] = ['decorator', 'gil', 'generator'].map((questionId) => ({
    ...typed(`Asked as it was: ${questionId}?`),
    questionId,
  }))

  test('is asked as the plan has it, with the notes of today', async () => {
    const text = bank.replace('> note-decorator', '> note of today').replace(/What does the GIL.*\n> note-gil\n/, '')
    const { server, key } = await changed(text, { items: all })
    const { agenda } = await call(server, key)
    expect(agenda.map(({ text, note }) => [text, note])).toEqual([
      ['Asked as it was: decorator?', 'note of today'],
      ['Asked as it was: gil?', undefined],
      ['Asked as it was: generator?', undefined],
    ])
  })

  test('and is gone altogether: all are asked all the same', async () => {
    const { server, key } = await changed(null)
    const opened = await call(server, key)
    expect(opened.agenda).toHaveLength(4)
    await callToTheEnd(opened)
    expect((await pageOf(server, key)).candidates).toMatchObject([{ candidate: 'Вера', rated: 4, asked: 4 }])
    const more = { type: 'addItem', question: { text: 'Too late?' }, after: null } as const
    expect(await opened.host.say(more)).toEqual({ ok: false, code: 'game-over' })
  })
})

test('an opened interview answers as any room does', async () => {
  const server = await serveBank()
  const opened = await answered<OpenedRoom>(
    ask(server, 'POST', `plans/${await keepPlan(server)}/interviews`, { body: candidate }),
  )
  expect(opened).toEqual({
    pin: expect.stringMatching(/^\d{6}$/) as string,
    capability: expect.stringMatching(/^[\w-]{22}$/) as string,
  })
})
