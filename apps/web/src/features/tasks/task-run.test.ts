import { sessionSchema, type Job } from '@refreshboard/api-types'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { queryClient } from '../../lib/query-client.ts'
import { sessionStarted, sessionState } from '../../lib/session-store.ts'
import { anOutcome } from '../../test/a-task.ts'
import { aJob, aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { dismissRun, isUnderWay, runStateOf, startRun } from './task-run.ts'

const task = luid(11)
const jobId = luid(77)
const runRoute = `POST /api/tasks/${task}/run`
const jobRoute = `GET /api/jobs/${jobId}`
const lookRoute = `GET /api/tasks/${task}/job`
/** Tableau's time of the click. */
const clicked = Date.parse('2025-11-23T10:00:00.400Z')

const detail = (job: Job) => json({ job: { ...job, id: jobId }, source: 'query', statusNotes: [] })
const pending = aJob.pending({ id: jobId })
const running = aJob.running({ id: jobId })
const success = aJob.running({ id: jobId, status: 'Success', endedAt: '2025-11-23T10:04:24Z' })
const found = (job?: Job) => json({ known: true, ...(job === undefined ? {} : { job }) })
const queued = (sent: Sent) => anOutcome(sent, 'done', { result: { jobId } })

/** Answers one after the other; the last one stays. */
const inTurn = (...answers: (() => Response)[]) => {
  let at = 0
  return () => {
    const answer = answers[Math.min(at, answers.length - 1)]
    at += 1
    return answer?.() ?? problem('internal')
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const phase = () => runStateOf(task)?.phase
const spyOnInvalidation = () => vi.spyOn(queryClient, 'invalidateQueries')
let invalidated = spyOnInvalidation()
/** How often the list of tasks was made stale. */
const rereadsOfTasks = () => invalidated.mock.calls.filter(([filters]) => filters?.queryKey?.[1] === 'tasks').length

beforeEach(() => {
  vi.useFakeTimers()
  invalidated = spyOnInvalidation()
  sessionStarted(sessionSchema.parse(aSession()))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('running a task', () => {
  it('is sent once, under one key, however often it is clicked', async () => {
    const api = fakeApi({ [runRoute]: queued, [jobRoute]: () => detail(pending) })
    await Promise.all([startRun(task, clicked), startRun(task, clicked), startRun(task, clicked)])
    expect(api.of(runRoute)).toHaveLength(1)
    expect(api.of(runRoute)[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/)
    await pass(60_000)
    await startRun(task, clicked)
    expect(api.of(runRoute)).toHaveLength(1)
  })

  it('tells that it is being sent', () => {
    fakeApi({ [runRoute]: () => new Promise<Response>(() => undefined) })
    void startRun(task, clicked)
    expect(runStateOf(task)).toEqual({ phase: 'sending' })
    expect(isUnderWay(runStateOf(task))).toBe(true)
  })

  it('follows its job to the end in the background, and reads the tasks again there', async () => {
    const api = fakeApi({ [runRoute]: queued, [jobRoute]: inTurn(() => detail(pending), () => detail(running), () => detail(success)) })
    await startRun(task, clicked)
    await pass(0)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', jobId, already: false, job: { status: 'Pending' } })
    await pass(2000)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', job: { status: 'InProgress' } })
    const before = rereadsOfTasks()
    await pass(2000)
    expect(runStateOf(task)).toMatchObject({ phase: 'over', job: { status: 'Success' } })
    expect(rereadsOfTasks()).toBe(before + 1)
    expect(api.of(jobRoute).every(({ headers }) => headers.get('x-refreshboard-background') === '1')).toBe(true)
    await pass(6000)
    // The first of the two may have been answered with what was read before the end.
    expect(rereadsOfTasks()).toBe(before + 2)
    await pass(24_000)
    expect(api.of(jobRoute)).toHaveLength(3)
    await pass(60_000)
    expect(phase()).toBeUndefined()
  })

  it('can be run again once it is over, as another intention', async () => {
    const api = fakeApi({ [runRoute]: queued, [jobRoute]: () => detail(success) })
    await startRun(task, clicked)
    await pass(0)
    expect(phase()).toBe('over')
    await startRun(task, clicked)
    await pass(0)
    expect(new Set(api.of(runRoute).map(({ headers }) => headers.get('idempotency-key'))).size).toBe(2)
  })

  it('goes on while its job cannot be read, tells since when, and does not ask faster', async () => {
    const api = fakeApi({ [runRoute]: queued, [jobRoute]: inTurn(() => detail(running), () => problem('upstream_unreachable'), () => problem('upstream_unreachable'), () => detail(success)) })
    await startRun(task, clicked)
    await pass(0)
    const heard = Date.now()
    await pass(2000)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', job: { status: 'InProgress' }, unheardSince: heard })
    await pass(2000)
    expect(api.of(jobRoute)).toHaveLength(2)
    await pass(2000)
    expect(api.of(jobRoute)).toHaveLength(3)
    await pass(8000)
    expect(phase()).toBe('over')
  })

  it('waits for a job that Tableau does not know yet', async () => {
    fakeApi({ [runRoute]: queued, [jobRoute]: inTurn(() => problem('not_found'), () => problem('not_found'), () => detail(running)) })
    await startRun(task, clicked)
    await pass(2000)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', job: undefined })
    await pass(2000)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', job: { status: 'InProgress' } })
  })

  it('does not ask while the session is dead, and goes on afterwards', async () => {
    const api = fakeApi({ [runRoute]: queued, [jobRoute]: inTurn(() => detail(running), () => problem('session_expired'), () => detail(success)) })
    await startRun(task, clicked)
    await pass(2000)
    expect(sessionState().status).toBe('dead')
    await pass(60_000)
    expect(api.of(jobRoute)).toHaveLength(2)
    sessionStarted(sessionSchema.parse(aSession()))
    await pass(10_000)
    expect(phase()).toBe('over')
  })
})

describe('a person who may not query jobs', () => {
  it('sees “queued”, and the task is read again for a minute', async () => {
    const api = fakeApi({ [runRoute]: queued, [jobRoute]: () => problem('forbidden') })
    await startRun(task, clicked)
    await pass(0)
    expect(runStateOf(task)).toMatchObject({ phase: 'queued', already: false })
    const before = rereadsOfTasks()
    await pass(59_000)
    expect(rereadsOfTasks()).toBe(before + 5)
    expect(phase()).toBe('queued')
    await pass(2000)
    expect(phase()).toBeUndefined()
    expect(api.of(jobRoute)).toHaveLength(1)
    expect(api.of(runRoute)).toHaveLength(1)
  })

  it('is told that it was already queued', async () => {
    fakeApi({ [runRoute]: () => problem('already_queued'), [lookRoute]: () => json({ known: false, reason: 'Only administrators may list jobs.' }) })
    await startRun(task, clicked)
    await pass(0)
    expect(runStateOf(task)).toEqual({ phase: 'queued', already: true, why: 'Only administrators may list jobs.' })
  })
})

describe('a task that is queued already (409093)', () => {
  it('leads to that job, live, and sends nothing more', async () => {
    const before = { ...running, createdAt: '2025-11-23T09:00:00Z' }
    const api = fakeApi({ [runRoute]: () => problem('already_queued'), [lookRoute]: () => found(before), [jobRoute]: inTurn(() => detail(before), () => detail(success)) })
    await startRun(task, clicked)
    await pass(0)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', jobId, already: true, job: { status: 'InProgress' } })
    await pass(2100)
    expect(runStateOf(task)).toMatchObject({ phase: 'over', already: true, job: { status: 'Success' } })
    expect(api.of(runRoute)).toHaveLength(1)
  })

  it('is not led to a job that is over', async () => {
    const api = fakeApi({ [runRoute]: () => problem('already_queued'), [lookRoute]: () => found(success) })
    await startRun(task, clicked)
    expect(phase()).toBe('looking')
    await pass(10_000)
    expect(runStateOf(task)).toMatchObject({ phase: 'queued', already: true })
    expect(api.of(lookRoute)).toHaveLength(3)
  })
})

describe('a refusal', () => {
  it('is told only after the jobs were looked at', async () => {
    const api = fakeApi({ [runRoute]: () => problem('forbidden'), [lookRoute]: () => found() })
    await startRun(task, clicked)
    await pass(0)
    expect(phase()).toBe('looking')
    await pass(10_000)
    expect(runStateOf(task)).toMatchObject({ phase: 'refused', failure: { code: 'forbidden' }, looked: true })
    expect(api.of(lookRoute)).toHaveLength(3)
    expect(api.of(runRoute)).toHaveLength(1)
    dismissRun(task)
    expect(phase()).toBeUndefined()
  })

  it('that queued it all the same shows that job instead', async () => {
    fakeApi({ [runRoute]: () => problem('forbidden'), [lookRoute]: inTurn(() => found(), () => found(pending)), [jobRoute]: () => detail(running) })
    await startRun(task, clicked)
    await pass(2100)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', jobId, already: false, job: { status: 'InProgress' } })
  })

  it('does not take a job from before the click for its own', async () => {
    fakeApi({ [runRoute]: () => problem('upstream_refused'), [lookRoute]: () => found({ ...running, createdAt: '2025-11-23T09:59:50Z' }) })
    await startRun(task, clicked)
    await pass(10_000)
    expect(runStateOf(task)).toMatchObject({ phase: 'refused', looked: true })
  })

  it('says when the jobs could not be looked at', async () => {
    fakeApi({ [runRoute]: () => problem('upstream_unreachable'), [lookRoute]: () => problem('upstream_unreachable') })
    await startRun(task, clicked)
    await pass(10_000)
    expect(runStateOf(task)).toMatchObject({ phase: 'refused', looked: false })
  })

  it('of this computer, which is offline, asks nobody', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const api = fakeApi({})
    await startRun(task, clicked)
    await pass(10_000)
    expect(runStateOf(task)).toMatchObject({ phase: 'refused', failure: { code: 'offline' } })
    expect(api.sent).toEqual([])
  })
})

describe('a lost reply', () => {
  it('is asked for until it is known, and its job followed; nothing is sent again', async () => {
    let asked = 0
    const api = fakeApi({ [runRoute]: (sent) => anOutcome(sent, 'checking'), [jobRoute]: () => detail(running) }, (sent) => {
      asked += 1
      return asked < 3 ? anOutcome(sent, 'checking') : queued(sent)
    })
    void startRun(task, clicked)
    await pass(100)
    expect(phase()).toBe('checking')
    await pass(5000)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', jobId, job: { status: 'InProgress' } })
    expect(api.of(runRoute)).toHaveLength(1)
  })

  it('that cannot be confirmed is told so, once no job was seen', async () => {
    const api = fakeApi({ [runRoute]: (sent) => anOutcome(sent, 'checking'), [lookRoute]: () => found() }, (sent) => anOutcome(sent, 'unconfirmed', { evidence: 'No new job was seen.' }))
    void startRun(task, clicked)
    await pass(20_000)
    expect(runStateOf(task)).toEqual({ phase: 'unconfirmed', evidence: 'No new job was seen.', looked: true })
    expect(isUnderWay(runStateOf(task))).toBe(false)
    expect(api.of(runRoute)).toHaveLength(1)
  })

  it('whose job is not named finds it among the jobs', async () => {
    fakeApi({ [runRoute]: (sent) => anOutcome(sent, 'done'), [lookRoute]: () => found(pending), [jobRoute]: () => detail(running) })
    await startRun(task, clicked)
    await pass(0)
    expect(runStateOf(task)).toMatchObject({ phase: 'watching', jobId })
  })

  it('leaves the intention open when the session turns out to be dead', async () => {
    fakeApi({ [runRoute]: () => problem('session_expired') })
    await startRun(task, clicked)
    await pass(0)
    expect(phase()).toBeUndefined()
    expect(sessionState().status).toBe('dead')
  })

  it('is forgotten with the identity', async () => {
    const api = fakeApi({ [runRoute]: queued, [jobRoute]: () => detail(running) })
    await startRun(task, clicked)
    await pass(0)
    sessionStarted(sessionSchema.parse(aSession({ user: 'somebody-else' })))
    expect(phase()).toBeUndefined()
    const asked = api.of(jobRoute).length
    await pass(60_000)
    expect(phase()).toBeUndefined()
    expect(api.of(jobRoute)).toHaveLength(asked)
  })
})
