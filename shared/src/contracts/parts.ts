import { z } from 'zod'
import { pinDigits } from '../ids.ts'

export const Pin = z.string().regex(new RegExp(`^\\d{${pinDigits}}$`))
export const CommandId = z.string().min(8).max(64)
export const SeatId = z.string().min(1).max(32)
/** 64 in its own bank; among all banks a bank's id of up to 100 stands in front of it. */
export const QuestionId = z.string().min(1).max(165)
export const ItemId = z.string().min(1).max(32)
export const TeamNumber = z.int().min(1).max(30)
export const TurnNumber = z.int().min(1).max(100_000)

const mostPhoneMs = 1e12

/**
 * What a phone's own monotonic clock shows, in milliseconds. Thirty years are more than any shows; beside a number so
 * large that the server's time vanishes in it, every measurement would be what its sender likes.
 */
export const PhoneClock = z.number().min(-mostPhoneMs).max(mostPhoneMs)

/** Marks that turn text round or hide it could make one name look like another on the wall. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu

// A tab is white space and a control sign: it has to become a space first.
const tidy = (text: string) =>
  text.normalize('NFC').replace(/\s+/g, ' ').replace(invisible, '').replace(/ {2,}/g, ' ').trim()

/** Text that a person typed into one line: invisible marks dropped, white space folded, never empty. */
export const line = (longest: number) =>
  z
    .string()
    .max(longest * 4)
    .transform(tidy)
    .pipe(z.string().min(1).max(longest))

export const Name = line(24)
