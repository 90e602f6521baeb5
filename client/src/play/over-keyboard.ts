import type { Attachment } from 'svelte/attachments'

/** In px: less than this of a phone held upright is what a keyboard has left of it. */
const tightHeight = 440
const widestPhone = 600

/**
 * Keeps an element where it can be seen: some browsers lay their keyboard over a page that is fixed, and scroll it
 * away to show the field. Sets `--seen-top` and `--seen-height`.
 * @param onfit told whether little is left
 */
export const overKeyboard =
  (onfit: (isTight: boolean) => void): Attachment<HTMLElement> =>
  (element) => {
    const seen = window.visualViewport
    if (!seen) return
    const fit = () => {
      // Who zooms in wants to see less of the page, not a smaller page.
      const [top, height] = seen.scale > 1 ? [0, window.innerHeight] : [seen.offsetTop, seen.height]
      element.style.setProperty('--seen-top', `${top}px`)
      element.style.setProperty('--seen-height', `${height}px`)
      onfit(height < tightHeight && window.innerWidth < widestPhone)
    }
    fit()
    seen.addEventListener('resize', fit)
    seen.addEventListener('scroll', fit)
    return () => {
      seen.removeEventListener('resize', fit)
      seen.removeEventListener('scroll', fit)
    }
  }
