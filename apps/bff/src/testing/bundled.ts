import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bundle } from '../../build.mjs'

const packageDirectory = path.resolve(import.meta.dirname, '../..')

/** An entry as it is delivered, for one test file. */
export interface Bundled {
  /** What `node` runs. */
  readonly file: string
  /** The sources that went in. */
  readonly inputs: string[]
  remove(): void
}

/** Bundles an entry below the package, where the bundle finds libsql. */
export const bundled = async (entry: 'main' | 'demo'): Promise<Bundled> => {
  mkdirSync(path.join(packageDirectory, 'dist'), { recursive: true })
  const directory = mkdtempSync(path.join(packageDirectory, 'dist/test-'))
  const inputs = await bundle(entry, path.relative(packageDirectory, directory))
  return { file: path.join(directory, `${entry}.js`), inputs, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
