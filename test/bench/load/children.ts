import { fork, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))

const children = new Set<ChildProcess>()
const folders = new Set<string>()
const patienceMs = 8000

// Whatever ends the bench, also a fault or Ctrl-C, takes everything with it that it started.
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

export interface Program {
  args: string[]
  /** Another than Node. */
  command?: string
  environment?: Record<string, string>
  /** What it says once it can be used; its first group is the port. */
  ready: RegExp
}

export interface Started {
  pid: number
  port: number
  end(): Promise<void>
}

/** Starts a program, which hears of nothing but what it is told here, and waits until it can be used. */
export async function start({ command = process.execPath, args, environment = {}, ready }: Program): Promise<Started> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(command, args, { cwd: root, env: { PATH, HOME, ...environment } })
  const gone = keep(child)
  let said = ''
  const port = await new Promise<number>((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += part.toString()
      const found = ready.exec(said)
      if (found) resolve(Number(found[1]))
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`)))
  })
  return { pid: child.pid ?? 0, port, end: () => end(child, gone) }
}

/**
 * Runs a module as a process of its own: sends it one message, and waits for its one answer.
 * @param onProgress is called with every number that comes before the answer
 */
export async function ask<Answer>(
  file: string,
  message: object,
  deadlineMs: number,
  onProgress: (count: number) => void = () => {},
): Promise<Answer> {
  const child = fork(file, { cwd: root, execArgv: [] })
  const gone = keep(child)
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No answer in ${deadlineMs / 1000} s`)), deadlineMs)
      child.on('message', (answer) => {
        if (typeof answer === 'number') return onProgress(answer)
        clearTimeout(late)
        resolve(answer as Answer)
      })
      child.once('exit', (code) => {
        clearTimeout(late)
        reject(new Error(`The load ended with ${code}`))
      })
      child.send(message)
    })
  } finally {
    await end(child, gone)
  }
}

/** A folder that lasts as long as the bench. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'knopka-bench-'))
  folders.add(folder)
  return folder
}

function keep(child: ChildProcess): Promise<void> {
  children.add(child)
  return new Promise((resolve) =>
    child.once('close', () => {
      children.delete(child)
      resolve()
    }),
  )
}

async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await gone
  clearTimeout(late)
}
