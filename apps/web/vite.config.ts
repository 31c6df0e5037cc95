import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * The colour scheme must be known before the first paint, or a dark page flashes white. Inline scripts are forbidden by
 * the content security policy and modules run too late, so a small classic script goes into the head as a hashed asset.
 */
const colorSchemeScript = (): Plugin => {
  const source = readFileSync(fileURLToPath(new URL('./src/app/color-scheme.js', import.meta.url)), 'utf8')
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 8)
  const fileName = `assets/color-scheme-${hash}.js`
  return {
    name: 'color-scheme-script',
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript')
        response.end(source)
      })
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source })
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/${fileName}` }, injectTo: 'head' }],
  }
}

/**
 * The page holds every script and style sheet that it names to its hash: what was changed on the way, by a proxy or a
 * cache, does not run. What those scripts load later is named by them, and is not held to a hash.
 */
const integrity = (): Plugin => ({
  name: 'integrity',
  apply: 'build',
  enforce: 'post',
  writeBundle({ dir = '' }) {
    const page = join(dir, 'index.html')
    const hashOf = (name: string): string => createHash('sha384').update(readFileSync(join(dir, name))).digest('base64')
    const held = readFileSync(page, 'utf8').replaceAll(/<(?:script|link) [^>]*(?:src|href)="\/([^"]+\.(?:js|css))"/g, (tag, name: string) => `${tag} integrity="sha384-${hashOf(name)}"`)
    writeFileSync(page, held)
  },
})

/**
 * What a page that comes later is told beforehand: its style sheets, and not each of its scripts, since the first load would have to
 * name them all. The landing page is told everything, and so is what opens on it.
 */
const tellBeforehand = (file: string, needs: string[]): string[] => (/(jobs-page|job-drawer|cancel-dialog)-/.test(file) ? needs : needs.filter((need) => need.endsWith('.css')))

interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null
}

const here = fileURLToPath(new URL('./src/', import.meta.url))
const main = `${here}main.tsx`
const landingPage = `${here}features/jobs/jobs-page.tsx`
/** What the landing page uses of packages whose indexes name more than that. */
const landingParts =
  /icons\/Icon(AlertTriangle|ArrowUp|Ban|Circle|CircleDot|CircleX|Check|Moon|PlayerPause|PlayerPlay|QuestionMark|Search|Sun|Activity)\.|createReactComponent|@mantine\/core\/esm\/components\/(ActionIcon|Button|CloseButton|Input|InputBase|Loader|Portal|TextInput|Transition|UnstyledButton)\/|@tanstack\/(react-query|query-core)\/|react-error-boundary|api-types\/src\/(data-age|endpoint|errors|headers|ids|jobs|session|servers|time-zone|writes)\./
let firstModules: ReadonlySet<string> | undefined

/** Our own modules that are loaded with some: those that they import, and those that these import. */
const loadedWith = (roots: readonly string[], modules: Modules): ReadonlySet<string> => {
  const found = new Set(roots)
  for (const id of found) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) if (imported.startsWith(here)) found.add(imported)
  return found
}

/**
 * What the landing page needs and other pages too is one file: each small piece would be one of its own otherwise, which costs more than what
 * is in it. What packages hold is shared out by itself, since their indexes name more than is used.
 */
const firstLoad = (id: string, modules: Modules): string | null => {
  if (landingParts.test(id)) return 'landing'
  firstModules ??= loadedWith([main, landingPage], modules)
  return id !== main && id !== landingPage && firstModules.has(id) ? 'landing' : null
}

export default defineConfig({
  plugins: [react(), colorSchemeScript(), integrity()],
  build: {
    manifest: true,
    // The content security policy allows no data: in scripts or fonts; files are cached for a year anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false, resolveDependencies: tellBeforehand },
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstLoad, debugName: 'first load' }] } } },
  },
  server: {
    // The Host and Origin that the browser sees stay as they are: the BFF's guard compares them.
    proxy: { '/api': { target: `http://127.0.0.1:${process.env['PORT'] ?? 4100}`, changeOrigin: false } },
  },
})
