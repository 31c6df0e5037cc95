import { build } from 'esbuild'

/** For code that still calls require (Express). */
const banner = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`

/** A thread of its own, beside each entry. */
const worker = 'src/text-reader.ts'

/** Bundles one entry and its thread into a directory and tells which files went in. */
export const bundle = async (entry, directory = 'dist') => {
  const { metafile } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [`src/${entry}.ts`, worker],
    outdir: directory,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // Its native part is found from its own package.
    external: ['libsql'],
    banner: { js: banner },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  })
  return Object.keys(metafile.inputs)
}

if (process.argv[1] === import.meta.filename) await Promise.all([bundle('main'), bundle('demo')])
