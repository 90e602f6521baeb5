import type { Attachment } from 'svelte/attachments'
import { largestThatFits } from './fit.ts'

/** A part that has its own width, as a column has, may be too narrow for its words where the whole is not. */
const overflows = ({ scrollWidth, clientWidth }: Element): boolean => scrollWidth > clientWidth

/**
 * Text as large as its parent has room for: sets `--fitted`, in stage pixels, and sets it again whenever the text, the
 * parent's size or a font changes. What does not fit even at the least size is marked with `data-cut`.
 */
export function fitted(least: number, most: number): Attachment<HTMLElement> {
  return (element) => {
    const box = element.parentElement
    if (!box) return
    const fits = (size: number) => {
      element.style.setProperty('--fitted', String(size))
      const isWide = element.scrollWidth > box.clientWidth || [...element.children].some(overflows)
      return element.offsetHeight <= box.clientHeight && !isWide
    }
    const fit = () => {
      element.style.overflowWrap = 'normal'
      const size = largestThatFits(least, most, fits)
      // A word that is wider than the wall even at the least size is broken rather than cut.
      if (!fits(size)) element.style.overflowWrap = 'anywhere'
      element.toggleAttribute('data-cut', !fits(size))
    }
    const sizes = new ResizeObserver(fit)
    const texts = new MutationObserver(fit)
    sizes.observe(box)
    texts.observe(element, { subtree: true, childList: true, characterData: true })
    document.fonts.addEventListener('loadingdone', fit)
    fit()
    return () => {
      sizes.disconnect()
      texts.disconnect()
      document.fonts.removeEventListener('loadingdone', fit)
    }
  }
}
