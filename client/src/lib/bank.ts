import type { PublicBank } from '@knopka/shared/bank'
import { get, type Answer } from './api.ts'

/** A bank of this server, as the choice of banks needs it. */
export interface BankEntry {
  id: string
  title: string
  questions: number
}

/** A bank as everyone may know it: its sections and its questions, without answers. */
export const fetchBank = (id: string): Promise<Answer<PublicBank>> => get(`/api/banks/${encodeURIComponent(id)}`)

/** The banks there are and one of them whole: the wanted one, else the first. */
export async function fetchBanks(wanted: string): Promise<Answer<{ banks: BankEntry[]; bank: PublicBank }>> {
  const banks = await get<BankEntry[]>('/api/banks')
  if (!banks.ok) return banks
  const chosen = banks.body.find(({ id }) => id === wanted) ?? banks.body[0]
  if (!chosen) return { ok: false, code: 'no-bank' }
  const bank = await fetchBank(chosen.id)
  return bank.ok ? { ...bank, body: { banks: banks.body, bank: bank.body } } : bank
}
