import { createHash, randomBytes } from 'node:crypto'
import { access, constants, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/*
 * One process at a time uses a data folder. What marks the holder is a listening socket and not a file with a process
 * id: the system closes the socket with its process, however that ends, while an id may belong to someone else after a
 * reboot, and in a container it is the same at every start. The socket lies in the folder, so that two containers
 * that share a volume meet there.
 */

const mark = /^lock\.[0-9a-f]{8}$/
/** A holder that is too busy to answer is a holder still. */
const patienceMs = 1000
/** The longest path of a socket, in bytes, that Linux and macOS both take; what is longer, Node cuts without a word. */
const longestPath = 103
const noSocketsHere = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EINVAL', 'ENAMETOOLONG'])
const nobodyListens = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT'])

/**
 * Makes the folder if need be, and takes it for this process.
 * @returns a function that lets go of it
 * @throws {Error} says what to do, where someone else has the folder or it cannot be written to
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const path = await prepare(folder).catch((fault: unknown) => cannotUse(folder, fault))
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return holdPipe(folder, `\\\\.\\pipe\\knopka-${name}`)
  try {
    return await holdSocket(folder, path)
  } catch (fault) {
    if (!noSocketsHere.has(codeOf(fault))) throw fault
    // Some shared folders of virtual machines take no sockets. The system's own folder does, and is the same for all
    // processes of this machine.
    const elsewhere = join(tmpdir(), `knopka-${name}`)
    await mkdir(elsewhere, { recursive: true, mode: 0o700 })
    return holdSocket(folder, elsewhere)
  }
}

/** @throws {Error} one sentence on why the folder cannot be used, and what to do */
export function cannotUse(folder: string, fault: unknown): never {
  const blocked = ['EEXIST', 'ENOTDIR'].includes(codeOf(fault))
  const why = blocked ? 'a file is in its way' : fault instanceof Error ? fault.message : String(fault)
  const hint = 'Choose another folder: KNOPKA_DATA=./other npm start'
  throw new Error(`The data folder ${folder} cannot be used: ${why}. ${hint}`, { cause: fault })
}

async function prepare(folder: string): Promise<string> {
  await make(resolve(folder))
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  return realpath(folder)
}

/** Node's own `recursive` never comes back where the system has a folder but says of a new one in it: no such place. */
async function make(folder: string): Promise<void> {
  const found = await stat(folder).catch((fault: unknown) => {
    if (codeOf(fault) !== 'ENOENT' || dirname(folder) === folder) throw fault
    return null
  })
  if (found?.isDirectory()) return
  if (!found) await make(dirname(folder))
  await mkdir(folder).catch((fault: unknown) => {
    // Another process that starts now may have made it.
    if (found || codeOf(fault) !== 'EEXIST') throw fault
  })
}

/**
 * First every process shows its own mark, then it looks for others: so of two that come together at least one sees the
 * other and leaves. A mark gets its name when it listens already, and no name is used twice; so a mark that refuses to
 * answer is a dead process's for good, and whoever finds it may remove it.
 */
async function holdSocket(folder: string, place: string): Promise<() => Promise<void>> {
  const own = `lock.${randomBytes(4).toString('hex')}`
  const server = await listen(join(place, `${own}.new`))
  const letGo = async () => {
    await rm(join(place, own), { force: true })
    await close(server)
  }
  try {
    await rename(join(place, `${own}.new`), join(place, own))
    for (const other of await readdir(place)) {
      if (!mark.test(other) || other === own) continue
      const holder = await ask(join(place, other)).catch((fault: unknown) => cannotUse(folder, fault))
      if (holder !== null) throw inUse(folder, holder)
      await rm(join(place, other), { force: true })
    }
  } catch (fault) {
    await letGo()
    throw fault
  }
  return letGo
}

/** Windows keeps a pipe's name for its first process, and forgets it with that process. */
async function holdPipe(folder: string, pipe: string): Promise<() => Promise<void>> {
  const server = await listen(pipe).catch(async (fault: unknown) => {
    if (codeOf(fault) !== 'EADDRINUSE') throw fault
    throw inUse(folder, (await ask(pipe)) ?? '')
  })
  return () => close(server)
}

function inUse(folder: string, holder: string): Error {
  const who = holder === '' ? 'another Knopka' : `another Knopka (process ${holder})`
  return new Error(
    `The data folder ${folder} is used by ${who}. Stop it, or choose another folder: KNOPKA_DATA=./other npm start`,
  )
}

/** Answers whoever connects with the number of this process. */
async function listen(path: string): Promise<Server> {
  if (Buffer.byteLength(path) > longestPath) {
    throw Object.assign(new Error(`Too long for a socket: ${path}`), { code: 'ENAMETOOLONG' })
  }
  return new Promise((resolve, reject) => {
    const server = createServer((caller) => {
      // A caller that leaves before the answer has lost nothing that matters here.
      caller.on('error', () => {})
      caller.end(String(process.pid))
    })
    // What goes wrong later is the loss of a caller, who takes this process for busy.
    server.on('error', reject)
    server.listen(path, () => resolve(server.unref()))
  })
}

/** @returns the holder's process, `''` if it does not say, `null` where nobody listens */
function ask(path: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let holder = ''
    const socket = connect(path)
    socket.setTimeout(patienceMs, () => socket.destroy())
    socket.setEncoding('utf8').on('data', (part: string) => (holder += part))
    socket.on('error', (fault) => (nobodyListens.has(codeOf(fault)) ? resolve(null) : reject(fault)))
    socket.on('close', () => resolve(holder))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

function codeOf(fault: unknown): string {
  return (fault as NodeJS.ErrnoException).code ?? String(fault)
}
