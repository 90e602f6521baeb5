import type { Ack, SentCommand } from '@knopka/shared/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { askNext, newId, type Guest, type Said } from '../support/guest.ts'
import { enact, openNext, serve, type Scene } from './scene.ts'

let scene: Scene
let host: Guest
let ann: Guest
beforeEach(async () => {
  scene = await enact(await serve())
  host = scene.host
  ann = await scene.player('Аня')
})

/** Says it, and sees to it that nothing of it is in the log. */
async function saidInVain(say: () => Promise<Ack>): Promise<Ack> {
  const before = (await scene.log()).length
  const ack = await say()
  expect((await scene.log()).length).toBe(before)
  return ack
}

const refusal = (code: string) => ({ ok: false, code })

/** Frames as no client of ours would write them. */
function sendFrame({ socket }: Guest, frame: string | Buffer): void {
  socket.io.engine.write(frame)
}

/** @returns the ack to a frame that asked for one under this number */
function ackOf({ socket }: Guest, number: number): Promise<Ack> {
  return new Promise((resolve) => {
    const hear = ({ type, data }: { type: string; data?: unknown }) => {
      const head = `3${number}`
      if (type !== 'message' || typeof data !== 'string' || !data.startsWith(head)) return
      socket.io.engine.off('packet', hear)
      resolve((JSON.parse(data.slice(head.length)) as [Ack])[0])
    }
    socket.io.engine.on('packet', hear)
  })
}

/** Every kind of command, on the question on the table. */
const everyCommand = (seat: string): Said[] => [
  { type: 'buzz', turn: 1, pressedAt: 1, frameWaitMs: 0 },
  { type: 'rename', seat: 'another', name: 'Other' },
  { type: 'hideName', seat, hidden: true },
  { type: 'remove', seat },
  { type: 'letBackIn', seat },
  { type: 'lockRoom', locked: true },
  { type: 'chooseAddress', address: 'http://10.0.0.1:3000' },
  { type: 'replaceLink', link: 'host' },
  { type: 'replaceLink', link: 'cohost' },
  { type: 'ask', turn: 1, questionId: 'any', tieBreak: false },
  { type: 'openBuzzers', turn: 1 },
  { type: 'skip', turn: 1 },
  { type: 'reveal', turn: 1 },
  { type: 'pause' },
  { type: 'resume' },
  { type: 'showStandings', shown: true },
  { type: 'giveVerdict', turn: 1, seat, verdict: 'right' },
  { type: 'undoVerdict', turn: 1, seat },
  { type: 'correctScore', seat, points: 10, reason: 'why not' },
  { type: 'end' },
]

