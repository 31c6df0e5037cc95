import { spawn } from 'node:child_process'
import { once } from 'node:events'
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

/** Seconds for all 48,999 jobs, by the best of `runs` sweeps after the sign-in, as a person meets it. */
const sweepSeconds = async (url: string, runs: number): Promise<number> => {
  const client = createTableauClient({ serverUrl: url })
  try {
    const { value } = await client.call(signIn, { site: '', credentials: { method: 'password', name: 'admin', password: 'admin' } })
    const auth = { token: value.token, siteId: value.site.id }
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < runs; run += 1) {
      const start = performance.now()
      const sweep = await sweepPages((page, signal) => client.call(queryJobs, page, { auth, signal }))
      const seconds = (performance.now() - start) / 1000
      if (sweep.rows.length !== 48_999 || sweep.calls !== 49) throw new Error(`${sweep.rows.length} jobs in ${sweep.calls} calls`)
      best = Math.min(best, seconds)
    }
    return best
  } finally {
    await client.close()
  }
}

/** All pages of 48,999 jobs, 1,000 a page, two at a time, at a given time per call. */
export const measureSweep = async (latencyMs: number, goal: number): Promise<Figure> => {
  const simulator = await startSimulator(latencyMs)
  try {
    return { name: `sweep-48999-jobs-${latencyMs}ms`, value: await sweepSeconds(simulator.url, 3), unit: 's', goal }
  } finally {
    await simulator.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  printFigure(await measureSweep(100, 3.1))
  printFigure(await measureSweep(0, 0.8))
}
