import { keep, recall } from '../lib/keepsakes.ts'

const key = 'keeps-progress'

/** Whether this person wants what they rate to be kept: yes, until they said no. */
export const keepsProgress = (): boolean => recall(key) !== 'no'

export const setKeepsProgress = (keeps: boolean): void => keep(key, keeps ? null : 'no')
