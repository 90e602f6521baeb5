import { outline, publicBank } from '@knopka/shared/bank'
import { Router } from 'express'
import type { House } from '../house.ts'
import { refuse } from './refuse.ts'

/** The banks in their public form: no answer notes, no right choices. */
export function banksApi({ banks }: Pick<House, 'banks'>): Router {
  const outlines = [...banks.values()].map((bank) => ({
    id: bank.id,
    title: bank.title,
    language: bank.language,
    questions: bank.questions.size,
    sections: outline(bank),
  }))
  const open = new Map([...banks].map(([id, bank]) => [id, publicBank(bank)]))
  return Router()
    .get('/banks', (_request, response) => void response.json(outlines))
    .get('/banks/:id', (request, response) => {
      const bank = open.get(request.params.id)
      if (bank) response.json(bank)
      else refuse(response, 404, 'no-bank')
    })
}
