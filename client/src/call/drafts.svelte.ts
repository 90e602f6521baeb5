import type { Ack } from '@knopka/shared/contracts'
import { longestNote } from '@knopka/shared/game'
import { SvelteMap, SvelteSet } from 'svelte/reactivity'

/** What was typed and is not saved yet. */
interface Draft {
  text: string
  /** The saved text that it was written over. */
  was: string
  /** The room's no to it; it waits for the person. */
  refused?: Refused
}

type Refused = Extract<Ack, { ok: false }>['code']

/** `elsewhere`: another text was saved meanwhile, and the person has to choose. */
export type DraftStatus = 'saved' | 'saving' | 'too-long' | 'elsewhere' | 'refused'

/** Says a text to the room; resolves when it is durable, or refused. */
type Say = (field: string, text: string, was: string) => Promise<Ack>

/** Where drafts outlive the page. */
interface Shelf {
  recall: () => string | null
  keep: (text: string | null) => void
}

/** Long enough for a word, short enough to lose nothing by. */
const pauseMs = 400

/**
 * Texts that are saved while they are typed. What is not saved yet lies on this device too: a page that is closed while
 * the link is away says it when it opens again. One text of a field is on its way at a time, and each says which saved
 * text it was written over, so that nothing newer is lost unseen.
 */
export class Drafts {
  #drafts: SvelteMap<string, Draft>
  #flying = new SvelteSet<string>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows when a text is due
  #timers = new Map<string, ReturnType<typeof setTimeout>>()
  #say: Say
  #shelf: Shelf

  constructor(say: Say, shelf: Shelf) {
    this.#say = say
    this.#shelf = shelf
    this.#drafts = new SvelteMap(read(shelf.recall()))
    this.flush()
  }

  /** @param saved the text as the room has it */
  textOf(field: string, saved: string): string {
    return this.#drafts.get(field)?.text ?? saved
  }

  statusOf(field: string): DraftStatus {
    const draft = this.#drafts.get(field)
    if (!draft) return 'saved'
    if (draft.text.length > longestNote) return 'too-long'
    if (!draft.refused) return 'saving'
    return draft.refused === 'written-meanwhile' ? 'elsewhere' : 'refused'
  }

  type(field: string, text: string, saved: string): void {
    const before = this.#drafts.get(field)
    const isElsewhere = before?.refused === 'written-meanwhile'
    this.#set(field, { text, was: before?.was ?? saved, ...(isElsewhere ? { refused: before.refused } : {}) })
    clearTimeout(this.#timers.get(field))
    this.#timers.set(
      field,
      setTimeout(() => void this.#send(field), pauseMs),
    )
  }

  /** At once, and all of them: the field or the page is left. */
  flush(): void {
    for (const field of this.#drafts.keys()) void this.#send(field)
  }

  /** Of two texts this one stays. */
  keepOwn(field: string, saved: string): void {
    const draft = this.#drafts.get(field)
    if (!draft) return
    this.#set(field, { text: draft.text, was: saved })
    void this.#send(field)
  }

  /** Of two texts the saved one stays. */
  takeSaved(field: string): void {
    this.#set(field, null)
  }

  async #send(field: string): Promise<void> {
    clearTimeout(this.#timers.get(field))
    const draft = this.#drafts.get(field)
    const waits = this.#flying.has(field) || draft?.refused === 'written-meanwhile'
    if (!draft || waits || draft.text.length > longestNote) return
    this.#flying.add(field)
    const ack = await this.#say(field, draft.text, draft.was)
    this.#flying.delete(field)
    const now = this.#drafts.get(field)
    if (!now) return
    if (!ack.ok) return this.#set(field, { ...now, refused: ack.code })
    const hasMore = now.text !== draft.text
    this.#set(field, hasMore ? { text: now.text, was: draft.text } : null)
    if (hasMore) void this.#send(field)
  }

  #set(field: string, draft: Draft | null): void {
    if (draft) this.#drafts.set(field, draft)
    else this.#drafts.delete(field)
    this.#shelf.keep(this.#drafts.size > 0 ? JSON.stringify([...this.#drafts]) : null)
  }
}

/** What this page wrote itself; a no of the room may not hold any more. */
function read(kept: string | null): [string, Draft][] {
  const drafts = JSON.parse(kept ?? '[]') as [string, Draft][]
  return drafts.map(([field, { text, was }]) => [field, { text, was }])
}
