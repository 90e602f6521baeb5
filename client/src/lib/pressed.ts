import type { Attachment } from 'svelte/attachments'

/** The space bar is the button wherever the focus is; Enter is also the way to everything around it. */
const isOnAnotherKey = (element: HTMLElement, target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button') !== null && !element.contains(target)

/**
 * A press is the finger going down, or the space bar: waiting for `click` would add the time of the finger's way up.
 * `onPress` gets the event, whose `timeStamp` is the browser's own time of the press.
 */
export function pressed(onPress: (event: PointerEvent | KeyboardEvent) => void): Attachment<HTMLElement> {
  return (element) => {
    const down = (event: PointerEvent) => {
      if (!event.isPrimary || event.button !== 0) return
      event.preventDefault()
      onPress(event)
    }
    const key = (event: KeyboardEvent) => {
      if ((event.code !== 'Space' && event.code !== 'Enter') || event.repeat) return
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLDialogElement) return
      if (event.code === 'Enter' && isOnAnotherKey(element, event.target)) return
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
