import type { Commit, EventOf, Mine, RoomEvent, Role } from '@knopka/shared/game'
import type { Welcome } from '@knopka/shared/contracts'

/** Who hears: a role, or nobody that the room knows. */
export type Ears = Role | 'stranger'

/** What one connection has been told so far of who it is, and of how far the room has come. */
export interface Listener {
  ears: Ears
  pin: string
  version: number
}

const rank: Ears[] = ['stranger', 'candidate', 'member', 'player', 'screen', 'cohost', 'host']

const nobodys = 'trust|tieRanks?|choice|inGame|votes|done'
const hostsOwn = 'early|plan|seed|questionId|protests|protester|cellIds|programme|rest|sealed|allowance|answers?|stakes'
const offEveryPhone =
  'past|corrections?|roster|members|marks|whoChose|voted|typedMarks|unjudged|whoTyped|whoStaked|staker'
const never = 'names|resultsId|roomId'
/** One's own choice and vote stand by the same names in what is one's own. */
const ofAll = '"chosen":\\{"size"|"secret":\\{"vote":'
/** The bank's own options, with what is right; and what hosts alone know of all, and each of themselves. */
const ofBank = '"choices":\\[|"typed":\\{"size"|"extraTime":\\{'
const keysNamed = (names: string[], ...more: string[]) =>
  new RegExp([`"(${[nobodys, ...names].join('|')})":`, ofAll, ...more].join('|'))

/** Names under which secrets stand, that whoever hears may not read. */
const keys: Record<Ears, RegExp> = {
  stranger: keysNamed([hostsOwn, offEveryPhone, 'links|note|secret|state'], ofBank),
  candidate: keysNamed([hostsOwn, offEveryPhone, never, 'links'], ofBank),
  player: keysNamed([hostsOwn, offEveryPhone, never, 'links'], ofBank),
  // What one rates and writes stands by the same names in what is one's own.
  member: keysNamed([never, 'links|seed|progress|brought'], '"(rated|written)":\\{|"ratings":\\{"size"'),
  screen: keysNamed([hostsOwn, never, 'links|bank'], ofBank),
  cohost: keysNamed([never, 'links']),
  host: keysNamed([never]),
}

/** What may be a secret: marks of the bank, and whatever is as long as an id that nobody can guess. */
const words = /hush-[\w-]+|[\w-]{20,}/g
const isOnlyAnswer = /^43\d+\[\{"ok":(true,"version":\d+|false,"code":"[a-z-]+")\}\]$/
const isOnlyProbe = /^42\d+\["probe",\{"nonce":\d+,"now":[\d.]+,"rttMs":(null|[\d.e-]+)\}\]$/
const rememberedFrames = 500
/** More of the same would only hide each other. */
const leaksMost = 10

const isOutside = (ears: Ears): boolean => ears === 'player' || ears === 'screen' || ears === 'member'

/** All that came for anyone, kept as the words in it: by room and ears, each with the earliest version it came at. */
export class Heard {
  frames = 0
  readonly leaks: string[] = []
  readonly #words = new Map<string, Map<string, number>>()
  /** A commit comes to many with the same bytes. */
  readonly #known = new Map<string, number>()

  hear(listener: Listener, frame: string): void {
    this.frames++
    if (isOnlyAnswer.test(frame) || isOnlyProbe.test(frame)) return
    const key = `${listener.pin} ${listener.ears} ${frame}`
    const known = frame.startsWith('42["commit"') ? this.#known.get(key) : undefined
    if (known !== undefined) {
      listener.version = known
      return
    }
    follow(listener, frame)
    this.#remember(key, listener.version)
    this.#look(listener, frame)
  }

