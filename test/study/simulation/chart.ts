import { targetRetention } from '@knopka/shared/study'
import { shareOf, sumOf, type Season } from './season.ts'

const [width, height] = [720, 360]
const frame = { left: 56, right: 132, top: 48, bottom: 44 }
const [least, most] = [0.78, 1]
/** How far the share may be from the target. */
export const tolerance = 0.03

const percent = (share: number, digits = 0) => `${(share * 100).toFixed(digits)}%`

/** The share of questions that teams knew when they were asked again, week by week, as SVG. */
export function chart(seasons: Season[]): string {
  const weeks = seasons[0]?.weeks.length ?? 0
  const together = Array.from({ length: weeks }, (_, week) => sumOf(seasons.flatMap(({ weeks }) => weeks[week] ?? [])))
  const whole = shareOf(sumOf(together))
  const { asked } = sumOf(together)
  const x = (week: number) => place(frame.left, width - frame.right, week / (weeks - 1))
  const y = (share: number) => place(height - frame.bottom, frame.top, (share - least) / (most - least))
  const path = (shares: number[]) =>
    shares.map((share, week) => `${week === 0 ? 'M' : 'L'}${x(week)} ${y(share)}`).join('')
  const label = `Share of questions that ${seasons.length} simulated teams of five knew when they were asked again: ${percent(whole, 1)} over ${weeks} weeks, where ${percent(targetRetention)} is aimed at. By week: ${together.map((week) => percent(shareOf(week), 1)).join(', ')}.`
  const right = width - frame.right
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
<style>
  text { font: 13px system-ui, sans-serif; fill: #4b5563 }
  .title { font-size: 15px; font-weight: 600; fill: #111827 }
  .grid { stroke: #d1d5db }
  .band { fill: #0f766e; opacity: .12 }
  .target { stroke: #0f766e; stroke-width: 2; stroke-dasharray: 7 5 }
  .team { fill: none; stroke: #9ca3af; stroke-width: 1 }
  .all { fill: none; stroke: #b45309; stroke-width: 3; stroke-linejoin: round }
  .dot { fill: #b45309 }
  .strong { font-weight: 600; fill: #b45309 }
  @media (prefers-color-scheme: dark) {
    text { fill: #b6bcc6 }
    .title { fill: #f3f4f6 }
    .grid { stroke: #3a414d }
    .band { fill: #2dd4bf; opacity: .16 }
    .target { stroke: #2dd4bf }
    .team { stroke: #6b7280 }
    .all { stroke: #fbbf24 }
    .dot, .strong { fill: #fbbf24 }
  }
</style>
<text class="title" x="${frame.left}" y="24">Known when asked again: ${percent(whole, 1)} of ${asked.toLocaleString('en')} ratings</text>
${[0.8, 0.85, 0.9, 0.95, 1].map((share) => `<path class="grid" d="M${frame.left} ${y(share)}H${right}"/><text x="${frame.left - 8}" y="${y(share) + 4}" text-anchor="end">${percent(share)}</text>`).join('\n')}
<rect class="band" x="${frame.left}" y="${y(targetRetention + tolerance)}" width="${right - frame.left}" height="${round(y(targetRetention - tolerance) - y(targetRetention + tolerance))}"/>
<path class="target" d="M${frame.left} ${y(targetRetention)}H${right}"/>
${seasons.map((one) => `<path class="team" d="${path(one.weeks.map(shareOf))}"/>`).join('\n')}
<path class="all" d="${path(together.map(shareOf))}"/>
${together.map((week, index) => `<circle class="dot" cx="${x(index)}" cy="${y(shareOf(week))}" r="4"/>`).join('\n')}
${together.map((_, index) => `<text x="${x(index)}" y="${height - frame.bottom + 22}" text-anchor="middle">${index + 1}</text>`).join('\n')}
<text x="${place(frame.left, right, 0.5)}" y="${height - 4}" text-anchor="middle">week</text>
<text x="${right + 10}" y="${y(targetRetention) - 4}">target ± 3 points</text>
<text class="strong" x="${right + 10}" y="${y(targetRetention) + 18}">${seasons.length} teams</text>
</svg>
`
}

const place = (from: number, to: number, share: number): number => round(from + (to - from) * share)
const round = (value: number): number => Math.round(value * 10) / 10
