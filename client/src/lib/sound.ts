/** Every sound is made here, of a few oscillators; no files are fetched. Times in seconds, pitches in hertz. */
interface Tone {
  type: OscillatorType | 'noise'
  from: number
  to?: number
  /** How long the pitch is on its way; left out, as long as the tone. */
  glide?: number
  start?: number
  seconds: number
  gain?: number
  lowPass?: number
}

const master = 10 ** (-12 / 20)
const quiet = 10 ** (-18 / 20)
const attack = 0.005
const pentatonic = [1, 6 / 5, 4 / 3, 3 / 2, 9 / 5]
/** Where the second note goes: up a fifth, and from the thirteenth on, whose mark has a second letter, down or up a fourth. */
const intervals = [3 / 2, 3 / 4, 4 / 3]
const steps = 12

/** The two notes of a mark, 1 for the first; all that a room may have differ. */
export function signatureOf(number: number): [number, number] {
  const [step, lap] = [(number - 1) % steps, Math.floor((number - 1) / steps)]
  const pitch = 220 * 2 ** Math.floor(step / pentatonic.length) * (pentatonic[step % pentatonic.length] ?? 1)
  return [pitch, pitch * (intervals[lap % intervals.length] ?? 1)]
}

let context: AudioContext | null = null
let tell: (isHeard: boolean) => void = () => {}

const isHeard = (): boolean => context?.state === 'running'

/** Browsers let a page sound only after a click: call it from one. @returns whether it can be heard now */
export async function unmute(): Promise<boolean> {
  if (!context) {
    context = new AudioContext()
    context.addEventListener('statechange', () => tell(isHeard()))
  }
  await context.resume().catch(() => {})
  return isHeard()
}

const taps = ['pointerup', 'keydown'] as const

/**
 * A page that was loaded anew may sound from its first tap or key on.
 * @param wants asked at each of them, whether it is to sound
 * @returns a function that ends it
 */
export function unmuteAtTaps(wants: () => boolean): () => void {
  const tapped = () => {
    if (wants()) void unmute()
  }
  for (const tap of taps) window.addEventListener(tap, tapped)
  return () => taps.forEach((tap) => window.removeEventListener(tap, tapped))
}

/** Calls `listener` whenever the page begins to be heard, or no longer is: a browser may take the sound back. */
export function whenHeard(listener: (isHeard: boolean) => void): void {
  tell = listener
}

function play(...tones: Tone[]): void {
  if (!context || !isHeard()) return
  for (const { start = 0, seconds, gain = 1, lowPass, ...voice } of tones) {
    const at = context.currentTime + start
    const source = sourceOf(context, voice, at, seconds)
    const level = new GainNode(context, { gain: 0 })
    level.gain.setValueAtTime(0, at)
    level.gain.linearRampToValueAtTime(master * gain, at + Math.min(attack, seconds / 4))
    level.gain.exponentialRampToValueAtTime(0.0001, at + seconds)
    const last = lowPass ? source.connect(new BiquadFilterNode(context, { frequency: lowPass })) : source
    last.connect(level).connect(context.destination)
    source.start(at)
    source.stop(at + seconds)
  }
}

type Voice = Pick<Tone, 'type' | 'from' | 'to' | 'glide'>

function sourceOf(
  context: AudioContext,
  { type, from, to = from, glide }: Voice,
  at: number,
  seconds: number,
): AudioScheduledSourceNode {
  if (type === 'noise') return new AudioBufferSourceNode(context, { buffer: noise(context, seconds) })
  const oscillator = new OscillatorNode(context, { type, frequency: from })
  oscillator.frequency.setValueAtTime(from, at)
  oscillator.frequency.exponentialRampToValueAtTime(to, at + (glide ?? seconds))
  return oscillator
}

function noise(context: AudioContext, seconds: number): AudioBuffer {
  const buffer = context.createBuffer(1, Math.ceil(seconds * context.sampleRate), context.sampleRate)
  const samples = buffer.getChannelData(0)
  for (let at = 0; at < samples.length; at++) samples[at] = Math.random() * 2 - 1
  return buffer
}

const delayed = (start: number, tones: Tone[]): Tone[] =>
  tones.map((tone) => ({ ...tone, start: start + (tone.start ?? 0) }))

const press: Tone[] = [
  { type: 'sine', from: 220, to: 110, glide: 0.06, seconds: 0.09 },
  { type: 'noise', from: 0, seconds: 0.004, gain: 0.5 },
]
const right: Tone[] = [
  { type: 'triangle', from: 659, seconds: 0.18 },
  { type: 'triangle', from: 988, start: 0.09, seconds: 0.18 },
]
const wrong: Tone[] = [{ type: 'sine', from: 196, to: 185, seconds: 0.22, lowPass: 600 }]

const signature = (number: number): Tone[] => {
  const [first, second] = signatureOf(number)
  return [
    { type: 'triangle', from: first, seconds: 0.07 },
    { type: 'triangle', from: second, start: 0.07, seconds: 0.12 },
  ]
}

/** When the last press has sounded, on the context's clock. */
let pressedUntil = 0

export const sounds = {
  press: () => {
    pressedUntil = (context?.currentTime ?? 0) + 0.09
    play(...press)
  },
  /** Two notes that are this seat's, or this team's, own: behind the press, which on quick links they would drown. */
  seat(number: number) {
    play(...delayed(Math.max(0, pressedUntil - (context?.currentTime ?? 0)), signature(number)))
  },
  right: () => play(...right),
  partly: () => play({ type: 'triangle', from: 659, seconds: 0.18 }),
  wrong: () => play(...wrong),
  second: () => play({ type: 'sine', from: 880, seconds: 0.02, gain: quiet / master }),
  timeUp: () => play({ type: 'sine', from: 440, to: 220, seconds: 0.3 }),
  /** A round begins: the podium's chord, one note after the other. */
  round: () =>
    play(
      { type: 'triangle', from: 262, seconds: 0.24, gain: 0.7 },
      { type: 'triangle', from: 330, start: 0.12, seconds: 0.24, gain: 0.7 },
      { type: 'triangle', from: 392, start: 0.24, seconds: 0.5, gain: 0.7 },
    ),
  /** A cell of the board is picked, or asked: lighter than a press. */
  cell: () => play({ type: 'sine', from: 523, to: 392, seconds: 0.09 }),
  /** Something is at stake. */
  double: () =>
    play(
      { type: 'triangle', from: 196, seconds: 0.3 },
      { type: 'triangle', from: 294, start: 0.16, seconds: 0.3 },
      { type: 'triangle', from: 392, start: 0.32, seconds: 0.7 },
    ),
  /** With each disc that rises: third, second, first. */
  podium(disc: 0 | 1 | 2) {
    const chord = [262, 330, 392].slice(0, disc + 1)
    play(...chord.map((from): Tone => ({ type: 'triangle', from, seconds: 0.9, gain: 0.6 })))
    if (disc === 2) play({ type: 'triangle', from: 523, start: 0.2, seconds: 0.9, gain: 0.7 })
  },
  /** What a hall has to hear in the last row, one after another: the driest, the highest and the softest. */
  check: () => play(...press, ...delayed(0.35, right), ...delayed(0.9, wrong)),
}
