import type { OpenedRoom, RoomSettings } from '@knopka/shared/contracts'
import { describe, expect, test } from 'vitest'
import { eveningOf } from '../support/one-round.ts'
import { openRoom, settings, type TestServer } from '../support/server.ts'
import { enact, folderWith, serve } from './scene.ts'

interface Outline {
  id: string
  title: string
  own: number
  total: number
  sections: Outline[]
}

const python = 'backend_interview_python'
const get = ({ address }: TestServer, path: string, headers: Record<string, string> = {}) =>
  fetch(`${address}${path}`, { headers })

const post = ({ address }: TestServer, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${address}/api/rooms`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

async function anySettings(server: TestServer): Promise<RoomSettings> {
  const [bank] = (await (await get(server, '/api/banks')).json()) as Outline[]
  return eveningOf({ ...settings, sections: bank?.sections.map(({ id }) => id) ?? [] })
}

const ofRound = (good: RoomSettings, changes: object) => ({ ...good, rounds: [{ ...good.rounds[0], ...changes }] })
const withRule = (good: RoomSettings, changes: object) =>
  ofRound(good, { rules: { ...good.rounds[0]?.rules, ...changes } })

async function statusAndBody(response: Response | Promise<Response>): Promise<[number, unknown]> {
  const { status } = await response
  return [status, await (await response).json()]
}

test('a server that runs says so', async () => {
  expect(await statusAndBody(get(await serve(), '/healthz'))).toEqual([200, { ok: true }])
})

describe('banks', () => {
  const all = (sections: Outline[]): Outline[] => sections.flatMap((section) => [section, ...all(section.sections)])

  test('each is listed with its tree of sections and their counts', async () => {
    const banks = (await (await get(await serve(), '/api/banks')).json()) as (Outline & { questions: number })[]
    expect(banks.map(({ id, questions }) => [id, questions])).toEqual([
      [python, 1296],
      ['backend_choices', 40],
      ['*', 1336],
    ])
    const [bank] = banks
    expect(bank).toEqual({
      id: python,
      title: python,
      language: 'ru',
      questions: 1296,
      sections: expect.any(Array) as Outline[],
    })
    const sections = all(bank?.sections ?? [])
    expect(sections).toHaveLength(112)
    for (const section of sections) expect(Object.keys(section)).toEqual(['id', 'title', 'own', 'total', 'sections'])
    expect(sections.reduce((sum, { own }) => sum + own, 0)).toBe(1296)
    expect(bank?.sections.reduce((sum, { total }) => sum + total, 0)).toBe(1296)
  })

  test('the public form has no answer notes and no right choices', async () => {
    const bank = ['# Small', '## One', 'What? {#what}', '> because', 'Which? {#which}', '- [x] this', '- [ ] that']
    const server = await serve({ KNOPKA_BANKS: await folderWith({ 'small.md': bank.join('\n') }) })
    const body: unknown = await (await get(server, '/api/banks/small')).json()
    expect(body).toEqual({
      id: 'small',
      title: 'Small',
      language: 'ru',
      sections: [
        {
          id: expect.any(String) as string,
          title: 'One',
          sections: [],
          questions: [
            { id: 'what', kind: 'question', text: 'What?' },
            { id: 'which', kind: 'question', text: 'Which?', choices: 2 },
          ],
        },
      ],
    })
  })

  test.each(['nothing', 'constructor', '__proto__', '..%2F..%2Fpackage'])('there is no bank %s', async (id) => {
    expect(await statusAndBody(get(await serve(), `/api/banks/${id}`))).toEqual([404, { code: 'no-bank' }])
  })
})

describe('opening a room', () => {
  test('gives its PIN and the right to host it', async () => {
    const server = await serve()
    const response = await post(server, JSON.stringify(await anySettings(server)))
    expect(response.status).toBe(201)
    const room = (await response.json()) as OpenedRoom
    expect(Object.keys(room).sort()).toEqual(['capability', 'pin'])
    expect(room.pin).toMatch(/^\d{6}$/)
    expect(Buffer.from(room.capability, 'base64url')).toHaveLength(16)
  })

  test('two rooms have nothing in common', async () => {
    const server = await serve()
    const [one, two] = [await openRoom(server.address), await openRoom(server.address)]
    expect(one.pin).not.toBe(two.pin)
    expect(one.capability).not.toBe(two.capability)
  })

  const bad: [string, (good: RoomSettings) => unknown][] = [
    ['a word', () => 'settings'],
    ['a number', () => 6],
    ['null', () => null],
    ['a list', () => []],
    ['nothing in it', () => ({})],
    ['an unknown key', (good) => ({ ...good, admin: true })],
    ['an unknown rule', (good) => ({ ...good, rules: { ...good.rules, cheat: true } })],
    ['no rules', ({ rules: _rules, ...good }) => good],
    ['another mode', (good) => ({ ...good, mode: 'chess' })],
    ['an empty title', (good) => ({ ...good, title: ' \u200b ' })],
    ['a long title', (good) => ({ ...good, title: 'a'.repeat(61) })],
    ['a title that is no text', (good) => ({ ...good, title: { toString: 'a' } })],
    ['no sections', (good) => ofRound(good, { sections: [] })],
    ['sections that are no list', (good) => ofRound(good, { sections: 'all' })],
    [
      'too many sections',
      (good) => ofRound(good, { sections: Array.from({ length: 1001 }, (_, index) => `s${index}`) }),
    ],
    ['no rounds', (good) => ({ ...good, rounds: [] })],
    ['too many rounds', (good) => ({ ...good, rounds: Array.from({ length: 21 }, () => good.rounds[0]) })],
    [
      'a board of nine columns',
      (good) => ofRound(good, { sections: [...'123456789'], board: { rows: 5, step: 100, doubles: 1, final: true } }),
    ],
    ['no question', (good) => ofRound(good, { count: 0 })],
    ['half a question', (good) => ofRound(good, { count: 1.5 })],
    ['a count in words', (good) => ofRound(good, { count: '10' })],
    ['a billion questions', (good) => ofRound(good, { count: 1e9 })],
    ['a clock of two seconds', (good) => withRule(good, { answerSeconds: 2 })],
    ['a clock of a day', (good) => withRule(good, { pressSeconds: 86_400 })],
  ]
  test.each(bad)('is refused for settings with %s', async (_what, spoil) => {
    const server = await serve()
    const body = JSON.stringify(spoil(await anySettings(server)))
    expect(await statusAndBody(post(server, body))).toEqual([400, { code: 'bad-request' }])
  })

  test.each(['', '{', '{"mode":', 'mode=quiz', '\u0000'])('is refused for what is no JSON: %j', async (body) => {
    expect(await statusAndBody(post(await serve(), body))).toEqual([400, { code: 'bad-request' }])
  })

  test('is refused for what comes from a form', async () => {
    const server = await serve()
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      const body = JSON.stringify(await anySettings(server))
      expect(await statusAndBody(post(server, body, { 'content-type': type }))).toEqual([400, { code: 'bad-request' }])
    }
  })

  test('is refused for a body beyond all measure', async () => {
    const server = await serve()
    const body = JSON.stringify({ ...(await anySettings(server)), title: 'a'.repeat(300_000) })
    expect(await statusAndBody(post(server, body))).toEqual([413, { code: 'bad-request' }])
  })

  test('is refused for a body that is nested beyond all measure', async () => {
    const body = `{"sections":${'['.repeat(90_000)}${']'.repeat(90_000)}}`
    expect(await statusAndBody(post(await serve(), body))).toEqual([400, { code: 'bad-request' }])
  })

  test('is refused for a bank that is not there', async () => {
    const server = await serve()
    const body = JSON.stringify({ ...(await anySettings(server)), bank: '../banks' })
    expect(await statusAndBody(post(server, body))).toEqual([404, { code: 'no-bank' }])
  })

  test('is refused for sections without a question', async () => {
    const server = await serve()
    const body = JSON.stringify(ofRound(await anySettings(server), { sections: ['nowhere'] }))
    expect(await statusAndBody(post(server, body))).toEqual([422, { code: 'no-sections' }])
  })

  test.each(['https://elsewhere.example', 'null', 'http://127.0.0.1:1', 'nonsense'])(
    'is refused to a page of %s',
    async (origin) => {
      const server = await serve()
      const body = JSON.stringify(await anySettings(server))
      expect(await statusAndBody(post(server, body, { origin }))).toEqual([403, { code: 'foreign-origin' }])
    },
  )

  test('is open to our own page and to the public name of the server', async () => {
    const server = await serve({ KNOPKA_URL: 'https://quiz.example' })
    const body = JSON.stringify(await anySettings(server))
    for (const origin of [server.address, 'https://quiz.example']) {
      expect((await post(server, body, { origin })).status).toBe(201)
    }
  })

  test('is limited per address, also for many requests at once', async () => {
    const server = await serve()
    const body = JSON.stringify(await anySettings(server))
    const answers = await Promise.all(Array.from({ length: 40 }, () => post(server, body)))
    const opened = answers.filter(({ status }) => status === 201)
    const refused = answers.filter(({ status }) => status === 429)
    expect([opened.length, refused.length]).toEqual([20, 20])
    const [first] = refused
    const seconds = Number(first?.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(await first?.json()).toEqual({ code: 'too-many', retryAfterSeconds: seconds })
  })

  test('costs nothing when it is refused', async () => {
    const server = await serve()
    for (let tries = 0; tries < 30; tries++) await post(server, '{}')
    await expect(openRoom(server.address)).resolves.toBeDefined()
  })
})

describe('at the door', () => {
  test('a person learns no more than a title needs', async () => {
    const server = await serve()
    const { pin } = await enact(server)
    const body = { pin, title: 'Вечер', mode: 'quiz', locked: false, over: false }
    expect(await statusAndBody(get(server, `/api/rooms/${pin}`))).toEqual([200, body])
  })

  test('a person learns that the room is locked or over', async () => {
    const server = await serve()
    const { pin, host } = await enact(server)
    await host.say({ type: 'lockRoom', locked: true })
    expect(await statusAndBody(get(server, `/api/rooms/${pin}`))).toMatchObject([200, { locked: true, over: false }])
    await host.say({ type: 'end' })
    expect(await statusAndBody(get(server, `/api/rooms/${pin}`))).toMatchObject([200, { locked: true, over: true }])
  })

  test.each(['000000', '12345', '1234567', 'abcdef', '__proto__', '%00'])('there is no room %s', async (pin) => {
    expect(await statusAndBody(get(await serve(), `/api/rooms/${pin}`))).toEqual([404, { code: 'no-room' }])
  })

  test('a path that cannot be read is a bad request', async () => {
    expect(await statusAndBody(get(await serve(), '/api/rooms/%E0%A4%A'))).toEqual([400, { code: 'bad-request' }])
  })

  test('wrong PINs are limited per address, also many at once', async () => {
    const server = await serve()
    const { pin } = await enact(server)
    const tries = Array.from({ length: 60 }, (_, index) => get(server, `/api/rooms/${String(index).padStart(6, '0')}`))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 404)).toHaveLength(30)
    expect(statuses.filter((status) => status === 429)).toHaveLength(30)
    expect(await statusAndBody(get(server, `/api/rooms/${pin}`))).toMatchObject([429, { code: 'too-many' }])
  })

  test('a right PIN costs nothing: three hundred phones of one address may ask', async () => {
    const server = await serve()
    const { pin } = await enact(server)
    const asked = await Promise.all(Array.from({ length: 300 }, () => get(server, `/api/rooms/${pin}`)))
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(300)
  })

  test('nobody says for himself whose address is his', async () => {
    const server = await serve()
    for (let tries = 0; tries < 30; tries++) {
      await get(server, '/api/rooms/000000', { 'x-forwarded-for': `10.0.0.${tries}` })
    }
    expect((await get(server, '/api/rooms/000000', { 'x-forwarded-for': '10.0.1.1' })).status).toBe(429)
  })

  test('a trusted proxy says whom it speaks for', async () => {
    const server = await serve({ KNOPKA_TRUST_PROXY: 'loopback' })
    for (let tries = 0; tries < 30; tries++) await get(server, '/api/rooms/000000', { 'x-forwarded-for': '10.0.0.1' })
    expect((await get(server, '/api/rooms/000000', { 'x-forwarded-for': '10.0.0.1' })).status).toBe(429)
    expect((await get(server, '/api/rooms/000000', { 'x-forwarded-for': '10.0.0.2' })).status).toBe(404)
  })
})

describe('paths that are not there', () => {
  test.each(['/api', '/api/', '/api/nothing', '/api/rooms', '/api/results'])(
    '%s is a refusal in JSON',
    async (path) => {
      expect(await statusAndBody(get(await serve(), path))).toEqual([404, { code: 'not-found' }])
    },
  )

  test('a method that nobody serves is one too', async () => {
    const { address } = await serve()
    const answer = fetch(`${address}/api/banks`, { method: 'DELETE' })
    expect(await statusAndBody(answer)).toEqual([404, { code: 'not-found' }])
  })
})

describe('headers', () => {
  const headersOf = async (environment: Record<string, string>) =>
    (await get(await serve(environment), '/healthz')).headers

  test('scripts come from here alone, and nothing asks the browser for https', async () => {
    const policy = (await headersOf({})).get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|upgrade-insecure-requests|\*/)
  })

  test('over plain http nothing binds the browser to https', async () => {
    const headers = await headersOf({})
    for (const name of ['strict-transport-security', 'cross-origin-opener-policy', 'origin-agent-cluster']) {
      expect(headers.get(name)).toBeNull()
    }
  })

  test('behind https the browser stays with it', async () => {
    const headers = await headersOf({ KNOPKA_URL: 'https://quiz.example' })
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d+/)
  })

  test('no type is guessed, no address is passed on, and the software is not named', async () => {
    const headers = await headersOf({})
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

describe('the page', () => {
  // Where the product lies is the user's choice: a folder whose name begins with a dot is a folder too.
  const files = {
    '.hidden/client/index.html': '<title>Knopka</title>',
    '.hidden/client/assets/app-1a2b.js': 'export {}',
  }
  const built = async () => serve({}, { clientFolder: `${await folderWith(files)}/.hidden/client` })

  test.each(['/', '/host', '/123456', '/play/123456', '/results/abc'])(
    '%s is the one page, always fresh',
    async (path) => {
      const response = await get(await built(), path)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch('text/html')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(await response.text()).toBe('<title>Knopka</title>')
    },
  )

  test('a file that is named after its content is kept for ever', async () => {
    const response = await get(await built(), '/assets/app-1a2b.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('a file of an older build is missing, and not the page in its place', async () => {
    const response = await get(await built(), '/assets/app-0000.js')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch('application/json')
    expect(response.headers.get('cache-control')).toBeNull()
  })

  test('nothing outside its folder is served', async () => {
    const { port } = await built()
    for (const path of ['/..%2f..%2f..%2fetc/passwd', '/assets/..%2f..%2f..%2f..%2fetc/passwd']) {
      const text = await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
      expect(text).not.toContain('root:')
    }
  })

  test('a server that was not built answers the API all the same', async () => {
    const server = await serve({}, { clientFolder: '/nowhere' })
    const page = await get(server, '/')
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('Cannot GET /')])
    expect(await statusAndBody(get(server, '/api/banks'))).toMatchObject([200, [{ id: python }, {}, {}]])
  })
})
