import { basename, join } from 'node:path'
import { buildSync } from 'esbuild'
import { newFolder, root } from './children.ts'

const conditions = ['knopka-src']
const bundles = new Map<string, string>()

/**
 * A module of the bench as one plain JavaScript file: what loads TypeScript while it runs would stay in the memory of
 * the process that is measured.
 * @param file from the folder of all benches
 */
export function bundled(file: string): string {
  const known = bundles.get(file)
  if (known !== undefined) return known
  const outfile = join(newFolder(), `${basename(file, '.ts')}.cjs`)
  const entryPoints = [join(root, 'test/bench', file)]
  const external = ['bufferutil', 'utf-8-validate']
  const { errors } = buildSync({ entryPoints, outfile, external, bundle: true, platform: 'node', conditions })
  if (errors.length > 0) throw new Error(`${file} could not be bundled`)
  bundles.set(file, outfile)
  return outfile
}
