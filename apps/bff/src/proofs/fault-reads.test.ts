import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { problemOf, type Reply } from '../testing/browser.ts'
import { chanceSeed, createChance } from '../testing/chance.ts'
import { everyWrite } from '../testing/every-write.ts'
import { startFaultRig, type FaultRig } from '../testing/fault-rig.ts'
import { eventually } from '../testing/harness.ts'
import { refusal, replyLost, upstreamFaults, type UpstreamFault } from '../testing/upstream-faults.ts'
import { outcomeIn, outcomeOf, settledOutcome } from '../testing/written.ts'

const faultNamed = (name: string): UpstreamFault => {
  const fault = upstreamFaults.find((one) => one.name === name)
  if (fault === undefined) throw new Error(`there is no fault “${name}”`)
  return fault
}
const writeNamed = (name: string) => everyWrite.filter((one) => one.name === name)

describe('while every call of Tableau fails', () => {
  const asks = 100

  it.each(['an error page with 5xx', 'a reset before the reply'])('a read is repeated twice, and many reads by no more than a tenth: %s', async (name) => {
    await using rig = await startFaultRig()
    const chance = createChance(chanceSeed)
    const fault = faultNamed(name)
    const [schedule] = rig.harness.sim.world.schedules
    const path = `/api/schedules/${schedule?.id ?? ''}`
    expect((await rig.browser.get(path)).status).toBe(200)
    rig.front.interfere = (request) => fault.on(request, chance, rig.harness.sim)
    rig.front.arrived.length = 0
    problemOf(await rig.browser.get(path))
    expect(rig.front.arrived).toHaveLength(3)
    const replies: Reply[] = []
    for (let asked = 0; asked < asks; asked += 25) replies.push(...(await Promise.all(Array.from({ length: 25 }, () => rig.browser.get(path)))))
    expect(new Set(replies.map((reply) => problemOf(reply).status >= 500)).size).toBe(1)
    // Ten repeats are saved up by a client that was quiet; two of them went to the first read.
    expect(rig.front.arrived.length).toBeLessThanOrEqual(3 + asks * 1.1 + 8)
    rig.front.interfere = () => undefined
    expect((await rig.browser.get(path)).status).toBe(200)
  })
})

describe('when Tableau asks to wait', () => {
  const noteReads = (rig: FaultRig, seconds: number): number[] => {
    const at: number[] = []
    rig.front.interfere = ({ isWrite }) => {
      if (isWrite) return replyLost
      at.push(rig.clock.monotonic())
      return at.length === 1 ? refusal(503, '503000', 'Busy.', { 'retry-after': String(seconds) }) : undefined
    }
    return at
  }

  it.each(writeNamed('cancel a job').concat(writeNamed('delete a schedule'), writeNamed('delete a task')).map((write) => [write.name, write] as const))(
    'what is read back is not read again before that: %s',
    async (_name, write) => {
      await using rig = await startFaultRig()
      const prepared = write.prepare(rig.harness.sim)
      const key = randomUUID()
      const reads = noteReads(rig, 30)
      expect((await rig.send(prepared, key)).status).toBe(202)
      expect((await settledOutcome(rig.browser, key, rig.clock)).state).toBe('done')
      expect([reads[0], Math.min(...reads.slice(1))]).toEqual([0, 30_000])
    },
  )

  it('for longer than an outcome is waited for, it says until when', async () => {
    await using rig = await startFaultRig()
    const [write] = writeNamed('cancel a job')
    const prepared = write?.prepare(rig.harness.sim)
    if (prepared === undefined) throw new Error('there is no such write')
    const key = randomUUID()
    const reads = noteReads(rig, 29 * 60)
    expect((await rig.send(prepared, key)).status).toBe(202)
    let { state, evidence } = await outcomeOf(rig.browser, key)
    await eventually(async () => {
      if (rig.clock.waiting > 0) rig.clock.advance(60 * 60_000)
      ;({ state, evidence } = await outcomeOf(rig.browser, key))
      return state !== 'checking'
    })
    expect([state, evidence, reads.length]).toEqual(['unconfirmed', 'Tableau asks to wait until 16:29 UTC. Nothing is repeated by itself. Look at the item then, before sending it again.', 1])
  })

  it('nothing is sent by itself, then or later, and other people and other calls go on', async () => {
    await using rig = await startFaultRig()
    const [write] = writeNamed('run a task')
    const [mine, another] = [write?.prepare(rig.harness.sim), write?.prepare(rig.harness.sim)]
    if (mine === undefined || another === undefined) throw new Error('there is no such write')
    let left = 1
    rig.front.interfere = (request) => {
      if (!request.isWrite || left === 0) return undefined
      left -= 1
      return faultNamed('429 with the time in its text').on(request, createChance(0), rig.harness.sim)
    }
    const key = randomUUID()
    expect(problemOf(await rig.send(mine, key)).code).toBe('throttled')
    const sent = rig.sent()
    expect((await rig.browser.get('/api/tasks')).status).toBe(200)
    const other = await rig.harness.signedIn('site-admin')
    expect(outcomeIn(await other.request(another.path, { method: another.method, key: randomUUID() })).state).toBe('done')
    for (let minute = 0; minute < 60; minute += 1) {
      rig.advance(60_000)
      await rig.browser.get('/api/tasks', { background: true })
    }
    expect([rig.sent(), mine.holds()]).toEqual([sent + 1, false])
    expect([outcomeIn(await rig.send(mine, key)).state, mine.holds(), rig.sent()]).toEqual(['done', true, sent + 2])
  })
})
