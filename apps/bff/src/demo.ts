import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DemoAccount } from '@refreshboard/api-types'
import { startTableauSim } from '@refreshboard/tableau-sim'
import { readerFor } from './features/schedules-as-code/read-text.ts'
import { readConfig } from './config.ts'
import { createLogger } from './http/logger.ts'
import { endOnSignal, outliveRejections, reasonOf, refuseToStart } from './run.ts'
import { simulatorsOnly, startBff } from './start-bff.ts'
import { StartFault } from './start-fault.ts'

const roles: readonly (readonly [name: string, label: string])[] = [
  ['site-admin', 'Site administrator'],
  ['creator', 'Creator, owns some content'],
  ['leader', 'Project leader'],
  ['explorer', 'Explorer'],
  ['viewer', 'Viewer'],
]

interface Target {
  readonly serverId: string
  readonly site: string
  readonly on: string
}

const accountsOf = (target: Target, admin: string): DemoAccount[] => [
  ...[['admin', admin] as const, ...roles].map(([name, label]): DemoAccount => ({ ...target, method: 'password', label, name, password: name })),
  { ...target, method: 'pat', label: 'Personal access token of admin', personalAccessTokenName: 'demo-pat', personalAccessTokenSecret: 'demo-pat-secret' },
]

const accounts: DemoAccount[] = [
  ...accountsOf({ serverId: 'server', site: '', on: 'Tableau Server' }, 'Server administrator'),
  ...accountsOf({ serverId: 'cloud', site: 'demo', on: 'Tableau Cloud, site demo' }, 'Site administrator (admin)'),
]

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Two simulators and the application in one process, on a store of their own that goes with them. */
const start = async (): Promise<void> => {
  if ((process.env['TABLEAU_SERVERS'] ?? '') !== '') throw new StartFault(simulatorsOnly)
  const directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-demo-'))
  const removeStore = (): void => rmSync(directory, { recursive: true, force: true })
  process.on('exit', removeStore)
  const [sim, cloud] = await Promise.all((['server', 'cloud'] as const).map((flavor) => startTableauSim({ flavor, scenario: 'busy', timeZone: 'America/Los_Angeles' })))
  if (sim === undefined || cloud === undefined) throw new Error('a simulator is missing')
  const closeSimulators = async (): Promise<void> => {
    await Promise.all([sim.close(), cloud.close()])
  }
  const read = readConfig({
    HOST: process.env['HOST'],
    PORT: process.env['PORT'],
    PUBLIC_ORIGIN: process.env['PUBLIC_ORIGIN'],
    SESSION_IDLE_MINUTES: process.env['SESSION_IDLE_MINUTES'],
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    TABLEAU_SERVERS: `server=${sim.url},cloud=${cloud.url}`,
    TABLEAU_TIME_ZONE: 'America/Los_Angeles',
    DATABASE_URL: `sqlite:${path.join(directory, 'refreshboard.db')}`,
  })
  if (!read.ok) {
    await closeSimulators()
    refuseToStart(read.faults)
    return
  }
  try {
    const log = createLogger(read.config.logLevel)
    outliveRejections(log)
    const bff = await startBff({ config: read.config, log, webDir: path.resolve(import.meta.dirname, '../../web/dist'), readText: readerFor(import.meta.filename), demo: { accounts } })
    endOnSignal(async () => {
      await bff.close()
      await closeSimulators()
    })
    print(`Refreshboard (demo): ${bff.url}`)
    print(`Simulated Tableau Server: ${sim.url}`)
    print(`Simulated Tableau Cloud: ${cloud.url}`)
    print(`Accounts, password = name: ${['admin', ...roles.map(([name]) => name)].join(', ')}`)
    print('Personal access token: demo-pat / demo-pat-secret')
    print('Ctrl-C ends everything.')
  } catch (error) {
    await closeSimulators()
    throw error
  }
}

await start().catch((error: unknown) => refuseToStart([reasonOf(error)]))
