import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { root } from '../support/server.ts'

/** One line of a Dockerfile, continuations joined: `COPY`, and what follows. */
interface Step {
  word: string
  rest: string
}

/** A stage that was built in a folder: `files` stands for the root of the image. */
export interface Stage {
  files: string
  workdir: string
  environment: Record<string, string>
  /** The last words of each kind: `CMD`, `USER`, `HEALTHCHECK`, ... */
  told: Map<string, string>
}

export interface Identity {
  uid: number
  gid: number
}

/**
 * Builds what a Dockerfile describes without Docker: every COPY and RUN is done, in folders instead of images, with this
 * machine's Node in place of the image's. Knows the words that this repository's Dockerfile uses, and no others.
 * @param node who stands for the image's user of that name
 * @returns the last stage
 */
export async function buildImage(folder: string, node: Identity): Promise<Stage> {
  const stages = new Map<string, Stage>()
  let stage: Stage | null = null
  for (const { word, rest } of await stepsOf(join(root, 'Dockerfile'))) {
    if (word === 'FROM') {
      const [from = '', , name = 'last'] = rest.split(/\s+/)
      stage = await newStage(join(folder, name), stages.get(from))
      stages.set(name, stage)
    } else if (stage) await take(stage, { word, rest }, stages, node)
  }
  if (!stage) throw new Error('The Dockerfile has no stage')
  return stage
}

async function stepsOf(path: string): Promise<Step[]> {
  const text = (await readFile(path, 'utf8')).replace(/^\s*#.*\n/gm, '').replace(/\\\n/g, ' ')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ word: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }))
}

async function newStage(files: string, from: Stage | undefined): Promise<Stage> {
  await mkdir(files, { recursive: true })
  if (from) await cp(from.files, files, { recursive: true, verbatimSymlinks: true })
  return { files, workdir: from?.workdir ?? '/', environment: { ...from?.environment }, told: new Map(from?.told) }
}

async function take(stage: Stage, { word, rest }: Step, stages: Map<string, Stage>, node: Identity): Promise<void> {
  if (word === 'WORKDIR') {
    stage.workdir = rest
    await mkdir(join(stage.files, rest), { recursive: true })
  } else if (word === 'ENV') {
    const [, name = '', value = ''] = /^(\w+)=(\S+)$/.exec(rest) ?? []
    stage.environment[name] = value
  } else if (word === 'COPY') await copy(stage, rest, stages)
  else if (word === 'RUN') await run(stage, rest, node)
  else if (['USER', 'VOLUME', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD'].includes(word)) stage.told.set(word, rest)
  else throw new Error(`The Dockerfile says ${word}, which is not known here`)
}

async function copy(stage: Stage, rest: string, stages: Map<string, Stage>): Promise<void> {
  const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? []
  const sources = paths.split(/\s+/)
  const target = sources.pop() ?? ''
  const origin = from ? (stages.get(from)?.files ?? '') : root
  const wanted = from ? () => true : await wantedInContext()
  for (const source of sources) {
    const path = join(origin, source)
    const isFolder = (await stat(path)).isDirectory()
    const place = join(stage.files, stage.workdir, target, target.endsWith('/') && !isFolder ? basename(source) : '')
    await cp(path, place, { recursive: true, verbatimSymlinks: true, filter: wanted })
  }
}

/** What .dockerignore leaves; it knows names at the top, and names anywhere. */
async function wantedInContext(): Promise<(path: string) => boolean> {
  const lines = (await readFile(join(root, '.dockerignore'), 'utf8')).split('\n').filter((line) => line !== '')
  return (path) => {
    const parts = relative(root, path).split('/')
    return !lines.some((line) => (line.startsWith('**/') ? parts.includes(line.slice(3)) : parts[0] === line))
  }
}

/** The image's absolute paths lie below its folder, and its user is ours. */
async function run(stage: Stage, command: string, { uid, gid }: Identity): Promise<void> {
  const here = command.replace(/(?<=\s)\/(?=\w)/g, `${stage.files}/`).replace('node:node', `${uid}:${gid}`)
  const { PATH = '', HOME = '' } = process.env
  const child = spawn('sh', ['-c', here], {
    cwd: join(stage.files, stage.workdir),
    env: { PATH, HOME, npm_config_prefer_offline: 'true', ...stage.environment },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`RUN ${command} ended with ${code}: ${said}`)
}
