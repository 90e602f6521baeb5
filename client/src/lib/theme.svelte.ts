import { keep, recall } from './keepsakes.ts'

export type Wish = 'system' | 'light' | 'dark'

const isWish = (text: string | null): text is Wish => text === 'light' || text === 'dark' || text === 'system'
const kept = recall('theme')
const dark = matchMedia('(prefers-color-scheme: dark)')

let wish = $state<Wish>(isWish(kept) ? kept : 'system')
let systemIsDark = $state(dark.matches)
dark.addEventListener('change', ({ matches }) => (systemIsDark = matches))

export const themeWish = (): Wish => wish

export function wishTheme(wanted: Wish): void {
  wish = wanted
  keep('theme', wanted)
}

let staged = $state(false)

/** Where a page is on stage by who looks at it, and not by its path. */
export const isStaged = (): boolean => staged

/** @returns a function that leaves it */
export function takeStage(): () => void {
  staged = true
  return () => (staged = false)
}

/** What a desk looks like now; phones and projectors are always `stage`. */
export function deskTheme(): 'light' | 'dark' {
  if (wish !== 'system') return wish
  return systemIsDark ? 'dark' : 'light'
}
