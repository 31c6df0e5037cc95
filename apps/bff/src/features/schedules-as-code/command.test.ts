import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHarness, type Harness, type HarnessOptions } from '../../testing/harness.ts'
import { containing } from '../../testing/matchers.ts'

const command = fileURLToPath(new URL('../../../../../scripts/schedules.mjs', import.meta.url))

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

let harness: Harness
let directory: string
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-command-'))
})
afterEach(async () => {
  rmSync(directory, { recursive: true, force: true })
  await harness[Symbol.asyncDispose]()
})

const password = { REFRESHBOARD_USER: 'admin', REFRESHBOARD_PASSWORD: 'admin' }

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = password): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', ...environment }
    const child = execFile(process.execPath, [command, ...args], { cwd: directory, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err })
    })
    child.stdin?.end()
  })
const start = async (options: HarnessOptions = {}): Promise<void> => {
  harness = await startHarness({ ...options, bff: { tableauDeadlineMs: 2000, ...options.bff } })
}
const here = (): string[] => ['--url', `http://127.0.0.1:${harness.bff.port}`]
const file = (text: string): string => {
  writeFileSync(path.join(directory, 'schedules.yaml'), text)
  return 'schedules.yaml'
}
const dawn = 'refreshboard: 1\nschedules:\n  - { name: Dawn, type: Flow, repeats: { frequency: Daily, start: "04:00:00" } }\n'

