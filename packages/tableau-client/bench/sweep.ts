import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createTableauClient, queryJobs, signIn, sweepPages } from '../src/index.ts'
import { type Figure, printFigure } from './figure.ts'

interface Simulator {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** The simulator's own command, in a process of its own, so that its work is not counted as ours. */
const startSimulator = async (latencyMs: number): Promise<Simulator> => {
  const bin = fileURLToPath(new URL('bin.ts', import.meta.resolve('@refreshboard/tableau-sim')))
  const flags = ['--port', '0', '--scenario', 'huge', '--latency', String(latencyMs)]
  const child = spawn(process.execPath, ['--import', 'tsx', bin, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /https?:\/\/[\w.:[\]]+/.exec(line)?.[0]
    if (url !== undefined) return { url, stop }
  }
  throw new Error('the simulator ended before it told its address')
}

/** Seconds for all 48,999 jobs, the middle one of three sweeps, and the 99th percentile of the loop's delay meanwhile, in ms. */
const sweepThrice = async (url: string): Promise<{ seconds: number; delayMs: number }> => {
  const client = createTableauClient({ serverUrl: url })
  const resolutionMs = 5
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  try {
    const { value } = await client.call(signIn, { site: '', credentials: { method: 'password', name: 'admin', password: 'admin' } })
    const auth = { token: value.token, siteId: value.site.id }
    const seconds: number[] = []
    delay.enable()
    for (let run = 0; run < 3; run += 1) {
      const start = performance.now()
      const sweep = await sweepPages((page, signal) => client.call(queryJobs, page, { auth, signal }))
      seconds.push((performance.now() - start) / 1000)
      if (sweep.rows.length !== 48_999 || sweep.calls !== 49) throw new Error(`${sweep.rows.length} jobs in ${sweep.calls} calls`)
    }
    return { seconds: seconds.toSorted((a, b) => a - b)[1] ?? Number.NaN, delayMs: delay.percentile(99) / 1e6 - resolutionMs }
  } finally {
    delay.disable()
    await client.close()
  }
}

/** All pages of 48,999 jobs, 1,000 a page, two at a time, at a given time per call. */
export const measureSweep = async (latencyMs: number, goalSeconds: number): Promise<Figure[]> => {
  const simulator = await startSimulator(latencyMs)
  try {
    const { seconds, delayMs } = await sweepThrice(simulator.url)
    const name = `sweep-48999-jobs-${latencyMs}ms`
    const sweep = { name, value: seconds, unit: 's', goal: goalSeconds }
    // Without any latency the pages come as fast as they can be read, and the loop is meant to be busy.
    return latencyMs === 0 ? [sweep] : [sweep, { name: `${name}-loop-delay-p99`, value: delayMs, unit: 'ms', goal: 50 }]
  } finally {
    await simulator.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const figure of [...(await measureSweep(100, 3.1)), ...(await measureSweep(0, 0.8))]) printFigure(figure)
}
