import { describe, expect, it } from 'vitest'
import { createBackground } from './background.ts'
import type { LogFields } from './http/logger.ts'
import { createTestClock } from './testing/test-clock.ts'

const rig = () => {
  const lines: (LogFields | undefined)[] = []
  const clock = createTestClock()
  const background = createBackground({ error: (_message, fields) => lines.push(fields) }, clock)
  return { background, clock, lines }
}

describe('work in the background', () => {
  it('is waited for', async () => {
    const { background, clock } = rig()
    let end: (() => void) | undefined
    background.run(new Promise<void>((resolve) => (end = resolve)))
    let over = false
    const drained = background.drained(3500).then(() => (over = true))
    await new Promise(setImmediate)
    expect([over, clock.waiting]).toEqual([false, 1])
    end?.()
    await drained
    expect(clock.waiting).toBe(0)
  })

  it('is waited for no longer than its grace', async () => {
    const { background, clock } = rig()
    background.run(new Promise(() => undefined))
    const drained = background.drained(3500).then(() => 'over')
    clock.advance(3500)
    expect(await drained).toBe('over')
  })

  it('says in the log by its class alone what it failed with, and keeps nobody waiting', async () => {
    const { background, lines } = rig()
    background.run(Promise.reject(new RangeError('anything may stand here')))
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    background.run(Promise.reject('no error'))
    await background.drained(3500)
    expect(lines).toEqual([{ error: 'RangeError' }, { error: 'unknown' }])
  })
})
