import type { Rule } from './rule.ts'

export const open: Rule<'open'> = (_state, { mode, title, rules, drawn, sections, address, ...rest }) => {
  const { programme, seed, bank, links, resultsId, roomId, group, draws } = rest
  const own = { plan: drawn.plan, programme, seed, bank, links, resultsId, roomId }
  const secret = { ...own, ...(group ? { group } : {}), ...(draws ? { draws } : {}) }
  const total = drawn.rounds.reduce((sum, { count }) => sum + count, 0)
  return [{ type: 'roomOpened', mode, title, rules, rounds: drawn.rounds, total, sections, address, secret }]
}

export const chooseAddress: Rule<'chooseAddress'> = (state, { address }) =>
  state.address === address ? [] : [{ type: 'addressChosen', address }]

export const lockRoom: Rule<'lockRoom'> = (state, { locked }) =>
  state.locked === locked ? [] : [{ type: 'roomLocked', locked }]

/** The old link and everyone who came by it lose their right; who replaces it keeps theirs. */
export const replaceLink: Rule<'replaceLink'> = ({ secret }, { link, capability }) =>
  secret.links ? [{ type: 'linksReplaced', secret: { links: { ...secret.links, [link]: capability } } }] : []
