import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = ['shared', 'server', 'client']
const screens = ['start', 'setup', 'host', 'play', 'screen', 'results', 'study', 'plan', 'call', 'card']

/** Names that bring a clock, chance, a timer or a page into code that must run the same everywhere. */
const impure = ['setTimeout', 'setInterval', 'performance', 'window', 'document', 'crypto', 'globalThis']

/** Path in the repository, with `/` -> text. */
type Texts = Record<string, string>

interface Import {
  file: string
  /** As it is written. */
  from: string
  /** The file meant, from the repository's root, or the name of the package. */
  target: string
  /** Written `import type` or `export type`: gone when the program runs. */
  typeOnly: boolean
}

interface Tree {
  texts: Texts
  imports: Import[]
}

interface Law {
  /** Each is a sentence about the whole tree. */
  law: string
  faults: (tree: Tree) => string[]
  /** Small trees that break it; each holds exactly one fault. */
  offenders: Texts[]
  /** Files that come near to breaking it and do not. */
  innocents: Texts
}

function treeOf(texts: Texts): Tree {
  const code = Object.keys(texts).filter((file) => !file.endsWith('.css'))
  return { texts, imports: code.flatMap((file) => importsOf(file, texts[file] ?? '')) }
}

function productTexts(): Texts {
  const files = packages.flatMap((name) => {
    const folder = `${name}/src`
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path))
  })
  const product = files.filter((file) => /\.(ts|svelte|css)$/.test(file))
  return Object.fromEntries(product.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
}

function parse(file: string, text: string): ts.SourceFile {
  // Of a component, the scripts alone are TypeScript. An attribute may hold a ">" inside its quotes.
  const scripts = text.matchAll(/<script(?:"[^"]*"|'[^']*'|[^'">])*>([\s\S]*?)<\/script>/g)
  const code = file.endsWith('.svelte') ? [...scripts].map((script) => script[1]).join('\n') : text
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
}

function nodesOf(node: ts.Node): ts.Node[] {
  const below: ts.Node[] = []
  node.forEachChild((child) => void below.push(...nodesOf(child)))
  return [node, ...below]
}

function importsOf(file: string, text: string): Import[] {
  return nodesOf(parse(file, text)).flatMap((node) => {
    const named = importIn(node)
    return named ? [{ file, target: targetOf(file, named.from), ...named }] : []
  })
}

function importIn(node: ts.Node): { from: string; typeOnly: boolean } | undefined {
  const literal = (named: ts.Node | undefined, typeOnly: boolean) =>
    named && ts.isStringLiteralLike(named) ? { from: named.text, typeOnly } : undefined
  if (ts.isImportDeclaration(node)) return literal(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false)
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly)
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal, true)
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isDynamic ? literal(node.arguments[0], false) : undefined
}

function targetOf(file: string, from: string): string {
  if (from.startsWith('.')) return join(dirname(file), from)
  const [scope = '', name = '', ...rest] = from.split('/')
  if (scope === '@knopka' && packages.includes(name)) return exportOf(name, rest.join('/'))
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

function exportOf(name: string, path: string): string {
  const manifest = JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')) as {
    exports?: Record<string, { 'knopka-src': string }>
  }
  return join(name, manifest.exports?.[`./${path}`]?.['knopka-src'] ?? `src/${path}`)
}

/** A law about single imports, by the one question whether an import breaks it. */
function forbids(breaks: (one: Import) => boolean): Law['faults'] {
  return ({ imports }) => imports.filter(breaks).map(({ file, from }) => `${file} imports ${from}`)
}

const folderIn = (prefix: string, path: string) => path.startsWith(prefix) && path.slice(prefix.length).split('/')[0]
const isIn = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(folder))
const isScreen = (path: string) => isIn(path, ...screens.map((screen) => `client/src/${screen}/`))

function sharedImportsOther({ file, target }: Import): boolean {
  if (!isIn(file, 'shared/') || isIn(target, 'shared/src/')) return false
  if (target === 'zod') return !isIn(file, 'shared/src/contracts/')
  if (target === 'yaml') return !isIn(file, 'shared/src/bank/')
  if (target === 'ts-fsrs') return !isIn(file, 'shared/src/study/')
  return true
}