  /** Everything secret that came to someone before it was theirs to know. */
  leaksOf(pin: string, secrets: Secret[]): string[] {
    const ears: Ears[] = ['player', 'screen', 'member', 'cohost', 'host']
    return ears.flatMap((whose) => {
      const heard = this.#words.get(`${pin} ${whose}`) ?? new Map<string, number>()
      return secrets.flatMap(({ what, value, openFrom }) => {
        const version = heard.get(value)
        if (version === undefined || version >= openFrom(whose)) return []
        return [`${whose} heard ${what}, ${value}, at ${version}, before ${openFrom(whose)}`]
      })
    })
  }

  /** Whoever was not let in may have heard nothing of any room. */
  leaksToStrangers(secrets: Secret[]): string[] {
    const heard = [...this.#words].flatMap(([whose, words]) => (whose.endsWith(' stranger') ? [...words.keys()] : []))
    const all = new Set(heard)
    return secrets.filter(({ value }) => all.has(value)).map(({ what }) => `a stranger heard ${what}`)
  }

  #look({ pin, ears, version }: Listener, frame: string): void {
    const [key] = keys[ears].exec(frame) ?? []
    if (key && this.leaks.length < leaksMost) this.leaks.push(`${ears} heard ${key} in ${frame.slice(0, 200)}`)
    const whose = `${pin} ${ears}`
    const heard = this.#words.get(whose) ?? new Map<string, number>()
    this.#words.set(whose, heard)
    for (const [word] of frame.matchAll(words)) heard.set(word, Math.min(version, heard.get(word) ?? Infinity))
  }

  #remember(key: string, version: number): void {
    this.#known.set(key, version)
    const [oldest] = this.#known.keys()
    if (this.#known.size > rememberedFrames && oldest !== undefined) this.#known.delete(oldest)
  }
}

type Message = ['welcome', Welcome] | ['commit', Commit] | ['mine', Mine]

