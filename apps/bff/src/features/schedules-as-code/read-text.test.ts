import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundled, type Bundled } from '../../testing/bundled.ts'
import { containing } from '../../testing/matchers.ts'
import { readerFor, readHere, readInWorker, rememberingLast } from './read-text.ts'

const good = 'refreshboard: 1\nschedules:\n  - { name: Dawn, type: Flow, repeats: { frequency: Daily, start: "04:00:00" } }\n'

let directory = ''
let bundle: Bundled
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'refreshboard-reader-'))
  bundle = await bundled('main')
}, 60_000)
afterAll(() => {
  bundle.remove()
  rmSync(directory, { recursive: true, force: true })
})

const reader = (name: string, code: string): string => {
  const file = path.join(directory, `${name}.mjs`)
  writeFileSync(file, code)
  return file
}

describe('a text that is read in a thread of its own', () => {
  it.each([good, '', 'schedules: &a [*a]', `${good}extra: true\n`, 'x'.repeat(1_000_001)])('is read as it is here', async (yaml) => {
    const read = readerFor(bundle.file)
    expect(await read(yaml)).toEqual(await readHere(yaml))
  })

  it('leaves this thread free meanwhile', async () => {
    const read = readInWorker(reader('busy', "import { parentPort } from 'node:worker_threads'; const end = Date.now() + 300; while (Date.now() < end); parentPort.postMessage({ ok: false, faults: [] })"))
    let turns = 0
    const timer = setInterval(() => (turns += 1), 5)
    expect(await read(good)).toEqual({ ok: false, faults: [] })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
  })

  it('sees nothing of the environment', async () => {
    const read = readInWorker(reader('environment', "import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ ok: false, faults: Object.keys(process.env) })"))
    expect(await read(good)).toEqual({ ok: false, faults: [] })
  })

  it('is given up when it takes too long, and the next one is read', async () => {
    const endless = "import { workerData, parentPort } from 'node:worker_threads'; if (workerData === 'endless') for (;;); parentPort.postMessage({ ok: false, faults: [] })"
    const read = readInWorker(reader('endless', endless), { deadlineMs: 2000 })
    const first = await Promise.race([read('endless').catch((error: unknown) => error), delay(10_000, 'still being read')])
    expect(first).toMatchObject({ code: 'validation', detail: 'The text takes more time to read than it is given. Give it in parts, each with fewer schedules, and without deleting what it does not name (without --prune).' })
    expect(await read(good)).toEqual({ ok: false, faults: [] })
  })

  it('is given up when it takes too much memory', async () => {
    const read = readInWorker(reader('greedy', 'const all = []; for (;;) all.push(new Array(100).fill({}))'), { megabytes: 16 })
    await expect(read(good)).rejects.toMatchObject({ code: 'validation', detail: containing('more memory') })
  })

  it.each([
    ['fails', 'throw new TypeError("broken")', 'broken'],
    ['ends without an answer', 'process.exit(3)', 'ended without an answer'],
  ])('is an error where the reader %s', async (name, code, told) => {
    await expect(readInWorker(reader(name, code))(good)).rejects.toThrow(told)
  })

  it('waits its turn, and too many are told to come again', async () => {
    let running = 0
    const read = readInWorker(reader('slow', "import { parentPort } from 'node:worker_threads'; setTimeout(() => parentPort.postMessage({ ok: false, faults: [] }), 100)"), { mostWaiting: 2 })
    const all = await Promise.allSettled(Array.from({ length: 5 }, async () => {
      running += 1
      await read(good)
      running -= 1
    }))
    expect(running).toBe(2)
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(all[4]).toMatchObject({ reason: { code: 'overloaded' } })
  })
})

describe('the last text', () => {
  it('is read once, and again after it could not be', async () => {
    const read: string[] = []
    const remembering = rememberingLast(async (yaml) => {
      read.push(yaml)
      if (yaml === 'bad' && read.length === 1) throw new Error('not now')
      return readHere(yaml)
    })
    await expect(remembering('bad')).rejects.toThrow('not now')
    for (const yaml of ['bad', good, good, 'bad']) await remembering(yaml)
    expect(read).toEqual(['bad', 'bad', good, 'bad'])
  })
})