describe('npm run schedules', () => {
  it('exports to a file, which as a plan changes nothing, and signs out again', async () => {
    await start()
    expect(await run(['export', '--out', 'all.yaml', ...here()])).toMatchObject({ code: 0, out: '', err: containing('are in all.yaml.') })
    expect(readFileSync(path.join(directory, 'all.yaml'), 'utf8')).toContain('refreshboard: 1\nschedules:\n')
    const printed = await run(['export', ...here()], { REFRESHBOARD_PAT_NAME: 'demo-pat', REFRESHBOARD_PAT_SECRET: 'demo-pat-secret' })
    expect([printed.code, printed.out]).toEqual([0, readFileSync(path.join(directory, 'all.yaml'), 'utf8')])
    expect(await run(['plan', 'all.yaml', '--prune', '--exit-code', ...here()])).toMatchObject({ code: 0, out: 'Apply schedules: nothing to do\n' })
    expect(harness.sim.ledger.of('signOut')).toHaveLength(3)
  })

  it('plans and applies, once', async () => {
    await start()
    const text = file(dawn)
    expect(await run(['plan', text, ...here()])).toMatchObject({ code: 0, out: 'Apply schedules: 1 to make\n+ Dawn [Flow]: Is made for Flow: Daily at 04:00, priority 50, tasks in parallel\n' })
    expect((await run(['plan', text, '--exit-code', ...here()])).code).toBe(3)
    expect(await run(['apply', text, ...here()])).toMatchObject({ code: 2, err: containing('Add --yes') })
    expect(harness.sim.ledger.of('createServerSchedule')).toHaveLength(0)
    expect(await run(['apply', text, '--yes', ...here()])).toMatchObject({ code: 0, out: containing('done Dawn: Tableau has made the schedule.\n1 done.\n'), err: '' })
    expect(harness.sim.world.schedule('Dawn').type).toBe('Flow')
    expect(await run(['apply', text, '--yes', ...here()])).toMatchObject({ code: 0, out: 'Apply schedules: nothing to do\n' })
    expect(harness.sim.ledger.of('createServerSchedule')).toHaveLength(1)
  })

  it('tells what cannot be done by how it ends, after it has done the rest', async () => {
    await start()
    const text = file(`${dawn}  - { name: Odd, type: Flow }\n`)
    const cannot = '! Odd [Flow]: It cannot be made. The text does not say when it repeats, and a new schedule needs that.\n'
    expect(await run(['apply', text, '--yes', ...here()])).toMatchObject({ code: 4, out: containing('done Dawn: Tableau has made the schedule.\n1 done, 1 cannot be done.\n') })
    expect(await run(['apply', text, '--yes', ...here()])).toMatchObject({ code: 4, out: `Apply schedules: 1 that cannot be done\n${cannot}Nothing to do, 1 cannot be done.\n` })
    expect((await run(['plan', text, ...here()])).code).toBe(0)
    expect(await run(['plan', text, '--exit-code', ...here()])).toMatchObject({ code: 3, out: `Apply schedules: 1 that cannot be done\n${cannot}` })
  })

  it('takes no file that is not UTF-8, and none that is too long', async () => {
    await start()
    writeFileSync(path.join(directory, 'latin.yaml'), Buffer.from(dawn.replace('Dawn', 'Dämmerung'), 'latin1'))
    expect(await run(['apply', 'latin.yaml', '--yes', ...here()])).toMatchObject({ code: 2, out: '', err: 'latin.yaml cannot be read as text (UTF-8).\n' })
    expect(await run(['plan', file(`${dawn}#${'#'.repeat(1_000_000)}\n`), ...here()])).toMatchObject({ code: 2, err: containing('At most 1,000,000 characters') })
    expect(harness.sim.ledger.of('createServerSchedule')).toHaveLength(0)
  })

  it('finds files where it was called from, also by npm', async () => {
    await start()
    const below = path.join(directory, 'below')
    mkdirSync(below)
    writeFileSync(path.join(below, 'here.yaml'), dawn)
    const called = { ...password, INIT_CWD: below }
    expect(await run(['plan', 'here.yaml', ...here()], called)).toMatchObject({ code: 0, out: containing('1 to make') })
    expect((await run(['export', '--out', 'all.yaml', ...here()], called)).code).toBe(0)
    expect(readdirSync(below).toSorted()).toEqual(['all.yaml', 'here.yaml'])
  })

  it('writes through a link, keeps the mode of the file, and leaves nothing behind where it cannot write', async () => {
    await start()
    const real = path.join(directory, 'real.yaml')
    writeFileSync(real, 'old')
    chmodSync(real, 0o640)
    symlinkSync('real.yaml', path.join(directory, 'link.yaml'))
    mkdirSync(path.join(directory, 'folder'))
    expect((await run(['export', '--out', 'link.yaml', ...here()])).code).toBe(0)
    expect([lstatSync(path.join(directory, 'link.yaml')).isSymbolicLink(), statSync(real).mode & 0o777, readFileSync(real, 'utf8').split('\n')[0]]).toEqual([true, 0o640, 'refreshboard: 1'])
    expect(await run(['export', '--out', 'folder', ...here()])).toMatchObject({ code: 2, err: containing('folder cannot be written: EISDIR.') })
    const nowhere = await run(['export', '--out', 'nodir/all.yaml', ...here()])
    expect([nowhere.code, nowhere.err.includes('nodir/all.yaml cannot be written: ENOENT.'), nowhere.err.includes('Is the Refreshboard running')]).toEqual([2, true, false])
    expect(readdirSync(directory).toSorted()).toEqual(['folder', 'link.yaml', 'real.yaml'])
  })

  it('says where a text is wrong, as compilers do', async () => {
    await start()
    const text = file('refreshboard: 1\nschedules:\n  - name: Dawn\n    typ: Flow\n')
    expect(await run(['apply', text, '--yes', ...here()])).toMatchObject({
      code: 2,
      err: 'schedules.yaml:3:5 schedules[0].type missing-field “type” is missing. A schedule is for Extract, Subscription, Flow, DataAcceleration.\nschedules.yaml:4:5 schedules[0].typ unknown-field No field “typ” is known here. Is “type” meant?\nNothing was planned: correct the text.\n',
    })
  })

  it('ends with 1 when it is halted, says how to go on, and then does', async () => {
    await start()
    const text = file(`${dawn}${dawn.split('\n')[2]?.replace('Dawn', 'Dusk') ?? ''}\n`)
    harness.sim.faults.add({ operation: 'createServerSchedule', nth: 2, action: { kind: 'tableauError', status: 400, code: '409004', summary: 'Bad request', detail: 'Not today.' } })
    expect(await run(['apply', text, '--yes', ...here()])).toMatchObject({ code: 1, out: containing('done Dawn: Tableau has made the schedule.\nrefused Dusk: '), err: containing('run apply again') })
    expect(await run(['apply', text, '--yes', ...here()])).toMatchObject({ code: 0, out: containing('1 done.') })
    expect(harness.sim.ledger.of('createServerSchedule')).toHaveLength(3)
  })

  it('stops at Ctrl+C: what is on its way is finished, the rest is not begun', async () => {
    await start({ sim: { latencyMs: 100 } })
    const text = file(`refreshboard: 1\nschedules:\n${Array.from({ length: 30 }, (_, at) => `  - { name: Dawn ${at}, type: Flow, repeats: { frequency: Daily, start: "04:00:00" } }\n`).join('')}`)
    const child = spawn(process.execPath, [command, 'apply', text, '--yes', ...here()], { cwd: directory, env: { PATH: process.env['PATH'] ?? '', ...password } })
    const printed: string[] = []
    child.stdout.on('data', (chunk: Buffer) => {
      printed.push(String(chunk))
      if (String(chunk).includes('done Dawn')) child.kill('SIGINT')
    })
    expect(await once(child, 'exit')).toEqual([1, null])
    const made = [...harness.sim.world.schedules].filter(({ name }) => name.startsWith('Dawn'))
    expect(made.length).toBeGreaterThan(0)
    expect(made.length).toBeLessThan(30)
    expect(printed.join('')).toContain(`${made.length} done, ${30 - made.length} not begun.`)
  })

  it.each<[string, string[], Record<string, string>, string]>([
    ['without a command', [], password, 'Usage: npm run schedules'],
    ['with a command that is none', ['destroy'], password, 'Usage: npm run schedules'],
    ['with a secret among the arguments', ['export', '--password', 'admin'], password, "Unknown option '--password'"],
    ['without credentials', ['export'], {}, 'REFRESHBOARD_PAT_NAME'],
    ['with a file that is not there', ['plan', 'nowhere.yaml'], password, 'nowhere.yaml cannot be read: ENOENT.'],
    ['with a server that is none', ['export', '--server', 'other'], password, 'has no server “other”. It has: server.'],
  ])('ends with 2 %s, and signs nobody in', async (_what, args, environment, words) => {
    await start()
    expect(await run([...args, ...here()], environment)).toMatchObject({ code: 2, out: '', err: containing(words) })
    expect(harness.sim.ledger.of('signIn')).toHaveLength(0)
  })

  it('sends no credentials over plain http to another machine', async () => {
    await start()
    expect(await run(['export', '--url', 'http://tableau.example.com'])).toMatchObject({ code: 2, err: containing('Use https') })
    expect(await run(['export', '--url', `http://me:secret@127.0.0.1:${harness.bff.port}`])).toMatchObject({ code: 2, err: containing('environment alone') })
  })

  it('ends with 1 when nobody answers, or the sign-in is refused', async () => {
    await start()
    expect(await run(['export', ...here()], { REFRESHBOARD_USER: 'admin', REFRESHBOARD_PASSWORD: 'wrong' })).toMatchObject({ code: 1, err: containing('Tableau') })
    expect(await run(['export', '--url', 'http://127.0.0.1:1'])).toMatchObject({ code: 1, err: containing('Is the Refreshboard running') })
  })
})
