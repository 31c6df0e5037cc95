import { expect, it } from 'vitest'
import { luidSchema, type Job } from '@refreshboard/api-types'
import { JobFeed } from '../../live/job-feed.ts'
import { principalKey } from '../../session/principal.ts'
import type { TableauSession } from '../../session/tableau-session.ts'
import { eventually } from '../../testing/harness.ts'
import { noServer } from '../../testing/some-facts.ts'
import { createTestClock } from '../../testing/test-clock.ts'
import { wholeJobs } from './whole-jobs.ts'

const row = (id: string): Job => ({ id, status: 'Pending', jobType: 'refresh_extracts', createdAt: '2026-03-04T16:00:00Z' })

/** A list of one page, each reading of which is answered when `answer` says so, with the rows that there are then. */
const aList = () => {
  const clock = createTestClock()
  const principal = principalKey({ serverId: 'server', siteId: 'site', userId: 'one' })
  const user = { id: luidSchema.parse('7f9c1a3e-0000-4000-8000-000000000001'), name: 'one', siteRole: 'Viewer' }
  const rows = [row('a')]
  const waiting: (() => void)[] = []
  let asked = 0
  const call: TableauSession['call'] = async () => {
    asked += 1
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
    })
    const reply = { value: { rows: [...rows], pageNumber: 1, pageSize: 1000, totalAvailable: rows.length }, warnings: [] }
    // A feed calls nothing but the list of jobs, which decodes to this.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return reply as never
  }
  const tableau = { ...noServer, sessionId: 's', principal, user, flavor: 'server' as const, call }
  const answer = async (reading: number): Promise<void> => {
    await eventually(() => asked === reading)
    waiting.shift()?.()
  }
  return { clock, feed: new JobFeed(principal, clock), tableau, rows, answer, asked: () => asked }
}

it('who asks for all jobs waits for the first reading, and for none where they are there', async () => {
  const { feed, tableau, answer, clock, asked } = aList()
  const jobs = wholeJobs(feed, tableau)
  await eventually(() => clock.waiting === 1)
  clock.advance(10_000)
  await answer(1)
  expect((await jobs).find('a')?.id).toBe('a')
  await wholeJobs(feed, tableau, ['a'])
  expect(asked()).toBe(1)
})

it('a job that a reading lacks which began before it was asked for is looked for in another one', async () => {
  const { feed, tableau, answer, rows } = aList()
  const first = feed.read(tableau)
  await answer(1)
  await first
  feed.expire()
  const reading = feed.read(tableau)
  const jobs = wholeJobs(feed, tableau, ['a', 'made'])
  await answer(2)
  await reading
  rows.push(row('made'))
  await answer(3)
  expect((await jobs).find('made')?.id).toBe('made')
})

it('who waited in vain is told to try again, and has what was read meanwhile', async () => {
  const { feed, tableau, answer, clock, asked } = aList()
  const first = feed.read(tableau)
  await answer(1)
  await first
  const jobs = wholeJobs(feed, tableau, ['gone']).catch((error: unknown) => error)
  await eventually(() => asked() === 2 && clock.waiting === 1)
  clock.advance(20_000)
  expect(await jobs).toMatchObject({ code: 'overloaded', detail: expect.stringContaining('Nothing was planned') as unknown })
  await answer(2)
  await eventually(() => !feed.isReading)
  // The list is read once more by now, as it is after every while: that is not waited for, but for what another job would need it.
  const again = wholeJobs(feed, tableau, ['gone'])
  await eventually(() => clock.waiting === 1)
  clock.advance(250)
  expect((await again).find('gone')).toBeUndefined()
  const other = wholeJobs(feed, tableau, ['other'])
  await answer(3)
  await answer(4)
  expect((await other).find('other')).toBeUndefined()
})
