import { protocol } from '@knopka/shared/contracts'
import { expect, test } from 'vitest'
import { spokenProtocol } from '../../client/src/lib/link.ts'

test('the page speaks the protocol of the contracts', () => {
  expect(spokenProtocol).toBe(protocol)
})
