import type { PublicBank } from '@knopka/shared/bank'
import { get, type Answer } from './api.ts'

/** A bank as everyone may know it: its sections and its questions, without answers. */
export const fetchBank = (id: string): Promise<Answer<PublicBank>> => get(`/api/banks/${encodeURIComponent(id)}`)