describe('what is not in the contract is a bad request', () => {
  const commandId = 'command-1'
  const press = { type: 'buzz', commandId, turn: 1, pressedAt: 1, frameWaitMs: 0 }
  const messages: [string, unknown][] = [
    ['nothing', null],
    ['a word', 'end'],
    ['a number', 7],
    ['a list', [{ type: 'end', commandId }]],
    ['an empty object', {}],
    ['no type', { commandId }],
    ['an unknown type', { type: 'win', commandId }],
    ['a type of the server', { type: 'expire', commandId }],
    ['the opening of a room', { type: 'open', commandId, links: { host: 'mine', cohost: 'mine' } }],
    ['a join', { type: 'join', commandId, name: 'Борис' }],
    ['a type by inheritance', { type: 'constructor', commandId }],
    ['a type that is a list', { type: ['end'], commandId }],
    ['no id', { type: 'end' }],
    ['a short id', { type: 'end', commandId: 'short' }],
    ['a long id', { type: 'end', commandId: 'a'.repeat(65) }],
    ['an id that is a list', { type: 'end', commandId: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] }],
    ['another speaker', { type: 'end', commandId, by: 'host' }],
    ['another role', { type: 'end', commandId, role: 'host' }],
    ['a score of its own', { ...press, scoreMs: 0 }],
    ['a certainty of its own', { ...press, certaintyMs: 0 }],
    ['a press without a time', { type: 'buzz', commandId, turn: 1, frameWaitMs: 0 }],
    ['a press at NaN', { ...press, pressedAt: NaN }],
    ['a press at Infinity', { ...press, pressedAt: Infinity }],
    ['a press at "1"', { ...press, pressedAt: '1' }],
    ['a press at null', { ...press, pressedAt: null }],
    ['a press in a list', { ...press, pressedAt: [1] }],
    ['a frame of a date', { ...press, frameWaitMs: new Date(0) }],
    ['the turn 0', { ...press, turn: 0 }],
    ['half a turn', { ...press, turn: 1.5 }],
    ['a turn beyond all counting', { ...press, turn: 1e21 }],
    [
      'a question of its own',
      { type: 'ask', commandId, turn: 1, questionId: 'q', tieBreak: false, question: { text: '' } },
    ],
    ['a link of its own', { type: 'replaceLink', commandId, link: 'host', capability: 'mine' }],
    ['another link', { type: 'replaceLink', commandId, link: 'results' }],
    ['an address that is a script', { type: 'chooseAddress', commandId, address: 'javascript:alert(1)' }],
    ['a verdict of its own', { type: 'giveVerdict', commandId, turn: 1, seat: 'a', verdict: 'brilliant' }],
    ['points beyond measure', { type: 'correctScore', commandId, seat: 'a', points: 1e9, reason: 'a' }],
    ['points without a reason', { type: 'correctScore', commandId, seat: 'a', points: 1, reason: ' ' }],
    ['points for nobody', { type: 'correctScore', commandId, points: 1, reason: 'a' }],
    ['points for two', { type: 'correctScore', commandId, seat: 'a', team: 1, points: 1, reason: 'a' }],
    ['a name without a letter', { type: 'rename', commandId, seat: 'a', name: '\u202e' }],
    ['a name that is an object', { type: 'rename', commandId, seat: 'a', name: { toString: 'a' } }],
    ['bytes', Buffer.from('{"type":"end"}')],
    ['bytes inside', { type: 'end', commandId: Buffer.from('command-1') }],
  ]
  test.each(messages)('%s', async (_what, message) => {
    expect(await saidInVain(() => ann.sayRaw('command', message))).toEqual(refusal('bad-request'))
    expect(await saidInVain(() => host.sayRaw('command', message))).toEqual(refusal('bad-request'))
  })

  test('a key that would change the prototype', async () => {
    const polluted = '{"type":"end","commandId":"command-1","__proto__":{"role":"host"}}'
    const ack = ackOf(host, 700)
    expect(
      await saidInVain(() => {
        sendFrame(host, `2700["command",${polluted}]`)
        return ack
      }),
    ).toEqual(refusal('bad-request'))
    expect(({} as { role?: string }).role).toBeUndefined()
  })

  test('a number that JSON can write and no clock can show', async () => {
    const ack = ackOf(ann, 700)
    const command = '{"type":"buzz","commandId":"command-1","turn":1,"pressedAt":1e999,"frameWaitMs":0}'
    sendFrame(ann, `2700["command",${command}]`)
    expect(await ack).toEqual(refusal('bad-request'))
  })

  test('an unknown event', async () => {
    for (const event of ['commands', 'welcome', 'commit', 'probe', 'token', '__proto__', '']) {
      expect(await saidInVain(() => ann.sayRaw(event, { type: 'end', commandId }))).toEqual(refusal('bad-request'))
      expect(await saidInVain(() => ann.sayRaw(event))).toEqual(refusal('bad-request'))
    }
  })

  test('an event without a command', async () => {
    expect(await saidInVain(() => ann.sayRaw('command'))).toEqual(refusal('bad-request'))
  })
})

describe('what is too much', () => {
  test('is refused from four kilobytes on', async () => {
    const command = { type: 'rename', commandId: newId(), seat: ann.seat, name: 'я'.repeat(5000) }
    expect(await saidInVain(() => ann.sayRaw('command', command))).toEqual(refusal('too-large'))
  })

  test('is refused when it is nested beyond all measure', async () => {
    const ack = ackOf(ann, 700)
    sendFrame(ann, `2700["command",${'['.repeat(30_000)}${']'.repeat(30_000)}]`)
    expect(await ack).toEqual(refusal('too-large'))
  })

  test('ends the connection when it is more than a frame may hold, and the guest comes back', async () => {
    const { welcome } = ann
    const away = new Promise((resolve) => ann.socket.once('disconnect', resolve))
    void ann.sayRaw('command', 'a'.repeat(70_000))
    expect(await away).toMatch(/transport/)
    await ann.until((guest) => guest.welcome !== welcome)
    expect(ann.seat).toBe(welcome?.viewer.seat)
  })

  test('is refused when it comes in a flood, to whoever floods and to nobody else', async () => {
    const bob = await scene.player('Борис')
    const acks = await Promise.all(Array.from({ length: 150 }, () => ann.press(1)))
    const codes = acks.map((ack) => (ack.ok ? 'ok' : ack.code))
    expect(codes.filter((code) => code === 'too-many').length).toBeGreaterThan(75)
    expect(new Set(codes)).toEqual(new Set(['not-started', 'too-many']))
    expect(await bob.press(1)).toEqual(refusal('not-started'))
  })

  test('counts also when it is nonsense', async () => {
    const acks = await Promise.all(Array.from({ length: 100 }, () => ann.sayRaw('command', 'nonsense')))
    expect(acks).toContainEqual(refusal('too-many'))
  })
})

