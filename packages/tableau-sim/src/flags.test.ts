import { describe, expect, it } from 'vitest'
import { parseFlags } from './flags.ts'
import { startTableauSim } from './index.ts'
import { startStill } from './test-client.ts'

describe('the command line', () => {
  it('has defaults', () => {
    expect(parseFlags([])).toEqual({
      kind: 'run',
      flags: { port: 8850, flavor: 'server', scenario: 'busy', speed: 1, apiVersion: '3.24', timeZone: 'America/Los_Angeles', seed: 1, latencyMs: 0, indexLagMs: 0, callsPerHour: 0 },
    })
  })

  it('reads every flag, with a blank or an equals sign', () => {
    const args = ['--port', '0', '--flavor=cloud', '--scenario', 'huge', '--speed', '60', '--api-version=3.15', '--time-zone', 'Europe/Berlin', '--seed', '7', '--latency=100', '--index-lag', '3000', '--rate-limit=60']
    expect(parseFlags(args)).toEqual({
      kind: 'run',
      flags: { port: 0, flavor: 'cloud', scenario: 'huge', speed: 60, apiVersion: '3.15', timeZone: 'Europe/Berlin', seed: 7, latencyMs: 100, indexLagMs: 3000, callsPerHour: 60 },
    })
  })

  it.each([
    [['--flavor', 'desktop'], /--flavor "desktop" must be server or cloud/],
    [['--colour', 'red'], /Unknown argument "--colour"/],
    [['busy'], /Unknown argument "busy"/],
    [['--port', '65536'], /--port "65536" must be/],
    [['--port', '-1'], /--port "-1" must be/],
    [['--port', '80a'], /--port "80a" must be/],
    [['--port'], /--port needs a value/],
    [['--port', '--seed', '1'], /--port needs a value/],
    [['--port=', ''], /--port needs a value/],
    [['--scenario', 'calm'], /must be one of small, busy, empty, huge/],
    [['--speed', '0'], /--speed "0" must be/],
    [['--speed', 'fast'], /--speed "fast" must be/],
    [['--api-version', '3.99'], /--api-version "3.99" must be/],
    [['--api-version', '3'], /--api-version "3" must be/],
    [['--time-zone', 'Mars/Olympus'], /must be an IANA time zone/],
    [['--seed', '1.5'], /--seed "1.5" must be/],
    [['--latency', '1h'], /--latency "1h" must be/],
    [['--index-lag', '-1'], /--index-lag "-1" must be/],
    [['--rate-limit', 'x'], /--rate-limit "x" must be/],
    [['--seed', '1', '--seed', '2'], /--seed is given twice/],
    [['--constructor', '1'], /Unknown argument "--constructor"/],
  ])('says in one line what is wrong with %j', (args, line) => {
    const parsed = parseFlags(args)
    expect(parsed.kind === 'faults' ? parsed.faults[0] : parsed).toMatch(line)
    expect(parsed.kind === 'faults' && parsed.faults.every((fault) => !fault.includes('\n'))).toBe(true)
  })

  it('has one line for each fault', () => {
    const parsed = parseFlags(['--port', 'x', '--nope', '--scenario', 'y'])
    expect(parsed).toMatchObject({ kind: 'faults', faults: [expect.stringContaining('--port'), expect.stringContaining('--nope'), expect.stringContaining('--scenario')] })
  })

  it('shows help', () => {
    expect(parseFlags(['--port', 'x', '--help'])).toEqual({ kind: 'help' })
  })
})

describe('starting', () => {
  it('refuses a version that does not exist', async () => {
    await expect(startTableauSim({ apiVersion: '9.9' })).rejects.toThrow(RangeError)
  })

  it('says when the port is taken', async () => {
    await using sim = await startStill()
    await expect(startStill({ port: sim.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('listens on loopback and ends for good', async () => {
    const sim = await startStill()
    expect(sim.url).toBe(`http://127.0.0.1:${sim.port}`)
    await sim.close()
    await expect(fetch(sim.url)).rejects.toThrow('fetch failed')
  })
})
