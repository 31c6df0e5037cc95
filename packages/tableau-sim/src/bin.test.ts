import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let directory: string
let bundle: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tableau-sim-'))
  bundle = join(directory, 'bin.mjs')
  await build({ entryPoints: [join(import.meta.dirname, 'bin.ts')], bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile: bundle, logLevel: 'error' })
})
afterAll(() => rm(directory, { recursive: true }))

const launch = (...args: string[]) => {
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.error += text))
  return { child, output, closed: once(child, 'close') }
}

describe('the command', () => {
  it('says what is wrong, one line each, and exits with 2', async () => {
    const { output, closed } = launch('--flavor', 'desktop', '--port', 'x')
    expect(await closed).toEqual([2, null])
    expect(output.error.trim().split('\n')).toEqual([
      '--flavor "desktop" must be server or cloud.',
      '--port "x" must be a whole number from 0 to 65535.',
    ])
    expect(output.out).toBe('')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('prints address and accounts, answers, and ends on %s', async (signal) => {
    const { child, output, closed } = launch('--port', '0', '--scenario', 'small', '--api-version', '3.15')
    await expect.poll(() => output.out, { timeout: 10_000 }).toContain('finance')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0] ?? ''
    expect(await (await fetch(`${url}/api/2.4/serverInfo`)).text()).toContain('<restApiVersion>3.15</restApiVersion>')
    expect(output.out).toContain('site-admin (SiteAdministratorCreator)')
    expect(output.out).toContain('demo-pat / demo-pat-secret')
    child.kill(signal)
    expect(await closed).toEqual([0, null])
  })

  it('prints the site of Tableau Cloud', async () => {
    const { child, output, closed } = launch('--port', '0', '--flavor', 'cloud', '--scenario', 'busy')
    await expect.poll(() => output.out, { timeout: 10_000 }).toContain('content URL demo')
    expect(output.out).toContain('Simulated Tableau Cloud: http')
    expect(output.out).toContain('admin (SiteAdministratorCreator)')
    expect(output.out).not.toContain('finance')
    child.kill('SIGTERM')
    expect(await closed).toEqual([0, null])
  })

  it('says when its port is taken and exits with 1', async () => {
    const first = launch('--port', '0', '--scenario', 'empty')
    await expect.poll(() => first.output.out, { timeout: 10_000 }).toContain('http')
    const port = /:(\d+)\n/.exec(first.output.out)?.[1] ?? ''
    const second = launch('--port', port)
    expect(await second.closed).toEqual([1, null])
    expect(second.output.error).toBe(`Port ${port} is taken; --port takes another one.\n`)
    first.child.kill('SIGTERM')
    await first.closed
  })
})
