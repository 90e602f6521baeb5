import type { KeptPlan, OpenedRoom, Plan } from '@knopka/shared/contracts'
import type { PublicBank } from '@knopka/shared/bank'
import { itemsOf } from '@knopka/shared/bank'

/** What each level means, marked so that it is known again in any bytes. */
export const levelMark = 'УРОВЕНЬ'

/** Ten questions of two sections of the real bank, two minutes each. */
export async function planOfTen(address: string, changes: Partial<Plan> = {}): Promise<Plan> {
  const bank = 'backend_interview_python'
  const all = itemsOf((await (await fetch(`${address}/api/banks/${bank}`)).json()) as PublicBank)
  const sections = [...new Set(all.map(({ section }) => section))].slice(0, 12)
  const of = (section: string) => all.filter((item) => item.section === section)
  const [one, other] = sections.filter((section) => of(section).length >= 7)
  if (!one || !other) throw new Error('The bank has no two sections of seven questions')
  return {
    title: 'Backend, middle',
    bank,
    seed: 'лиса',
    quotas: [],
    order: 'bank',
    pinned: [],
    excluded: [],
    own: [],
    seconds: 120,
    minutes: 15,
    levels: ['Не знает', 'Слышит слово', 'Общая идея', 'Уверенно', 'Глубоко'].map((word) => `${word}: ${levelMark}`),
    mayMoveOn: true,
    showsNumbers: true,
    items: [...of(one).slice(0, 5), ...of(other).slice(0, 5)],
    ...changes,
  }
}

/** Keeps the plan and opens an interview by it. */
export async function openCall(address: string, plan: Plan): Promise<OpenedRoom> {
  const { key } = await post<KeptPlan>(`${address}/api/plans`, { plan })
  const people = { candidate: 'Вера', interviewers: ['Анна', 'Борис'] }
  return post<OpenedRoom>(`${address}/api/plans/${key}/interviews`, people)
}

async function post<T>(to: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) })
  if (response.status !== 201) throw new Error(`${to}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
