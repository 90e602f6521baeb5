// Makes `npm start` and `npm test` the only command on a fresh clone: installs, builds and finds the programs that
// tests need, each only when something has changed. Runs before anything is installed, so it imports only Node's own.
// Flags: --build, --browser, --redis, --proxy say what is wanted; --quiet speaks only of work and of failures.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const wanted = new Set(process.argv.slice(2))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const compiled = ['shared', 'server']

const programs = [
  {
    flag: '--browser',
    name: 'Chromium',
    variable: 'CHROMIUM_PATH',
    places: [
      '/usr/bin/chromium-headless-shell', // takes two thirds of the time that the whole browser takes
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    apt: 'chromium-headless-shell',
    brew: '--cask chromium',
  },
  {
    flag: '--redis',
    name: 'redis-server',
    variable: 'REDIS_SERVER_PATH',
    places: ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server', 'redis-server'],
    apt: 'redis-server',
    brew: 'redis',
  },
  {
    flag: '--proxy',
    name: 'nginx',
    variable: 'NGINX_PATH',
    places: ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx', 'nginx'],
    ask: '-v',
    apt: 'nginx',
    brew: 'nginx',
  },
]

// Everything goes to stderr: stdout belongs to the command that follows.
function say(message) {
  process.stderr.write(`[setup] ${message}\n`)
}

function fail(message) {
  say(message)
  process.exit(1)
}

let running

/** Runs to the end, or ends the setup with a sentence. */
async function run(command, args, env) {
  say([command, ...args].join(' '))
  running = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32', // npm is a script there, which only a shell can start
  })
  const ended = await new Promise((resolve) => {
    running.once('error', (error) => resolve(error.message))
    running.once('close', (code, signal) => resolve(code ?? signal))
  })
  running = undefined
  if (ended !== 0) fail(`"${command} ${args[0]}" did not succeed (${ended}); its own words stand above.`)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [leastMajor, leastMinor] = manifest.engines.node.match(/\d+/g).map(Number)
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return
  fail(`Knopka needs Node ${leastMajor}.${leastMinor} or newer; this is ${process.versions.node}.`)
}

// One setup at a time, or two terminals would install into the same folder. The holder touches the lock while it works:
// an abandoned one shows by its age, also between containers, where a process number would mean nothing.
const lock = join(root, '.setup-lock')
const touchEveryMs = 2_000
const abandonedAfterMs = 60_000

async function takeLock() {
  let told = wanted.has('--quiet')
  while (!madeLock()) {
    if (!told) say('Another setup is running; waiting for it.')
    told = true
    if (lockAgeMs() > abandonedAfterMs) dropLock()
    await sleep(250)
  }
  process.on('exit', dropLock)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))
  setInterval(touchLock, touchEveryMs).unref()
}

// A child that is told to stop may still be writing: the lock is held until it has ended, and `run` then ends the setup.
function stop(signal) {
  if (running) running.kill(signal)
  else process.exit(130)
}

function madeLock() {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    // When it is not there any more, someone let go of it just now.
    if (error.code === 'EEXIST' && lstatSync(lock, { throwIfNoEntry: false })?.isDirectory() !== false) return false
    return fail(`Cannot write to ${root} (${error.message}).`)
  }
}

function lockAgeMs() {
  return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
}

function touchLock() {
  if (existsSync(lock)) utimesSync(lock, new Date(), new Date())
}

function dropLock() {
  rmSync(lock, { recursive: true, force: true })
}

/** Every file at or below a path of the checkout, in a steady order; none when there is no such path. */
function filesAt(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesAt(join(path, name)))
}

