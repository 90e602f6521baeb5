/** More rows than this, and nobody in the last one reads them. */
const mostRows = 6

/** Up to three options stand one below the other; more of them in columns. */
export const columnsFor = (options: number): number => (options <= 3 ? 1 : Math.max(2, Math.ceil(options / mostRows)))

/** How much of the wall a question takes, and its options: as `flex-grow`. Whoever has more to say has more room. */
export const shareOfQuestion = (question: string): number => Math.min(4, 1 + question.length / 130)
export const shareOfOptions = (options: string[]): number => Math.min(6, 4 + options.join('').length / 250)