describe('frames that are no messages', () => {
  const frames: [string, string | Buffer][] = [
    ['that are no packet', 'x'],
    ['without an event', '2[]'],
    ['with an event that is no word', '2[{}]'],
    ['of a name that the library keeps for itself', '2["disconnect"]'],
    ['of broken JSON', '2["command",{'],
    ['with a negative number', '2-1["command",{}]'],
    ['of acks that nobody waits for', '3999[{}]'],
    ['that promise a thousand parts', '51000-["command",{"_placeholder":true,"num":0}]'],
    ['of another room of the library', '0/admin,'],
    ['of raw bytes', Buffer.from([0, 1, 2, 255])],
  ]
  test.each(frames)('%s harm nobody', async (_what, frame) => {
    await saidInVain(async () => {
      sendFrame(ann, frame)
      return host.say({ type: 'resume' })
    })
    await expect(scene.player('Борис')).resolves.toBeDefined()
    expect(await host.say({ type: 'lockRoom', locked: true })).toMatchObject({ ok: true })
  })
})

describe('an ack', () => {
  test('that is no function is not called, and the command stands', async () => {
    ann.socket.emit('command', { type: 'rename', commandId: newId(), seat: ann.seat, name: 'Анна' }, 'ack' as never)
    await ann.until(({ mine }) => mine?.name === 'Анна')
  })

  test('is not needed', async () => {
    const emit = ann.socket.emit.bind(ann.socket) as (...message: unknown[]) => void
    emit('command', { type: 'rename', commandId: newId(), seat: ann.seat, name: 'Анна' })
    await ann.until(({ mine }) => mine?.name === 'Анна')
    emit('command')
    emit('nothing')
    emit('nothing', 'ack')
    expect(await ann.say({ type: 'rename', seat: ann.seat, name: 'Аня' })).toMatchObject({ ok: true })
  })

  test('is the same for the same command, which happens once', async () => {
    const said = { type: 'lockRoom', locked: true, commandId: newId() } as const
    const [first, second] = await Promise.all([host.say(said), host.say(said)])
    const third = await host.say({ ...said, locked: false })
    expect([first, second, third]).toEqual([first, first, first])
    expect(first).toMatchObject({ ok: true })
    expect((await scene.log()).filter(({ type }) => type === 'roomLocked')).toHaveLength(1)
  })

  test('comes when the event is in the log', async () => {
    const ack = await host.say({ type: 'lockRoom', locked: true })
    expect(ack).toEqual({ ok: true, version: (await scene.log()).length })
  })
})

describe('who may not', () => {
  test('players command nothing that is the hosts’', async () => {
    await askNext(host)
    for (const said of everyCommand(ann.seat).filter(({ type }) => type !== 'buzz')) {
      expect(await saidInVain(() => ann.say(said))).toEqual(refusal('not-yours'))
    }
  })

  test('screens command nothing', async () => {
    const wall = await scene.screen()
    await askNext(host)
    for (const said of everyCommand(ann.seat)) {
      expect(await saidInVain(() => wall.say(said))).toEqual(refusal('not-yours'))
    }
  })

  test('hosts and co-hosts press nothing, and co-hosts replace no link', async () => {
    const mate = await scene.cohost()
    await openNext(host)
    expect(await saidInVain(() => host.press(1))).toEqual(refusal('not-yours'))
    expect(await saidInVain(() => mate.press(1))).toEqual(refusal('not-yours'))
    for (const link of ['host', 'cohost'] as const) {
      expect(await saidInVain(() => mate.say({ type: 'replaceLink', link }))).toEqual(refusal('not-yours'))
    }
  })

  test('players rename themselves alone', async () => {
    const bob = await scene.player('Борис')
    const rename = (seat: string): Said => ({ type: 'rename', seat, name: 'Новое' })
    expect(await saidInVain(() => ann.say(rename(bob.seat)))).toEqual(refusal('not-yours'))
    expect(await ann.say(rename(ann.seat))).toMatchObject({ ok: true })
  })
})

