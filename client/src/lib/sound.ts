/** Every sound is made here, of a few oscillators; no files are fetched. Times in seconds, pitches in hertz. */
interface Tone {
  type: OscillatorType
  from: number
  to?: number
  start?: number
  seconds: number
  gain?: number
  lowPass?: number
}

const master = 10 ** (-12 / 20)
const quiet = 10 ** (-18 / 20)
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

/** Browsers let a page sound only after a click: call it from one. @returns whether it can be heard now */
export async function unmute(): Promise<boolean> {
  context ??= new AudioContext()
  await context.resume().catch(() => {})
  return context.state === 'running'
}

function play(...tones: Tone[]): void {
  if (!context || context.state !== 'running') return
  for (const { type, from, to = from, start = 0, seconds, gain = 1, lowPass } of tones) {
    const at = context.currentTime + start
    const oscillator = new OscillatorNode(context, { type, frequency: from })
    oscillator.frequency.exponentialRampToValueAtTime(to, at + seconds)
    const level = new GainNode(context, { gain: 0 })
    level.gain.setValueAtTime(0, at)
    level.gain.linearRampToValueAtTime(master * gain, at + 0.005)
    level.gain.exponentialRampToValueAtTime(0.0001, at + seconds)
    const last = lowPass ? oscillator.connect(new BiquadFilterNode(context, { frequency: lowPass })) : oscillator
    last.connect(level).connect(context.destination)
    oscillator.start(at)
    oscillator.stop(at + seconds + 0.02)
  }
}

export const sounds = {
  press: () =>
    play(
      { type: 'sine', from: 220, to: 110, seconds: 0.09 },
      { type: 'square', from: 2400, seconds: 0.004, gain: 0.3 },
    ),
  /** Two notes that are this seat's, or this team's, own. */
  seat(number: number) {
    const [first, second] = signatureOf(number)
    play(
      { type: 'triangle', from: first, seconds: 0.07 },
      { type: 'triangle', from: second, start: 0.07, seconds: 0.12 },
    )
  },
  right: () =>
    play({ type: 'triangle', from: 659, seconds: 0.18 }, { type: 'triangle', from: 988, start: 0.09, seconds: 0.18 }),
  partly: () => play({ type: 'triangle', from: 659, seconds: 0.18 }),
  wrong: () => play({ type: 'sine', from: 196, to: 185, seconds: 0.22, lowPass: 600 }),
  second: () => play({ type: 'sine', from: 880, seconds: 0.02, gain: quiet / master }),
  timeUp: () => play({ type: 'sine', from: 440, to: 220, seconds: 0.3 }),
  /** With each disc that rises: third, second, first. */
  podium(disc: 0 | 1 | 2) {
    const chord = [262, 330, 392].slice(0, disc + 1)
    play(...chord.map((from): Tone => ({ type: 'triangle', from, seconds: 0.9, gain: 0.6 })))
    if (disc === 2) play({ type: 'triangle', from: 523, start: 0.2, seconds: 0.9, gain: 0.7 })
  },
}