function impurities({ texts }: Tree): string[] {
  const shared = Object.entries(texts).filter(([file]) => isIn(file, 'shared/'))
  return shared.flatMap(([file, text]) => {
    const nodes = nodesOf(parse(file, text))
    const own = new Set(nodes.filter(isDeclaredName).map((node) => node.getText()))
    const used = nodes.map(impurityIn).filter((name) => name !== undefined && !own.has(name))
    return used.map((name) => `${file} uses ${name}`)
  })
}

function impurityIn(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const called = `${node.expression.getText()}.${node.name.text}`
    return ['Date.now', 'Math.random'].find((name) => name === called)
  }
  // With arguments a Date only converts; without, it reads the clock.
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()'
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
  return ts.isIdentifier(node) && !isMemberName(node) ? impure.find((name) => node.text === name) : undefined
}

const isNameOf = (parent: ts.Node, node: ts.Node) => 'name' in parent && parent.name === node

/** `rules.window` and `{ window: 3 }` name something else than the browser's window; `{ window }` does not. */
function isMemberName(node: ts.Identifier): boolean {
  return isNameOf(node.parent, node) && !ts.isShorthandPropertyAssignment(node.parent)
}

/** A file that declares a `document` of its own means that one: without a page in `lib`, tsc knows no other. */
function isDeclaredName(node: ts.Node): boolean {
  const { parent } = node
  return ts.isIdentifier(node) && (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) && isNameOf(parent, node)
}

/** The server from top to bottom; a file may import what stands below it, and its neighbours in its own folder. */
const floors = [
  /^server\/src\/main\.ts/,
  /^server\/src\/app\.ts/,
  /^server\/src\/(http|socket)\//,
  /^server\/src\/rooms\.ts/,
  /^server\/src\/room\.ts/,
  /^server\/src\/store\//,
]
const floorOf = (file: string) => floors.findIndex((floor) => floor.test(file))
const placeOf = (file: string) => floors[floorOf(file)]?.exec(file)?.[0]

function upwardImports({ imports }: Tree): string[] {
  const upper = [...new Set(imports.map(({ file }) => file))].filter((file) => floorOf(file) >= 0)
  return upper.flatMap((file) =>
    landings(file, imports)
      .filter(({ target }) => floorOf(target) <= floorOf(file) && placeOf(target) !== placeOf(file))
      .map(({ path }) => `${file} imports ${path.join(', which imports ')}`),
  )
}

/** Where a file's imports lead. What has no floor of its own must not be a back stair, so its imports count as ours. */
function landings(file: string, imports: Import[], seen = new Set<string>()): { target: string; path: string[] }[] {
  return imports
    .filter((one) => one.file === file)
    .flatMap(({ from, target }) => {
      if (floorOf(target) >= 0) return [{ target, path: [from] }]
      if (seen.has(target)) return []
      return landings(target, imports, seen.add(target)).map((end) => ({ ...end, path: [from, ...end.path] }))
    })
}

/** Which part of the product alone may know a package. */
const keepers: Record<string, string> = {
  'socket.io': 'server/src/socket/',
  express: 'server/src/http/',
  helmet: 'server/src/http/',
  compression: 'server/src/http/',
  ioredis: 'server/src/store/redis',
  lmdb: 'server/src/store/embedded',
  'prom-client': 'server/src/metrics',
}
const adapters = ['server/src/store/embedded', 'server/src/store/redis']

function cycles({ imports }: Tree): string[] {
  const files = [...new Set(imports.map(({ file }) => file))].sort()
  const lasting = imports.filter(({ typeOnly }) => !typeOnly)
  const rounds = files.flatMap((file) => roundTrip(file, lasting) ?? [])
  // Every file of a round finds it; the first one of the alphabet tells it.
  return rounds.filter((round) => round[0] === [...round].sort()[0]).map((round) => [...round, round[0]].join(' -> '))
}

/** The shortest way from a file back to itself, breadth first. */
function roundTrip(file: string, imports: Import[]): [string[]] | undefined {
  const seen = new Set<string>()
  let ways = [[file]]
  while (ways.length > 0) {
    const longer = ways.flatMap((way) =>
      imports.filter((one) => one.file === way.at(-1)).map(({ target }) => ({ way, target })),
    )
    const home = longer.find(({ target }) => target === file)
    if (home) return [home.way]
    const fresh = longer.filter(({ target }) => !seen.has(target) && seen.add(target))
    ways = fresh.map(({ way, target }) => [...way, target])
  }
  return undefined
}