test.each(['nobody', 'constructor', '__proto__', 'host'])('there is no seat %s to do anything to', async (seat) => {
  const commands: Said[] = [
    { type: 'rename', seat, name: 'Никто' },
    { type: 'hideName', seat, hidden: true },
    { type: 'remove', seat },
    { type: 'letBackIn', seat },
    { type: 'correctScore', seat, points: 1, reason: 'просто так' },
  ]
  for (const said of commands) expect(await saidInVain(() => host.say(said))).toEqual(refusal('no-seat'))
})

describe('what comes at the wrong time', () => {
  test('before the first question there is nothing to play', async () => {
    const early: Said[] = [
      { type: 'pause' },
      { type: 'reveal', turn: 1 },
      { type: 'openBuzzers', turn: 1 },
      { type: 'skip', turn: 1 },
    ]
    expect(await saidInVain(() => ann.press(1))).toEqual(refusal('not-started'))
    for (const said of early) expect(await saidInVain(() => host.say(said))).toMatchObject({ ok: false })
  })

  test('a press before the opening is a false start', async () => {
    const turn = await askNext(host)
    expect(await ann.press(turn)).toMatchObject({ ok: true })
    await ann.until(({ mine }) => (mine?.earlyUntil ?? 0) > 0)
    expect((await scene.log()).at(-1)).toMatchObject({ type: 'falseStarted', by: ann.seat })
  })

  test('a press for a question that has moved on does nothing to the next', async () => {
    await host.say({ type: 'skip', turn: await openNext(host) })
    await openNext(host)
    expect(await saidInVain(() => ann.press(1))).toEqual(refusal('question-closed'))
    expect(await saidInVain(() => ann.press(3))).toEqual(refusal('question-closed'))
  })

  test('a host’s command for another question does nothing to this one', async () => {
    await host.say({ type: 'skip', turn: await openNext(host) })
    await askNext(host)
    const late: Said[] = [
      { type: 'openBuzzers', turn: 1 },
      { type: 'skip', turn: 1 },
      { type: 'reveal', turn: 1 },
      { type: 'openBuzzers', turn: 3 },
      { type: 'skip', turn: 3 },
    ]
    for (const said of late) expect(await saidInVain(() => host.say(said))).toEqual(refusal('question-closed'))
  })

  test('a question out of the plan’s order is not asked', async () => {
    const [, second = ''] = host.state.secret.plan ?? []
    for (const questionId of [second, 'nowhere']) {
      const said: Said = { type: 'ask', turn: 1, questionId, tieBreak: false }
      expect(await saidInVain(() => host.say(said))).toEqual(refusal('question-closed'))
    }
  })

  test('a verdict on who never pressed is none', async () => {
    const turn = await openNext(host)
    const said: Said = { type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' }
    expect(await saidInVain(() => host.say(said))).toEqual(refusal('never-pressed'))
    expect(await saidInVain(() => host.say({ ...said, seat: 'nobody' }))).toEqual(refusal('never-pressed'))
  })

  test('an undo without a verdict is none', async () => {
    const turn = await openNext(host)
    const said: Said = { type: 'undoVerdict', turn, seat: ann.seat }
    expect(await saidInVain(() => host.say(said))).toEqual(refusal('no-verdict'))
  })

  test('in a pause nobody presses', async () => {
    const turn = await openNext(host)
    await host.say({ type: 'pause' })
    expect(await saidInVain(() => ann.buzz(turn))).toEqual(refusal('paused'))
  })

  test('after the end nothing is played', async () => {
    const turn = await openNext(host)
    await host.say({ type: 'end' })
    expect(await saidInVain(() => ann.buzz(turn))).toEqual(refusal('game-over'))
    for (const said of [{ type: 'pause' }, { type: 'openBuzzers', turn }, { type: 'skip', turn }] as Said[]) {
      expect(await saidInVain(() => host.say(said))).toEqual(refusal('game-over'))
    }
    const next = { type: 'ask', turn: 2, questionId: host.state.secret.plan?.[1] ?? '', tieBreak: false } as const
    expect(await saidInVain(() => host.say(next satisfies Omit<SentCommand, 'commandId'>))).toEqual(
      refusal('game-over'),
    )
  })
})
