import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { readConfig, startBff } from '@refreshboard/bff'

const rounds = 5
const here = fileURLToPath(new URL('.', import.meta.url))

const simulator = spawn(process.execPath, [join(here, '../../packages/tableau-sim/dist/bin.js'), '--port', '0', '--scenario', 'huge'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const readUrl = async (): Promise<string> => {
  for await (const line of createInterface({ input: simulator.stdout })) {
    const url = /https?:\/\/[\w.:[\]]+/.exec(line)?.[0]
    if (url !== undefined) return url
  }
  throw new Error('the simulator ended before it told its address')
}

/** Milliseconds from the address to the first row on the screen, by a BFF that knows no job yet. */
const measureOnce = async (simUrl: string): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'refreshboard-figure-'))
  const read = readConfig({ PORT: '0', TABLEAU_SERVERS: `sim=${simUrl}`, DATABASE_URL: `sqlite:${join(folder, 'store.db')}`, LOG_LEVEL: 'silent' })
  if (!read.ok) throw new Error(read.faults.join('\n'))
  const bff = await startBff({ config: read.config, webDir: join(here, '../../apps/web/dist') })
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const signedIn = await context.request.post(`${bff.url}/api/session`, {
      headers: { 'x-refreshboard': '1', origin: bff.url },
      data: { serverId: 'sim', site: '', method: 'password', name: 'admin', password: 'admin' },
    })
    if (!signedIn.ok()) throw new Error(`the sign-in answered ${signedIn.status()}`)
    const page = await context.newPage()
    const started = performance.now()
    await page.goto(`${bff.url}/jobs`, { waitUntil: 'commit' })
    await page.getByRole('row').filter({ hasText: /Success|Succeeded|Failed|Running|Waiting|Cancelled/ }).first().waitFor()
    return performance.now() - started
  } finally {
    await browser.close()
    await bff.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const simUrl = await readUrl()
const taken: number[] = []
for (let round = 0; round < rounds; round += 1) taken.push(await measureOnce(simUrl))
simulator.kill('SIGTERM')
await once(simulator, 'exit')
const median = taken.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
console.log(`figure=first-rows-48999 value=${Math.round(median)} unit=ms goal=1000 ${median <= 1000 ? 'pass' : 'fail'}`)
process.exitCode = median <= 1000 ? 0 : 1
