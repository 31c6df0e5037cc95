import { isFlavor } from './flavor.ts'
import type { Flavor } from './flavor.ts'
import { scenarioNames } from './scenarios/index.ts'
import type { ScenarioName } from './scenarios/index.ts'
import { apiVersions, defaultApiVersion, isApiVersion } from './versions.ts'

/** What the command line asks for. */
interface SimFlags {
  readonly port: number
  readonly flavor: Flavor
  readonly scenario: ScenarioName
  readonly speed: number
  readonly apiVersion: string
  readonly timeZone: string
  readonly seed: number
  readonly latencyMs: number
  readonly indexLagMs: number
  readonly callsPerHour: number
}

export type ParsedFlags = { readonly kind: 'run'; readonly flags: SimFlags } | { readonly kind: 'help' } | { readonly kind: 'faults'; readonly faults: readonly string[] }

export const usage = `One simulated Tableau Server, or site of Tableau Cloud, on loopback.

  --port 8850                        where it listens; 0 takes a free port
  --flavor server|cloud              what it is (server)
  --scenario small|busy|empty|huge   what is on it (busy)
  --speed 1                          how fast its clock runs; 60 makes a minute a second
  --api-version 3.24                 the newest REST API version it knows
  --time-zone America/Los_Angeles    the IANA zone of the server or of the Cloud site
  --seed 1                           another seed, other jobs
  --latency 0                        milliseconds that every request takes
  --index-lag 0                      milliseconds by which lists of schedules and tasks are behind a change
  --rate-limit 0                     calls of a kind (reads, writes, runs) that a site may have in an hour; 0 is no limit
`

const isScenario = (text: string): text is ScenarioName => scenarioNames.some((name) => name === text)

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const wholeNumber = (text: string, most: number): boolean => /^\d{1,10}$/.test(text) && Number(text) <= most

/** What is wrong with the value of a flag, as the end of a sentence; undefined when nothing is. */
const checks: Readonly<Record<string, (text: string) => string | undefined>> = {
  port: (text) => (wholeNumber(text, 65_535) ? undefined : 'must be a whole number from 0 to 65535'),
  flavor: (text) => (isFlavor(text) ? undefined : 'must be server or cloud'),
  scenario: (text) => (isScenario(text) ? undefined : `must be one of ${scenarioNames.join(', ')}`),
  speed: (text) => (/^\d{1,5}(\.\d{1,3})?$/.test(text) && Number(text) > 0 && Number(text) <= 3600 ? undefined : 'must be a number above 0, up to 3600'),
  'api-version': (text) => (isApiVersion(text) ? undefined : `must be a REST API version from ${apiVersions[0] ?? ''} to ${apiVersions.at(-1) ?? ''}, such as 3.15`),
  'time-zone': (text) => (isTimeZone(text) ? undefined : 'must be an IANA time zone, such as America/Los_Angeles'),
  seed: (text) => (wholeNumber(text, 4_294_967_295) ? undefined : 'must be a whole number from 0 to 4294967295'),
  latency: (text) => (wholeNumber(text, 60_000) ? undefined : 'must be a whole number of milliseconds, up to 60000'),
  'index-lag': (text) => (wholeNumber(text, 600_000) ? undefined : 'must be a whole number of milliseconds, up to 600000'),
  'rate-limit': (text) => (wholeNumber(text, 1_000_000) ? undefined : 'must be a whole number of calls an hour, up to 1000000'),
}

/** Reads `--flag value` and `--flag=value`; every fault gets one line. */
export const parseFlags = (args: readonly string[]): ParsedFlags => {
  if (args.includes('--help')) return { kind: 'help' }
  const values = new Map<string, string>()
  const faults: string[] = []
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? []
    const check = name !== undefined && Object.hasOwn(checks, name) ? checks[name] : undefined
    if (name === undefined || check === undefined) {
      faults.push(`Unknown argument ${JSON.stringify(argument)}; --help lists the flags.`)
      continue
    }
    const next = args[index + 1]
    const value = inline ?? (next?.startsWith('--') === true ? undefined : next)
    if (inline === undefined && value !== undefined) index += 1
    if (value === undefined || value === '') faults.push(`--${name} needs a value.`)
    else if (values.has(name)) faults.push(`--${name} is given twice.`)
    else {
      const fault = check(value)
      if (fault === undefined) values.set(name, value)
      else faults.push(`--${name} ${JSON.stringify(value)} ${fault}.`)
    }
  }
  if (faults.length > 0) return { kind: 'faults', faults }
  const scenario = values.get('scenario') ?? 'busy'
  const flavor = values.get('flavor') ?? 'server'
  return {
    kind: 'run',
    flags: {
      port: Number(values.get('port') ?? 8850),
      flavor: isFlavor(flavor) ? flavor : 'server',
      scenario: isScenario(scenario) ? scenario : 'busy',
      speed: Number(values.get('speed') ?? 1),
      apiVersion: values.get('api-version') ?? defaultApiVersion,
      timeZone: values.get('time-zone') ?? 'America/Los_Angeles',
      seed: Number(values.get('seed') ?? 1),
      latencyMs: Number(values.get('latency') ?? 0),
      indexLagMs: Number(values.get('index-lag') ?? 0),
      callsPerHour: Number(values.get('rate-limit') ?? 0),
    },
  }
}
