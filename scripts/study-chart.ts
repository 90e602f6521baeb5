import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart } from '../test/study/simulation/chart.ts'
import { teams } from '../test/study/simulation/teams.ts'
import { root } from '../test/support/server.ts'

// The picture of what simulated teams know when they are asked again, for the README.
const file = 'docs/pictures/study-recall.svg'
writeFileSync(join(root, file), chart(teams()))
process.stdout.write(`${file}\n`)
