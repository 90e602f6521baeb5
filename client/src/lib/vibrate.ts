/** Phones that cannot (iPhones) or may not stay still. */
export const vibrate = (pattern: number | number[]): void => void navigator.vibrate?.(pattern)
