// The schedules of a Tableau Server as a text, against a Refreshboard that runs: docs/schedules-as-code.md.
import { setTimeout as wait } from 'node:timers/promises'
import { argumentsOf, usage } from './schedules-arguments.mjs'
import { asked } from './schedules-ask.mjs'
import { addressOf, createClient, credentialsOf, Refusal, Stopped, UsageError } from './schedules-client.mjs'
import { readText, writeText } from './schedules-files.mjs'

/** Names come from Tableau: what would steer a terminal is shown instead. */
const shown = (text) => text.replaceAll(/(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (character) => `\\u${character.codePointAt(0).toString(16).padStart(4, '0')}`)
const say = (text) => process.stdout.write(`${shown(text)}\n`)
const tell = (text) => process.stderr.write(`${shown(text)}\n`)

const signs = { create: '+', change: '~', delete: '-', cannot: '!' }

const showPlan = ({ title, warnings, items }) => {
  say(title)
  for (const { step, name, about, will, changes = [], reason } of items) {
    if (!(step in signs)) continue
    say(`${signs[step]} ${name}${about === undefined ? '' : ` [${about}]`}: ${reason ?? will}`)
    for (const { field, before, after } of changes) say(`    ${field}: ${before} → ${after}`)
  }
  for (const warning of warnings) say(`Note: ${warning}`)
}

/** The plan of a text, or undefined when the text is wrong; what is wrong or doubtful is printed as compilers do. */
const planned = async (client, { file, text, prune }) => {
  const { faults, lint, run } = await client.plan(text, prune)
  for (const { line, column, path, rule, message } of faults) tell(`${file}:${line}:${column} ${path === '' ? '' : `${path} `}${rule} ${message}`)
  for (const { line, column, path, rule, message } of lint) tell(`${file}:${line}:${column} ${path} ${rule} (doubtful) ${message}`)
  if (run === undefined) tell('Nothing was planned: correct the text.')
  else showPlan(run)
  return run
}

const hasWork = ({ counts }) => (counts.planned ?? 0) > 0
const impossible = ({ items }) => items.filter(({ step }) => step === 'cannot').length

const confirmed = async ({ yes }) => {
  if (yes) return true
  if (!process.stdin.isTTY) throw new UsageError('Nobody can be asked here. Add --yes to apply without being asked.')
  const answer = await asked('Apply this? Only “yes” does: ', process.stdin, process.stdout)
  if (answer === undefined) say('')
  return answer?.trim() === 'yes'
}

const over = new Set(['done', 'halted', 'stopped', 'paused', 'interrupted'])
const ended = new Set(['done', 'refused', 'unconfirmed', 'half_done'])
const passing = new Set(['overloaded', 'storage_unavailable', 'throttled'])
/** So often in a row a look may fail: the run goes on meanwhile. */
const patience = 20

/** Prints each thing as it is done, until the run is over. */
const follow = async (client, run) => {
  const told = new Set()
  let toldRetryAt
  let failures = 0
  for (;;) {
    const now = await client.look(run).catch((error) => {
      failures += 1
      if (failures > patience || (error instanceof Refusal && !passing.has(error.code))) throw error
    })
    if (now !== undefined) {
      failures = 0
      for (const { n, name, state, evidence = '', reason, problem } of now.items) {
        if (told.has(n) || !ended.has(state)) continue
        told.add(n)
        say(`${state === 'done' ? 'done' : state.replace('_', ' ')} ${name}: ${[...new Set([evidence, reason, problem?.detail])].filter(Boolean).join(' ')}`)
      }
      if (now.state === 'waiting' && toldRetryAt !== now.retryAt) say(`Tableau asks to wait until ${(toldRetryAt = now.retryAt)}.`)
      if (over.has(now.state)) return now
    }
    await wait(300)
  }
}

/** A run that was started is answered as it is, so that a reply that was lost can be asked for again. */
const started = async (client, run, isStopped, left = 3) => {
  try {
    await client.start(run, isStopped)
  } catch (error) {
    if (error instanceof Refusal || error instanceof Stopped || left === 0) throw error
    await wait(500)
    if (isStopped()) throw new Stopped('Nothing was applied, as far as is known: look at the runs in the application.', { cause: error })
    await started(client, run, isStopped, left - 1)
  }
}

const goOn = 'What was done stays. To go on, look at the cause and run apply again: it plans anew and does what is left.'

const apply = async (client, options) => {
  const run = await planned(client, options)
  if (run === undefined) return 2
  const cannot = impossible(run)
  const whole = cannot === 0 ? 0 : 4
  if (!hasWork(run)) {
    if (cannot > 0) say(`Nothing to do, ${cannot} cannot be done.`)
    return whole
  }
  if (!(await confirmed(options))) {
    tell('Nothing was applied.')
    return 1
  }
  // npm can pass one Ctrl+C on twice.
  let stopAt
  process.on('SIGINT', () => {
    if (stopAt !== undefined && Date.now() - stopAt > 2000) process.exit(130)
    if (stopAt !== undefined) return
    stopAt = Date.now()
    tell('Stopping: what is on its way is finished first, the rest is not begun.')
    client.stop(run).catch((error) => {
      // Before it is started there is nothing to stop; it is not started then, or stopped right after.
      if (!(error instanceof Refusal) || error.code !== 'conflict') tell(error.message)
    })
  })
  const isStopped = () => stopAt !== undefined
  await started(client, run, isStopped)
  if (isStopped()) await client.stop(run).catch(() => undefined)
  const now = await follow(client, run)
  const failed = now.items.some(({ state }) => ended.has(state) && state !== 'done')
  const done = now.counts.done ?? 0
  const left = now.counts.planned ?? 0
  say(`${done} done${left === 0 ? '' : `, ${left} not begun`}${cannot === 0 ? '' : `, ${cannot} cannot be done`}.`)
  if (now.state === 'done' && !failed) return whole
  tell([now.why, goOn].filter(Boolean).join(' '))
  return 1
}

const commands = {
  export: async (client, { out }) => {
    const { yaml, schedules, tasks, notes } = await client.exportAll()
    for (const note of notes) tell(`Note: ${note}`)
    if (out === undefined) process.stdout.write(yaml)
    else {
      writeText(out, yaml)
      tell(`${schedules} schedules with ${tasks} tasks are in ${out}.`)
    }
    return 0
  },
  plan: async (client, { 'exit-code': byCode, ...given }) => {
    const run = await planned(client, given)
    if (run === undefined) return 2
    return byCode && (hasWork(run) || impossible(run) > 0) ? 3 : 0
  },
  apply,
}

const main = async () => {
  const { name, file, values } = argumentsOf(process.argv.slice(2))
  if (values.help) {
    say(usage)
    return 0
  }
  const credentials = credentialsOf(process.env)
  const client = createClient(addressOf(values.url))
  const text = file === undefined ? undefined : readText(file)
  await client.signIn({ server: values.server, site: values.site, credentials })
  try {
    return await commands[name](client, { ...values, file, text })
  } finally {
    await client.signOut().catch(() => undefined)
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const cause = error.cause?.code ?? error.cause?.message
  tell(error instanceof UsageError || error instanceof Refusal || error instanceof Stopped ? error.message : `${error.message}${cause === undefined ? '' : ` (${cause})`}. Is the Refreshboard running at --url?`)
  process.exitCode = error instanceof UsageError || (error instanceof Refusal && error.isOfText) ? 2 : 1
}
