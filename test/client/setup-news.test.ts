import { fewestAsked as serversFewest, parseBank, publicBank } from '@knopka/shared/bank'
import { expect, test } from 'vitest'
import { averageMs, fewestAsked, knownIn, knownOf, newsOf } from '../../client/src/setup/news.ts'
import { everything, pick, nothing } from '../../client/src/ui/picked.ts'
import { treeOf } from '../../client/src/ui/tree.ts'

const text = ['# Bank', '## One', 'First?', 'Second?', 'Third?', '## Two', 'Fourth?', 'Fifth?'].join('\n\n')
const tree = treeOf(publicBank(parseBank('bank', new TextEncoder().encode(text)).bank))
const ids = tree.all.flatMap(({ questions }) => questions.map(({ id }) => id))
const [first = '', , , fourth = '', fifth = ''] = ids
const second = tree.top.flatMap(({ sections }) => sections).at(-1) ?? tree.top.at(-1)
if (!second) throw new Error('The bank has no section')

test('what is new is counted in the bank, in what is picked, and against the evening', () => {
  const played = new Set([first, fourth, 'gone from the bank'])
  expect(newsOf(tree.all, everything(tree), played, ids)).toEqual({ all: 3, picked: 3, repeated: 2 })
  expect(newsOf(tree.all, pick(nothing, second), played, [fifth])).toEqual({ all: 3, picked: 1, repeated: 0 })
  expect(newsOf(tree.all, nothing, played, [])).toEqual({ all: 3, picked: 0, repeated: 0 })
  expect(newsOf(tree.all, everything(tree), new Set(), ids)).toEqual({ all: 5, picked: 5, repeated: 0 })
})

test('how a question was answered is said from the third time on', () => {
  const use = { [first]: { asked: 3, right: 1, ms: 900 }, [fifth]: { asked: 2, right: 2, ms: 900 } }
  expect(knownOf(use, first)).toMatchObject({ asked: 3, right: 1 })
  expect([knownOf(use, fifth), knownOf(use, 'constructor')]).toEqual([null, null])
  expect(knownIn(tree.all, use)).toBe(1)
  expect([averageMs({ asked: 4, right: 2, ms: 900 }), averageMs({ asked: 4, right: 0, ms: 0 })]).toEqual([450, null])
  expect(fewestAsked).toBe(serversFewest)
})
