import { keep, recall } from './keepsakes.ts'

const name = 'plans'
const most = 30

/** A plan that was opened on this device. */
export interface KnownPlan {
  key: string
  /** As it was when it was seen last; empty where its page was never open here. */
  title: string
}

/** The latest first. */
export function knownPlans(): KnownPlan[] {
  try {
    const kept: unknown = JSON.parse(recall(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isKnownPlan) : []
  } catch {
    return []
  }
}

const isKnownPlan = (value: unknown): value is KnownPlan =>
  typeof value === 'object' &&
  value !== null &&
  'key' in value &&
  'title' in value &&
  typeof value.title === 'string' &&
  typeof value.key === 'string' &&
  /^[\w-]{22}$/.test(value.key)

export const planKeys = (): string[] => knownPlans().map(({ key }) => key)

export function keepPlanKey(key: string, title?: string): void {
  const plans = knownPlans()
  const known = plans.find((plan) => plan.key === key)
  const others = plans.filter((plan) => plan !== known)
  keepPlans([{ key, title: title ?? known?.title ?? '' }, ...others].slice(0, most))
}

export const forgetPlan = (key: string): void => keepPlans(knownPlans().filter((plan) => plan.key !== key))

const keepPlans = (plans: KnownPlan[]): void => keep(name, JSON.stringify(plans))
