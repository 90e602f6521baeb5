const less = matchMedia('(prefers-reduced-motion: reduce)')

/** Whether the person asked for less motion. */
export const isCalm = (): boolean => less.matches

/** How long a movement takes, in ms: no time at all where the person asked for calm. */
export const moving = (ms: number): number => (isCalm() ? 0 : ms)
