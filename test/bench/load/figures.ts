/** @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
}

/** Round by round, since the machine is another from minute to minute; then the middle of all rounds. */
export const medianRatio = (ours: readonly number[], floor: readonly number[]): number =>
  median(ours.flatMap((value, round) => (floor[round] ? value / floor[round] : [])))
