import type { Rule } from './rule.ts'

export const open: Rule<'open'> = (_state, { mode, title, rules, total, sections, address, ...rest }) => {
  const { plan, seed, bank, links, resultsId, roomId } = rest
  const secret = { plan, seed, bank, links, resultsId, roomId }
  return [{ type: 'roomOpened', mode, title, rules, total, sections, address, secret }]
}

export const chooseAddress: Rule<'chooseAddress'> = (state, { address }) =>
  state.address === address ? [] : [{ type: 'addressChosen', address }]

export const lockRoom: Rule<'lockRoom'> = (state, { locked }) =>
  state.locked === locked ? [] : [{ type: 'roomLocked', locked }]

/** The old link and everyone who came by it lose their right; who replaces it keeps theirs. */
export const replaceLink: Rule<'replaceLink'> = ({ secret }, { link, capability }) =>
  secret.links ? [{ type: 'linksReplaced', secret: { links: { ...secret.links, [link]: capability } } }] : []
