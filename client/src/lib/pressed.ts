import type { Attachment } from 'svelte/attachments'

/** The space bar is the button wherever the focus is; Enter is also the way to everything around it. */
const isOnAnotherKey = (element: HTMLElement, target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button') !== null && !element.contains(target)

const isForWords = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, dialog') !== null

/**
 * A press is the finger going down, or the space bar: waiting for `click` would add the time of the finger's way up.
 * `onPress` gets the event, whose `timeStamp` is the browser's own time of the press.
 * @param isElsewhere whether a key belongs to something else, though nobody writes
 */
export function pressed(
  onPress: (event: PointerEvent | KeyboardEvent) => void,
  isElsewhere = (element: HTMLElement, { code, target }: KeyboardEvent): boolean =>
    code === 'Enter' && isOnAnotherKey(element, target),
): Attachment<HTMLElement> {
  return (element) => {
    const down = (event: PointerEvent) => {
      if (!event.isPrimary || event.button !== 0) return
      event.preventDefault()
      onPress(event)
    }
    const key = (event: KeyboardEvent) => {
      if ((event.code !== 'Space' && event.code !== 'Enter') || event.repeat) return
      if (isForWords(event.target) || isElsewhere(element, event)) return
      event.preventDefault()
      onPress(event)
    }
    element.addEventListener('pointerdown', down)
    window.addEventListener('keydown', key)
    return () => {
      element.removeEventListener('pointerdown', down)
      window.removeEventListener('keydown', key)
    }
  }
}
