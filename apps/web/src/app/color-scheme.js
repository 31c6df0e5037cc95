// Runs before the first paint; see vite.config.ts. The key is Mantine's.
;(function () {
  // zod tries whether it may make code from text, which the content security policy forbids and the browser reports.
  // oxlint-disable-next-line no-underscore-dangle -- the name is zod’s
  globalThis.__zod_globalConfig = { jitless: true }
  var chosen = 'auto'
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value') || 'auto'
  } catch {
    // Storage is blocked: nothing is remembered.
    chosen = 'auto'
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
