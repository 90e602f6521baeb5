import fc from 'fast-check'
import { queueOf, seatNamed, type CommandOf, type RoomEvent, type RoomState } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { buzz } from './commands.ts'
import type { Evening } from './evenings.ts'
import { asked, joined, opened, roomOpened } from './events.ts'
import { given } from './given.ts'

export const contestants = ['seat-1', 'seat-2', 'seat-3', 'seat-4', 'seat-5', 'seat-6']

/** Buzzers that are open for all of them. */
export const contested = given(roomOpened(), ...contestants.map((seat) => joined(seat)), asked(), opened())

/** Presses of one opening, many of them ties, as they came in and as they might have; and who was removed meanwhile. */
export const contests = fc
  .uniqueArray(
    fc.record({
      seat: fc.constantFrom(...contestants),
      scoreMs: fc.oneof(
        fc.nat(60).map((tenths) => 300 + tenths / 10),
        fc.integer({ min: 0, max: 400 }),
      ),
      tieRank: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 4, maxLength: 8 }),
    }),
    { minLength: 1, selector: ({ seat }) => seat },
  )
  .filter((presses) => new Set(presses.map(({ tieRank }) => tieRank)).size === presses.length)
  .map((presses) => presses.map(({ seat, ...press }) => buzz(seat, press) as CommandOf<'buzz'>))
  .chain((presses) =>
    fc.record({
      arrivals: fc.tuple(fc.constant(presses), fc.shuffledSubarray(presses, { minLength: presses.length })),
      gone: fc.oneof({ weight: 9, arbitrary: fc.subarray(contestants, { maxLength: 3 }) }, fc.subarray(contestants)),
    }),
  )

/** What was seen wherever an order was found. */
export function contestsIn({ events, states, decided }: Evening): string[] {
  let version = 0
  return decided.flatMap(({ command, count }) => {
    const event = events[version] as RoomEvent
    const before = states[version] as RoomState
    version += count
    if (event.type !== 'floorGiven' || !event.tieSecret || !before.turn) return []
    const queue = queueOf(before.turn)
    const [byScore] = queue
    const [byArrival] = before.turn.presses.filter(({ opening }) => opening === before.turn?.openings)
    const isRemoved = ({ seat }: { seat: string }) => seatNamed(before, seat)?.removed
    return [
      ...(queue.length > 1 ? ['two'] : []),
      ...(command.type === 'expire' ? ['by the clock'] : []),
      ...(byArrival?.seat !== event.seat ? ['late but first'] : []),
      ...(queue.some(isRemoved) ? ['passed over'] : []),
      ...(byScore?.seat !== event.seat && !queue.some(isRemoved) ? ['by chance'] : []),
    ]
  })
}

/**
 * Who is first, by the words of the rule alone: the least rank among those within 2 ms of the least score. Scores are
 * in tenths, and so is what lies between them.
 */
export function firstOf(presses: CommandOf<'buzz'>[], gone: SeatId[]): SeatId | undefined {
  const left = presses.filter(({ by }) => !gone.includes(by))
  const best = Math.min(...left.map(({ scoreMs }) => scoreMs))
  const ranks = left.filter(({ scoreMs }) => Math.round(10 * (scoreMs - best)) <= 20).map(({ tieRank }) => tieRank)
  return left.find(({ tieRank }) => tieRank === ranks.sort()[0])?.by
}
