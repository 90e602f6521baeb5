/** What was said in the storm, and what came back. */
export class Tally {
  sent = 0
  connections = 0
  /** Those who were not let in to what is theirs, for what they had done before. */
  keptOut = 0
  readonly kinds = new Map<string, number>()
  readonly answers = new Map<string, number>()
  readonly knocks = new Map<string, number>()
  /** What the server should have answered and did not. */
  readonly unanswered: string[] = []

  say(kind: string): void {
    this.sent++
    add(this.kinds, kind)
  }

  answer(text: string): void {
    add(this.answers, /^\[\{"ok":true,"version":\d+\}\]$/.test(text) ? 'ok' : codeIn(text))
  }

  knock(frame: string | null): void {
    add(this.knocks, frame === null ? 'closed' : frame.startsWith('40') ? 'let in' : codeIn(frame))
  }

  /** Of someone who came with a right that is theirs. */
  knockByRight(frame: string | null): void {
    this.knock(frame)
    if (frame?.includes('"too-many"')) this.keptOut++
  }

  /** Of all answers, the part with one of these codes. */
  share(...codes: string[]): number {
    const all = sum([...this.answers.values()])
    return sum(codes.map((code) => this.answers.get(code) ?? 0)) / all
  }

  /** Of all answers, the part that came from the rules: a yes, or a no of the game's own. */
  get shareOfRules(): number {
    const atTheEdge = ['bad-request', 'too-many', 'too-large', 'server-error', 'no answer']
    return 1 - this.share(...atTheEdge)
  }

  toString(): string {
    const lines = [
      `${this.sent} messages over ${this.connections} connections`,
      `said: ${listed(this.kinds)}`,
      `answers: ${listed(this.answers)}`,
      `handshakes: ${listed(this.knocks)}`,
    ]
    return lines.join('\n  ')
  }
}

/** A reply that is not of the contract is told whole. */
const codeIn = (text: string): string => /"code":"([a-z-]+)"/.exec(text)?.[1] ?? text.slice(0, 60)

const add = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1)
const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0)

function listed(counts: Map<string, number>): string {
  const all = sum([...counts.values()])
  const sorted = [...counts].sort(([, a], [, b]) => b - a)
  return sorted.map(([key, count]) => `${key} ${count} (${((100 * count) / all).toFixed(1)} %)`).join(', ')
}
