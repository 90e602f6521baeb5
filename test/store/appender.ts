import { writeSync } from 'node:fs'
import { argv } from 'node:process'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { numbered, roomTtlMs } from './contract.ts'

/*
 * A process to be killed: opens the folder that it is told, says "open", and appends to the rooms that it is told for
 * as long as it lives. It says "<pin> <version>" when the store has acknowledged that version.
 */
const [folder = '', ...pins] = argv.slice(2)

const say = (line: string) => writeSync(1, `${line}\n`)

async function appendForEver(pin: string): Promise<never> {
  let version = (await store.rooms.read(pin, 0)).length
  for (;;) {
    const outcome = await store.rooms.append(pin, version, [numbered(version), numbered(version + 1)])
    if (outcome !== 'appended') throw new Error(`Nobody else writes ${pin}, and yet there is a conflict`)
    version += 2
    say(`${pin} ${version}`)
  }
}

const store = await openEmbeddedStore({ folder, roomTtlMs }).catch((fault: Error) => {
  process.stderr.write(fault.message)
  process.exit(1)
})
say('open')
// It lives as long as the one who started it, also where there is nothing to append.
process.stdin.on('end', () => process.exit()).resume()
await Promise.all(pins.map(appendForEver))
