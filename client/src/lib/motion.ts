const less = matchMedia('(prefers-reduced-motion: reduce)')

/** How long a movement takes, in ms: no time at all where the person asked for calm. */
export const moving = (ms: number): number => (less.matches ? 0 : ms)
