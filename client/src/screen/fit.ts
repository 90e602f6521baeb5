/**
 * The largest whole size that fits, by bisection: what fits at one size must fit at every smaller one.
 * @returns `least` also where not even that fits
 */
export function largestThatFits(least: number, most: number, fits: (size: number) => boolean): number {
  if (fits(most)) return most
  let [fitting, tooLarge] = [least, most]
  while (tooLarge - fitting > 1) {
    const middle = Math.floor((fitting + tooLarge) / 2)
    if (fits(middle)) fitting = middle
    else tooLarge = middle
  }
  return fitting
}
