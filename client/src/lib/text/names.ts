import { words } from './language.svelte.ts'

const text = words({
  ru: { player: (number: number) => `Игрок ${number}` },
  en: { player: (number: number) => `Player ${number}` },
})

/** What everyone calls a seat: its name, or its number while the host keeps the name off the wall. */
export const nameOf = ({ name, hidden, number }: { name: string; hidden: boolean; number: number }): string =>
  hidden ? text().player(number) : name
