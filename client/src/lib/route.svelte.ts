import type { Pin } from '@knopka/shared/ids'

/** Where the page is. A path that leads nowhere is the start. */
type Route =
  | { screen: 'start' | 'setup' | 'plan' | 'compare' | 'opening' | 'progress' }
  | { screen: 'console' | 'play' | 'screen' | 'call' | 'study'; pin: Pin }
  | { screen: 'results' | 'card'; id: string }

let path = $state(location.pathname)
addEventListener('popstate', () => (path = location.pathname))

export const route = (): Route => routeOf(path)

/** Goes on to another screen without loading the page anew. */
export function go(to: string): void {
  history.pushState(null, '', to)
  path = location.pathname
  scrollTo(0, 0)
}

function routeOf(path: string): Route {
  const [first = '', second = ''] = path.split('/').filter(Boolean)
  if (isPin(first)) return { screen: 'play', pin: first }
  if (first === 'host') return isPin(second) ? { screen: 'console', pin: second } : { screen: 'setup' }
  if ((first === 'play' || first === 'screen') && isPin(second)) return { screen: first, pin: second }
  // A room's page of results lies under an id; a PIN only leads back into the room.
  if (first === 'results' && isPin(second)) return { screen: 'play', pin: second }
  if (first === 'results' && second) return { screen: 'results', id: second }
  if (first === 'interview') return isPin(second) ? { screen: 'call', pin: second } : { screen: 'plan' }
  if (first === 'study') return isPin(second) ? { screen: 'study', pin: second } : { screen: 'opening' }
  if (first === 'scorecard' && second) return { screen: 'card', id: second }
  if (first === 'progress') return { screen: 'progress' }
  if (first === 'compare') return { screen: 'compare' }
  return { screen: 'start' }
}

const isPin = (text: string): text is Pin => /^\d{6}$/.test(text)
