import { expect, onTestFinished, test } from 'vitest'
import { storeContract } from './contract.ts'
import { openBench } from './embedded-bench.ts'

storeContract('lmdb in a folder', openBench)

test('a set that was kept in one piece, as it was until yesterday, is added to and deleted like any other', async () => {
  const bench = await openBench({ roomTtlMs: 1000 })
  onTestFinished(() => bench.end())
  const { shelf } = bench.store
  await shelf.put('group/1', ['a', 'b'], null)
  await shelf.gather('group/1', ['b', 'c'], 5000)
  expect((await shelf.gathered('group/1')).toSorted()).toEqual(['a', 'b', 'c'])
  await shelf.delete('group/1')
  expect(await shelf.gathered('group/1')).toEqual([])
})