function overlong({ texts }: Tree): string[] {
  return Object.entries(texts).flatMap(([file, text]) => {
    const lines = text.trimEnd().split('\n')
    const isExplained = lines.slice(0, 10).some((line) => line.includes('Over 300 lines because'))
    return lines.length <= 300 || isExplained ? [] : [`${file} has ${lines.length} lines and does not say why`]
  })
}

const laws: Law[] = [
  {
    law: 'shared/ imports its own files, zod in contracts/, yaml in bank/ and ts-fsrs in study/: nothing else',
    faults: forbids(sharedImportsOther),
    offenders: [
      { 'shared/src/game/a.ts': `import { z } from 'zod'` },
      { 'shared/src/game/a.ts': `import type { z } from 'zod'` },
      { 'shared/src/contracts/a.ts': `import { parse } from 'yaml'` },
      { 'shared/src/game/a.ts': `import { fsrs } from 'ts-fsrs'` },
      { 'shared/src/bank/a.ts': `import { readFile } from 'node:fs/promises'` },
      { 'shared/src/a.ts': `export { join } from 'path'` },
      { 'shared/src/a.ts': `const os = await import('node:os')` },
      { 'shared/src/a.ts': `let room: import('../../server/src/room.ts').Room` },
    ],
    innocents: {
      'shared/src/contracts/a.ts': `import { z } from 'zod'`,
      'shared/src/bank/a.ts': `import { parse } from 'yaml'\nimport type { Ms } from '../ids.ts'`,
      'shared/src/study/a.ts': `import { fsrs } from 'ts-fsrs'`,
      'shared/src/game/a.ts': `// import { z } from 'zod'\nconst text = "import 'zod'"`,
    },
  },
  {
    law: 'outside contracts/, shared/ takes types alone from contracts/, so that zod stays there',
    faults: forbids(
      ({ file, target, typeOnly }) =>
        isIn(file, 'shared/') &&
        !isIn(file, 'shared/src/contracts/') &&
        isIn(target, 'shared/src/contracts/') &&
        !typeOnly,
    ),
    offenders: [{ 'shared/src/game/a.ts': `export * from '../contracts/command.ts'` }],
    innocents: {
      'shared/src/game/a.ts': `export type { Verdict } from '../contracts/command.ts'`,
      'shared/src/contracts/a.ts': `export * from './command.ts'`,
    },
  },
  {
    law: 'shared/ has no clock, no chance, no timer and no page',
    faults: impurities,
    offenders: [
      'const now = Date.now()',
      'const read = Date.now',
      'const now = new Date().getTime()',
      'const now = new Date',
      'const now = Date()',
      'const now = Date\n  .now()',
      'const chance = Math.random()',
      'setTimeout(() => {}, 0)',
      'setInterval(() => {}, 0)',
      'const now = performance.now()',
      'window.alert()',
      'const title = { title: document }',
      'const all = { window }',
      'globalThis["setTimeout"]()',
    ].map((text) => ({ 'shared/src/game/a.ts': text })),
    innocents: {
      'shared/src/game/a.ts': `const day = new Date(at)\nconst rules = { window: 3 }\nconst long = rules.window // Date.now()`,
      'shared/src/bank/a.ts': `const document = parse(text)\nread(document)`,
      'client/src/lib/a.ts': `setTimeout(() => window.close(), Date.now())`,
    },
  },
  {
    law: 'the chapters of shared/game/rules never import each other, only rule.ts',
    faults: forbids(
      ({ file, target }) =>
        isIn(file, 'shared/src/game/rules/') &&
        isIn(target, 'shared/src/game/rules/') &&
        !target.endsWith('/rules/rule.ts'),
    ),
    offenders: [
      { 'shared/src/game/rules/a.ts': `import { open } from './turns.ts'` },
      { 'shared/src/game/rules/a.ts': `import type { Open } from '../rules/turns.ts'` },
    ],
    innocents: {
      'shared/src/game/rules/a.ts': `import { a } from './rule.ts'\nimport { b } from '../ask.ts'`,
      'shared/src/game/decide.ts': `import { buzz } from './rules/buzzer.ts'`,
    },
  },
  {
    law: 'server and client never import each other',
    faults: forbids(
      ({ file, target }) =>
        (isIn(file, 'server/') && isIn(target, 'client/')) || (isIn(file, 'client/') && isIn(target, 'server/')),
    ),
    offenders: [
      { 'client/src/lib/a.ts': `import type { App } from '@knopka/server/app'` },
      { 'client/src/start/A.svelte': `<script lang="ts">import { app } from '../../../server/src/app.ts'</script>` },
      { 'server/src/http/a.ts': `import page from '@knopka/client'` },
      { 'server/src/a.ts': `export * from '../../client/src/main.ts'` },
    ],
    innocents: { 'client/src/lib/a.ts': `import { advance } from '@knopka/shared/game'` },
  },
  {
    law: 'server and client import shared/ by its name, never by a path',
    faults: forbids(
      ({ file, from, target }) => !isIn(file, 'shared/') && isIn(target, 'shared/') && from.startsWith('.'),
    ),
    offenders: [{ 'server/src/a.ts': `import type { Ms } from '../../shared/src/ids.ts'` }],
    innocents: { 'server/src/a.ts': `import type { Ms } from '@knopka/shared/ids'` },
  },
  {
    law: 'the client takes types alone from contracts/, so that no phone loads zod',
    faults: forbids(
      ({ file, target, typeOnly }) =>
        isIn(file, 'client/') && (target === 'zod' || (isIn(target, 'shared/src/contracts/') && !typeOnly)),
    ),
    offenders: [
      { 'client/src/lib/a.ts': `import { Hello } from '@knopka/shared/contracts'` },
      // The compiler keeps such an import, for the sake of what the module does when it is loaded.
      { 'client/src/lib/a.ts': `import { type Hello } from '@knopka/shared/contracts'` },
      { 'client/src/lib/a.ts': `const contracts = await import('@knopka/shared/contracts')` },
      {
        'client/src/play/A.svelte': `<script lang="ts" generics="T extends Set<1>">import '@knopka/shared/contracts'</script>`,
      },
      { 'client/src/lib/a.ts': `import { z } from 'zod'` },
    ],
    innocents: { 'client/src/lib/a.ts': `import type { Hello } from '@knopka/shared/contracts'` },
  },
  {
    law: 'the server imports downwards only: main, app, http and socket, rooms, room, store',
    faults: upwardImports,
    offenders: [
      { 'server/src/app.ts': `import './main.ts'` },
      { 'server/src/rooms.ts': `import type { GameServer } from './socket/socket.ts'` },
      { 'server/src/socket/a.ts': `import '../http/http.ts'` },
      { 'server/src/room.ts': `import './rooms.ts'` },
      { 'server/src/store/a.ts': `import type { Room } from '../room.ts'` },
      { 'server/src/room.ts': `import './house.ts'`, 'server/src/house.ts': `import type { Rooms } from './rooms.ts'` },
    ],
    innocents: {
      'server/src/main.ts': `import './app.ts'\nimport './store/store.ts'`,
      'server/src/http/a.ts': `import './b.ts'\nimport '../house.ts'`,
      'server/src/house.ts': `import type { Rooms } from './rooms.ts'\nimport './seats.ts'`,
      'server/src/seats.ts': `import './house.ts'`,
      'server/src/store/redis.ts': `import './store.ts'`,
    },
  },
  {
    law: 'of the server, main alone imports the adapters of the store',
    faults: forbids(
      ({ file, target }) =>
        file !== 'server/src/main.ts' && adapters.some((adapter) => isIn(target, adapter) && !isIn(file, adapter)),
    ),
    offenders: [
      { 'server/src/app.ts': `import { openEmbeddedStore } from './store/embedded.ts'` },
      { 'server/src/store/store.ts': `import type { Redis } from './redis.ts'` },
      { 'server/src/store/redis.ts': `import './embedded.ts'` },
    ],
    innocents: {
      'server/src/main.ts': `import './store/redis.ts'`,
      'server/src/store/redis.ts': `import './redis-script.ts'`,
    },
  },
  ...Object.entries(keepers).map(([name, keeper]): Law => ({
    law: `${keeper} alone imports ${name}`,
    faults: forbids(({ file, target }) => target === name && !isIn(file, keeper)),
    offenders: [
      { 'server/src/room.ts': `import type { Thing } from '${name}'` },
      { 'server/src/app.ts': `import thing from '${name}/deeper'` },
    ],
    innocents: { [`${keeper}a.ts`]: `import thing from '${name}'`, 'client/src/lib/a.ts': `import '${name}-client'` },
  })),
  {
    law: 'screens never import each other',
    faults: forbids(
      ({ file, target }) =>
        isScreen(file) && isScreen(target) && folderIn('client/src/', file) !== folderIn('client/src/', target),
    ),
    offenders: [
      { 'client/src/host/A.svelte': `<script lang="ts">import Button from '../play/Button.svelte'</script>` },
      { 'client/src/study/a.ts': `import type { A } from '../plan/a.ts'` },
      { 'client/src/play/a.ts': `const page = await import('../results/Results.svelte')` },
    ],
    innocents: {
      'client/src/App.svelte': `<script lang="ts">import Host from './host/Host.svelte'</script>`,
      'client/src/host/A.svelte': `<script lang="ts">import B from './B.svelte'\nimport C from '../ui/C.svelte'</script>`,
    },
  },
  {
    law: 'ui/ and lib/ import no screen',
    faults: forbids(({ file, target }) => isIn(file, 'client/src/ui/', 'client/src/lib/') && isScreen(target)),
    offenders: [
      { 'client/src/ui/A.svelte': `<script module lang="ts">\nimport { b } from '../play/b.ts'\n</script>` },
      { 'client/src/lib/text/a.ts': `import '../../start/a.ts'` },
    ],
    innocents: { 'client/src/ui/A.svelte': `<script lang="ts">import { t } from '../lib/text/index.ts'</script>` },
  },
  {
    law: 'no imports go round in a circle, types aside',
    faults: cycles,
    offenders: [
      { 'server/src/a.ts': `import './a.ts'` },
      { 'server/src/a.ts': `import './b.ts'`, 'server/src/b.ts': `export * from './a.ts'` },
      {
        'shared/src/game/index.ts': `import './a.ts'`,
        'shared/src/game/a.ts': `import { b } from './b.ts'`,
        'shared/src/game/b.ts': `import { c } from '@knopka/shared/game'`,
      },
      {
        'client/src/ui/A.svelte': `<script lang="ts">import { b } from './b.svelte.ts'</script>`,
        'client/src/ui/b.svelte.ts': `import A from './A.svelte'`,
      },
    ],
    innocents: {
      'server/src/a.ts': `import './b.ts'\nimport './c.ts'`,
      'server/src/b.ts': `import type { A } from './a.ts'\nimport './c.ts'`,
    },
  },
  {
    law: 'no file is over 300 lines without saying why in its first ten',
    faults: overlong,
    offenders: [
      { 'client/src/app.css': 'a {}\n'.repeat(301) },
      { 'server/src/a.ts': 'call()\n'.repeat(301) + '// Over 300 lines because it is late' },
    ],
    innocents: {
      'server/src/a.ts': 'call()\n'.repeat(300),
      'client/src/A.svelte': '<!-- Over 300 lines because it holds every flag -->\n' + '<p></p>\n'.repeat(301),
    },
  },
]

describe('the product', () => {
  const product = treeOf(productTexts())

  test('is read whole: files of every package, each relative import leading to one', () => {
    for (const name of packages)
      expect(Object.keys(product.texts).some((file) => isIn(file, `${name}/src/`))).toBe(true)
    const relative = product.imports.filter(({ from }) => from.startsWith('.') || from.startsWith('@knopka/'))
    const lost = relative.filter(({ target }) => !existsSync(join(root, target.replace(/\?.*$/, ''))))
    expect(lost.map(({ file, from }) => `${file} imports ${from}`)).toEqual([])
  })

  for (const { law, faults } of laws) {
    test(law, () => expect(faults(product)).toEqual([]))
  }
})

describe('the check', () => {
  for (const { law, faults, offenders, innocents } of laws) {
    test(`finds what breaks it: ${law}`, () => {
      for (const offender of offenders) expect(faults(treeOf(offender)), JSON.stringify(offender)).toHaveLength(1)
    })

    test(`lets pass what only looks like it: ${law}`, () => {
      expect(faults(treeOf(innocents))).toEqual([])
    })
  }
})
