import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createLogger, placesOf } from './logger.ts'

/** A logger whose sink fails as long as it is told to. */
const failing = () => {
  const lines: unknown[] = []
  const sink = { fails: true }
  const log = createLogger('trace', (line) => {
    if (sink.fails) throw new Error('no space left on device')
    lines.push(JSON.parse(line))
  })
  return { log, lines, sink }
}

describe('a line', () => {
  it('that cannot be written is lost and counted, and nothing is thrown', () => {
    const { log, lines, sink } = failing()
    log.info('one', { requestId: '1' })
    log.error('two')
    sink.fails = false
    log.warn('three')
    log.info('four')
    expect(lines).toMatchObject([{ msg: 'three', lost: 2 }, { msg: 'four' }])
    expect(lines[1]).not.toHaveProperty('lost')
  })

  it('stays one line whatever a field holds', () => {
    const written: string[] = []
    createLogger('trace', (line) => written.push(line)).info('request', { route: '/a\r\n{"level":"error"}\u0000\u2028' })
    expect(written).toHaveLength(1)
    expect(written[0]?.trimEnd()).not.toMatch(/[\n\r\0]/)
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ route: '/a\r\n{"level":"error"}\u0000\u2028' })
  })

  it('holds the listed fields alone', () => {
    const written: string[] = []
    const log = createLogger('trace', (line) => written.push(line))
    log.info('request', Object.assign({ requestId: '1' }, { token: 'c4n4ry', headers: { cookie: 'c4n4ry' } }))
    expect(written.join()).not.toContain('c4n4ry')
  })

  it('that standard output refuses, as a full disk does, does not end the process', () => {
    const program = `import { closeSync } from 'node:fs'
import { createLogger } from './logger.ts'
const log = createLogger('info')
closeSync(1)
for (let line = 0; line < 20; line += 1) log.info('request', { requestId: String(line) })
process.stderr.write('still here')`
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { cwd: import.meta.dirname, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'still here' })
  })
})

describe('the places of an error', () => {
  it('hold nothing of its message, whatever that looks like', () => {
    const error = new Error('refused\n    at c4n4ry (file:///c4n4ry.ts:1:1)\nat c4n4ry')
    expect(placesOf(error).join()).not.toContain('c4n4ry')
    expect(placesOf(error)[0]).toContain('logger.test')
  })

  it('are none when the message was changed afterwards, so that what is cut off cannot be told', () => {
    const error = new Error('at c4n4ry\n    at c4n4ry')
    expect(error.stack).toContain('c4n4ry')
    error.message = 'another'
    expect(placesOf(error)).toEqual([])
  })

  it('are told of an error without a message', () => {
    expect(placesOf(new TypeError('')).length).toBeGreaterThan(0)
  })
})
