import { build } from 'esbuild'

/** Pulls in code that still calls require (Express), and __dirname with it. */
const banner = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`

const options = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Its native part is found from its own package.
  external: ['libsql'],
  banner: { js: banner },
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  absWorkingDir: import.meta.dirname,
}

/** Bundles one entry into dist/ and tells what went in. */
export const bundle = async (entry, write = true) => {
  const { metafile } = await build({ ...options, entryPoints: [`src/${entry}.ts`], outfile: `dist/${entry}.js`, write })
  return Object.keys(metafile.inputs)
}

if (process.argv[1] === import.meta.filename) await Promise.all([bundle('main'), bundle('demo')])
