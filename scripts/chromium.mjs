import { existsSync } from 'node:fs'
import { run } from './workspace.mjs'

// Debian's headless shell is Chromium without the browser around the page: the same engine, and a third less work.
const known = [process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

const find = () => known.find((path) => path !== undefined && path !== '' && existsSync(path))

/** Where Chromium is. Installs Debian's package when there is none and we are root; otherwise says what to install. */
export const ensureChromium = async () => {
  const present = find()
  if (present !== undefined) return present
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error('The browser tests need Chromium. Install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM to its path.')
  console.log('Installing Chromium …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { quiet: true, env })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'], { quiet: true, env })
  const installed = find()
  if (installed === undefined) throw new Error('The package chromium-headless-shell was installed but /usr/bin/chromium-headless-shell is not there.')
  return installed
}
