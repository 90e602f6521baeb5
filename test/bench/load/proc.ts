import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds that a process has run on any core, user and system, over all its threads; Linux counts nanoseconds. */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuOf(pid), 0)
}

function cpuOf(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`)
  return tasks.reduce((sum, task) => sum + runMs(`/proc/${pid}/task/${task}/schedstat`), 0)
}

const runMs = (path: string): number => Number(readFileSync(path, 'latin1').split(' ')[0]) / 1e6

/** Resident memory in bytes. */
export function rssBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
    return sum + Number(kilobytes) * 1024
  }, 0)
}