/** A frame may say who listens here, and to which version of the room. */
function follow(listener: Listener, frame: string): void {
  if (!/^42\["(welcome|commit)",/.test(frame)) return
  const [name, message] = JSON.parse(frame.slice(2)) as Message
  if (name === 'welcome') {
    const { viewer, pin, version } = message
    // Who got in twice over one connection hears as the one who may hear more.
    const ears = rank.indexOf(viewer.role) > rank.indexOf(listener.ears) ? viewer.role : listener.ears
    Object.assign(listener, { ears, pin, version })
  }
  if (name === 'commit') {
    const length = message.items.reduce((sum, item) => sum + ('quiet' in item ? item.quiet : 1), 0)
    listener.version = Math.max(listener.version, message.from + length)
  }
}

/** Something in a log that not everyone may know, and from which version on someone may. */
export interface Secret {
  what: string
  value: string
  openFrom: (ears: Ears) => number
}

const atNoTime = () => Infinity
const hostsOnly = (ears: Ears) => (ears === 'host' || ears === 'cohost' ? 0 : Infinity)
const offPhones = (ears: Ears) => (ears === 'player' ? Infinity : 0)
const membersOnly = (ears: Ears) => (ears === 'member' ? 0 : Infinity)
const hostAlone = (ears: Ears) => (ears === 'host' ? 0 : Infinity)

/** All secrets that a log ever held. What is asked again, as a question that nobody knew, is known since the first time. */
export function secretsIn(log: RoomEvent[]): Secret[] {
  const secrets = log.flatMap((event, index) => {
    const commandId = { what: 'the id of a command', value: event.secret?.commandId ?? '', openFrom: atNoTime }
    return [...secretsOf(event, index, log), commandId].filter(({ value }) => value !== '')
  })
  const byValue = new Map<string, Secret[]>()
  for (const secret of secrets) byValue.set(secret.value, [...(byValue.get(secret.value) ?? []), secret])
  return [...byValue].map(([value, same]) => ({
    what: same.map(({ what }) => what).join(' and '),
    value,
    openFrom: (ears) => Math.min(...same.map(({ openFrom }) => openFrom(ears))),
  }))
}

function secretsOf(event: RoomEvent, index: number, log: RoomEvent[]): Secret[] {
  switch (event.type) {
    case 'roomOpened': {
      const { plan = [], seed = '', bank = '', links, resultsId = '', roomId = '' } = event.secret ?? {}
      return [
        ...plan.map((id) => ({ what: `the plan's ${id}`, value: id, openFrom: hostsOnly })),
        { what: 'the seed', value: seed, openFrom: hostsOnly },
        { what: 'the bank', value: bank, openFrom: hostsOnly },
        { what: 'the id of the room', value: roomId, openFrom: atNoTime },
        { what: 'the id of the results', value: resultsId, openFrom: () => versionOf(log, isEnd) },
        ...linksIn(links),
      ]
    }
    case 'studyOpened': {
      const { seed = '', roomId = '', invitation = '' } = event.secret ?? {}
      return [
        { what: 'the seed', value: seed, openFrom: atNoTime },
        { what: 'the id of the room', value: roomId, openFrom: atNoTime },
        { what: 'the invitation', value: invitation, openFrom: membersOnly },
      ]
    }
    case 'invitationChanged':
      return [{ what: 'an invitation', value: event.secret?.invitation ?? '', openFrom: membersOnly }]
    case 'linksReplaced':
      return linksIn(event.secret?.links)
    case 'questionAsked':
      return [...asked(event.turn, event.secret ?? {}, index, log), ...offered(event, index, log)]
    case 'buzzersOpened': {
      const { tieSecret = '' } = event.secret ?? {}
      const told = versionOf(log, (later) => later.type === 'floorGiven' && later.tieSecret === tieSecret)
      return [{ what: `the tie secret of turn ${event.turn}`, value: tieSecret, openFrom: () => told }]
    }
    case 'buzzed':
      return [{ what: 'a rank among ties', value: event.secret?.tieRank ?? '', openFrom: atNoTime }]
    case 'scoreCorrected': {
      const reason = event.secret?.correction?.reason ?? ''
      return [{ what: 'the reason of a correction', value: marked(reason), openFrom: offPhones }]
    }
    default:
      return []
  }
}

/** What has no mark may be anyone's words. */
const marked = (text: string) => (text.startsWith('hush-') ? text : '')

function asked(
  turn: number,
  { text = '', note = '' }: { text?: string; note?: string },
  index: number,
  log: RoomEvent[],
) {
  const revealed = versionOf(
    log,
    (later) => (later.type === 'answerRevealed' || later.type === 'studyRevealed') && later.turn === turn,
  )
  const onTheWall = (ears: Ears) => (ears === 'player' ? Infinity : index + 1)
  const noted = (ears: Ears) => (isOutside(ears) ? revealed : index + 1)
  return [
    { what: `the text of turn ${turn}`, value: text, openFrom: onTheWall },
    { what: `the note of turn ${turn}`, value: note, openFrom: noted },
  ]
}

/** What there is to choose from is for everyone once it can be chosen. */
function offered({ turn, secret }: EventOf<'questionAsked'>, index: number, log: RoomEvent[]): Secret[] {
  const opened = versionOf(log, (later) => later.type === 'buzzersOpened' && later.turn === turn)
  const openFrom = (ears: Ears) => (isOutside(ears) ? opened : index + 1)
  return (secret?.choices ?? []).map(({ text }) => ({ what: `an option of turn ${turn}`, value: text, openFrom }))
}

const linksIn = (links: { host: string; cohost: string } | undefined): Secret[] =>
  Object.entries(links ?? {}).map(([role, value]) => ({ what: `the ${role}s’ link`, value, openFrom: hostAlone }))

const isEnd = ({ type }: RoomEvent) => type === 'gameEnded'

/** The version at which it had happened; never, if it did not. */
function versionOf(log: RoomEvent[], happened: (event: RoomEvent) => boolean): number {
  const index = log.findIndex(happened)
  return index < 0 ? Infinity : index + 1
}
