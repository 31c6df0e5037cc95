import process from 'node:process'
import { parseFlags, usage } from './flags.ts'
import { startTableauSim } from './index.ts'
import type { TableauSim } from './index.ts'

const exitWith = (code: number, text: string): never => {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
  process.exit(code)
}

const start = async (): Promise<void> => {
  const parsed = parseFlags(process.argv.slice(2))
  if (parsed.kind === 'help') {
    process.stdout.write(usage)
    return
  }
  if (parsed.kind === 'faults') return exitWith(2, parsed.faults.join('\n'))
  const { flags } = parsed
  let sim: TableauSim
  try {
    sim = await startTableauSim(flags)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return exitWith(1, code === 'EADDRINUSE' ? `Port ${flags.port} is taken; --port takes another one.` : `The simulator could not start: ${error instanceof Error ? error.message : String(error)}`)
  }
  // Before anything is printed: who reads that it is there may end it at once.
  const stop = (): void => {
    void sim.close().then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const accounts = sim.world.accounts.map((account) => `${account.name} (${account.memberships[0]?.siteRole ?? ''})`).join(', ')
  const tokens = sim.world.personalAccessTokens.map((token) => `${token.name} / ${token.secret} (of ${token.owner.name})`).join(', ')
  process.stdout.write(
    [
      `Simulated Tableau ${flags.flavor === 'cloud' ? 'Cloud' : 'Server'}: ${sim.url}`,
      `  scenario ${flags.scenario}, REST API ${flags.apiVersion}, clock at ${flags.speed}×, zone ${flags.timeZone}, seed ${flags.seed}`,
      `  accounts, password = name: ${accounts}`,
      `  personal access token: ${tokens}`,
      flags.flavor === 'cloud' ? '  site: Demo (content URL demo)' : '  sites: Default (content URL empty), finance',
      '',
    ].join('\n'),
  )
}

await start()
