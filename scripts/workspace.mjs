import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A port that nobody listens on. */
export const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

/** npm hands its own settings down as variables, which pnpm would take for its own; only where to fetch from is kept. */
const keptNpmSettings = /^npm_config_(registry|cache|proxy|https_proxy|noproxy|cafile)$/i

/** The environment for a tool that is started in `cwd`: the workspace's own binaries first, no settings of npm, no telemetry. */
export const toolEnvironment = (cwd = root) => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || keptNpmSettings.test(name)),
  ),
  PATH: [join(cwd, 'node_modules/.bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
})

/**
 * Runs a command to its end and passes SIGINT and SIGTERM on to it.
 * Resolves with what it printed when `quiet`, and rejects when it fails.
 */
export const run = (command, args, { quiet = false, cwd = root, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...toolEnvironment(cwd), ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', pass).on('SIGTERM', pass)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      if (code === 0) resolve(output)
      else if (signal !== null) process.exit(130)
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`))
    })
  })

const installStamp = join(root, 'node_modules/.refreshboard-install')

const manifests = () => [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  'e2e/package.json',
  ...['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  ),
]

const installFingerprint = () => {
  const hash = createHash('sha256').update(process.version)
  for (const file of manifests().filter((file) => existsSync(join(root, file))).toSorted()) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** Installs the pinned dependencies, unless this very set is installed already. Needs nothing but Node and npm. */
export const ensureInstalled = async () => {
  const fingerprint = installFingerprint()
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === fingerprint) return
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  console.log('Installing the dependencies …')
  // corepack's signature check fails on some Node 20 releases; npx fetches the same pinned pnpm.
  await run('npx', ['--yes', '--package', packageManager, '--', 'pnpm', 'install', '--frozen-lockfile', '--silent'])
  mkdirSync(dirname(installStamp), { recursive: true })
  writeFileSync(installStamp, fingerprint)
}

/** Builds the named workspace packages and what they need; nothing is built twice. */
export const ensureBuilt = async (...packages) => {
  const filters = packages.map((name) => `--filter=@refreshboard/${name}`)
  await run('turbo', ['run', 'build', ...filters, '--output-logs=errors-only', '--log-order=grouped'], { quiet: true })
}
