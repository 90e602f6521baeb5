import type { Turn } from '@knopka/shared/game'

/** Which options are right, 0 for the first: as the question was marked or, before that, as the bank says. For hosts alone. */
export const rightOptions = ({ choosing, secret }: Turn): number[] =>
  choosing?.right ?? (secret.choices ?? []).flatMap(({ right }, option) => (right ? [option] : []))
