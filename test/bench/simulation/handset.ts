import type { Ms } from '@knopka/shared/ids'
import { seededRandom, type Random } from '@knopka/shared/random'
import { drawClock, type PhoneClock } from './clock.ts'
import { drawLink, type LinkClass, type Ways } from './links.ts'
import { frameMs } from './person.ts'

/** A phone with its link, and where the chance of its person and of its main thread comes from. */
export interface Handset {
  ways: Ways
  clock: PhoneClock
  /** When its screen shows frames: so long after the beginning, and every 60th of a second from there. */
  framePhaseMs: Ms
  person: Random
  thread: Random
}

/** The same seed gives the same link, clock, screen and person, whatever they do. */
export function drawHandset(kind: LinkClass, seed: string, endsAt: Ms): Handset {
  const ways = drawLink(kind, seededRandom(`${seed} link`), endsAt)
  const person = seededRandom(`${seed} person`)
  const thread = seededRandom(`${seed} thread`)
  const clock = drawClock(person)
  return { ways, clock, framePhaseMs: person() * frameMs, person, thread }
}

/** The shortest round trip that a kernel sees: no script and no late pong is in it. */
export const kernelRtt = ({ down, up }: Ways): Ms => down.baseMs + up.baseMs + 1

/** The first frame at or after an instant. */
export const frameFrom = (framePhaseMs: Ms, at: Ms): Ms =>
  framePhaseMs + Math.ceil((at - framePhaseMs) / frameMs) * frameMs
