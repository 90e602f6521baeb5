/** More rows than this, and nobody in the last one reads them. */
const mostRows = 6

/** Up to three options stand one below the other; more of them in columns. */
export const columnsFor = (options: number): number => (options <= 3 ? 1 : Math.max(2, Math.ceil(options / mostRows)))