function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesAt)) {
    const bytes = readFileSync(join(root, file))
    hash.update(`${file}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

// The stamps lie in node_modules on purpose: an installation deletes them, so a new one is always followed by a build.
const stamp = (name) => join(root, 'node_modules', `.setup-${name}`)
const isStamped = (name, key) => existsSync(stamp(name)) && readFileSync(stamp(name), 'utf8') === key

const manifests = [
  'package.json',
  'package-lock.json',
  ...manifest.workspaces.map((folder) => `${folder}/package.json`),
]

async function install() {
  const { modules } = process.versions // native packages are bound to it
  const key = [fingerprint(manifests), modules, process.platform, process.arch].join(' ')
  if (isStamped('dependencies', key)) return
  for (const name of ['dependencies', 'build']) rmSync(stamp(name), { force: true })
  // Whoever called may be in production or in one workspace; building and testing need everything.
  await run('npm', ['ci', '--no-audit', '--no-fund'], {
    NODE_ENV: 'development',
    npm_config_omit: '',
    npm_config_workspace: '',
    npm_config_workspaces: '',
  })
  writeFileSync(stamp('dependencies'), key)
}

const buildReads = [
  ...manifests,
  'tsconfig.json',
  ...['shared', 'server', 'client'].flatMap((folder) => [`${folder}/tsconfig.json`, `${folder}/src`]),
  ...['index.html', 'vite.config.ts', 'public'].map((name) => `client/${name}`),
]

async function build() {
  // Taken before the build: a file that is saved meanwhile differs from it next time.
  const key = fingerprint(buildReads)
  const outputs = [...compiled.flatMap(outputsOf), 'client/dist/index.html']
  if (isStamped('build', key) && outputs.every(isThere)) return
  // Without this, a developer's own NODE_ENV would put the development build of the client before players.
  await run('npm', ['run', '--silent', 'build'], { NODE_ENV: 'production' })
  writeFileSync(stamp('build'), key)
}

// tsc trusts its notes, which lie beside dist, and would not look whether the files it once wrote are still there.
function forgetLostOutputs() {
  const lost = compiled.filter((folder) => !outputsOf(folder).every(isThere))
  for (const folder of lost) rmSync(join(root, folder, 'dist', '.tsbuildinfo'), { force: true })
}

function isThere(path) {
  return existsSync(join(root, path))
}

function outputsOf(folder) {
  return filesAt(`${folder}/src`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, 'dist', file.slice(`${folder}/src/`.length).replace(/\.ts$/, '.js')))
}

async function findPrograms() {
  const needed = programs.filter(({ flag }) => wanted.has(flag))
  const missing = needed.filter((program) => !starts(program))
  if (missing.length === 0) return
  // A path that someone set by hand is theirs to mend: installing another one would not help.
  const named = missing.find(({ variable }) => process.env[variable])
  if (named) fail(`${named.variable} is ${process.env[named.variable]}, which does not start.`)
  if (!mayUseApt()) fail(adviceFor(missing))
  await aptInstall(missing.map(({ apt }) => apt))
  const still = missing.filter((program) => !starts(program))
  if (still.length > 0) fail(adviceFor(still))
}

function starts({ variable, places, ask = '--version' }) {
  const paths = process.env[variable] ? [process.env[variable]] : places
  return paths.some((path) => spawnSync(path, [ask], { stdio: 'ignore', timeout: 20_000 }).status === 0)
}

function mayUseApt() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && process.env.SETUP_NO_APT !== '1'
}

async function aptInstall(packages) {
  // RUNLEVEL=1 keeps the packages from starting a Redis and an nginx of their own: the tests start theirs.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  await run('apt-get', ['update', '-qq'], env)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env)
}

function adviceFor(missing) {
  const names = missing.map(({ name }) => name).join(', ')
  return [
    `${names} not found. Please install what is missing:`,
    `  Debian: sudo apt-get install -y ${missing.map(({ apt }) => apt).join(' ')}`,
    `  macOS:  ${missing.map(({ brew }) => `brew install ${brew}`).join(' && ')}`,
    `or name the program: ${missing.map(({ variable }) => `${variable}=/path/to/it`).join(' ')}`,
    'or run only the tests that need none of them: npm run test:unit',
  ].join('\n')
}

checkNode()
await takeLock()
await install()
forgetLostOutputs()
if (wanted.has('--build')) await build()
await findPrograms()
if (!wanted.has('--quiet')) say('Everything is in place.')
