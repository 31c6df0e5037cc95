import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DirectoryView } from '../../directory/content-directory.ts'
import { createTestClock, type TestClock } from '../../testing/test-clock.ts'
import { anewDirectory, askAgain, type NamesReader } from './whole-directory.ts'

let clock: TestClock
let reader: NamesReader
/** When the reading began that is shown, by the monotonic clock. */
let begunAt: number
beforeEach(() => {
  clock = createTestClock()
  clock.advance(100_000)
  begunAt = 90_000
  const view = (): DirectoryView => ({ contentOf: () => undefined, contents: () => [], named: (content) => content, complete: true, ageMs: clock.monotonic() - begunAt, tableauNow: clock.now(), failure: undefined })
  reader = { directory: { expire: () => undefined }, read: () => Promise.resolve(view()) }
})

const ask = (): Promise<unknown> => anewDirectory(clock, reader, clock.monotonic()).then(
  () => 'anew',
  (error: unknown) => error,
)
const passing = async (ms: number): Promise<void> => {
  for (let left = ms; left > 0; left -= 200) {
    await turn()
    clock.advance(200)
  }
  await turn()
}

describe('names that are read anew', () => {
  it('are those of a reading that began after they were asked for', async () => {
    const asked = ask()
    await passing(1000)
    begunAt = clock.monotonic()
    await passing(200)
    expect(await asked).toBe('anew')
  })

  it('can take longer than a request waits: the next one gets what was read since the first', async () => {
    const first = ask()
    await passing(26_000)
    expect(await first).toMatchObject({ code: 'overloaded', detail: 'The names of the workbooks and data sources are still being read. This goes on in the background: ask again in a few seconds. Nothing was sent to Tableau.' })
    begunAt = clock.monotonic()
    await passing(10_000)
    expect(await ask()).toBe('anew')
    const later = ask()
    await passing(26_000)
    expect(await later).toMatchObject({ code: 'overloaded' })
  })

  it('are waited for no longer than the request that asks has left', async () => {
    begunAt = 0
    const asked = anewDirectory(clock, reader, clock.monotonic() - 20_000).then(
      () => 'anew',
      () => clock.monotonic(),
    )
    const from = clock.monotonic()
    await passing(26_000)
    expect(await asked).toBe(from + 5000)
  })

  it('are those since the first asking for as long as somebody goes on asking, however slow Tableau is', async () => {
    const first = ask()
    await passing(26_000)
    expect(await first).toMatchObject({ code: 'overloaded' })
    begunAt = clock.monotonic()
    // Turned away for another reason meanwhile, minute by minute.
    for (let minute = 0; minute < 20; minute += 1) {
      clock.advance(60_000)
      askAgain(reader, clock.monotonic())
    }
    expect(await ask()).toBe('anew')
  })

  it('are asked for anew by who comes much later', async () => {
    const first = ask()
    await passing(26_000)
    expect(await first).toMatchObject({ code: 'overloaded' })
    begunAt = clock.monotonic()
    clock.advance(5 * 60_000)
    const later = ask()
    await passing(26_000)
    expect(await later).toMatchObject({ code: 'overloaded' })
  })
})
