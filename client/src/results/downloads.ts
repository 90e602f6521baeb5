import type { HttpRefusal } from '@knopka/shared/contracts'
import { saveFile } from '../lib/save-file.ts'

const formats = { csv: 'csv', json: 'json', markdown: 'md' } as const
export type Format = keyof typeof formats

/** Named after the day on which the evening ended, here. */
export function fileName(endedAt: number, format: Format): string {
  const end = new Date(endedAt)
  const digits = (value: number) => String(value).padStart(2, '0')
  return `knopka-${end.getFullYear()}-${digits(end.getMonth() + 1)}-${digits(end.getDate())}.${formats[format]}`
}

/** Why there is no file, where there is none. */
export type Failure = { code: HttpRefusal['code'] | 'offline'; retryAfterSeconds?: number }

/** A link could not carry the host's token, so the file is fetched and then saved from memory. */
export async function download(id: string, format: Format, token: string, name: string): Promise<Failure | null> {
  try {
    const path = `/api/results/${encodeURIComponent(id)}/${format}`
    const response = await fetch(path, { headers: { authorization: `Bearer ${token}` } })
    if (!response.ok) return (await response.json()) as HttpRefusal
    saveFile(await response.blob(), name)
    return null
  } catch {
    return { code: 'offline' }
  }
}
