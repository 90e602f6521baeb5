import { createContext } from 'svelte'
import type { Room } from './room.svelte.ts'

/** The room that a screen shows, for all its parts. */
export const [useRoom, provideRoom] = createContext<Room>()
