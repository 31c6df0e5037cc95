import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
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

export default defineConfig({
  plugins: [react(), colorSchemeScript()],
  build: {
    manifest: true,
    // The content security policy allows no data: in scripts or fonts; files are cached for a year anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The Host and Origin that the browser sees stay as they are: the BFF's guard compares them.
    proxy: { '/api': { target: `http://127.0.0.1:${process.env['PORT'] ?? 4100}`, changeOrigin: false } },
  },
})
