import { sessionSchema, type WriteState } from '@refreshboard/api-types'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionStarted, sessionState } from '../../lib/session-store.ts'
import { aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { cancelStateOf, dismissCancel, startCancel } from './cancel-store.ts'

const job = luid(11)
const cancelRoute = `POST /api/jobs/${job}/cancel`

const outcome = (sent: Sent, state: WriteState, evidence = 'seen') =>
  json({ key: sent.headers.get('idempotency-key') ?? sent.path.split('/').at(-1), operation: 'jobs.cancel', state, startedAt: '2025-11-23T10:00:00Z', evidence }, state === 'checking' ? 202 : 200)

/** Answers any `GET /api/writes/:key`, whatever key the page made. */
const withWrites = (answers: Parameters<typeof fakeApi>[0], write: (sent: Sent) => Response) => {
  const asked: Sent[] = []
  const api = fakeApi(answers, (sent) => {
    asked.push(sent)
    return write(sent)
  })
  return { ...api, asked }
}

beforeEach(() => {
  vi.useFakeTimers()
  sessionStarted(sessionSchema.parse(aSession()))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('cancelling', () => {
  it('is sent once, under one key, however often it is clicked', async () => {
    const api = fakeApi({ [cancelRoute]: (sent) => outcome(sent, 'done') })
    await Promise.all([startCancel(job), startCancel(job), startCancel(job)])
    expect(api.of(cancelRoute)).toHaveLength(1)
    expect(api.sent[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/)
    expect(cancelStateOf(job)).toEqual({ phase: 'done', evidence: 'seen' })
  })

  it('asks until it is known when the reply of Tableau was lost, and sends nothing again', async () => {
    let answers = 0
    const api = withWrites({ [cancelRoute]: (sent) => outcome(sent, 'checking') }, (sent) => {
      answers += 1
      return outcome(sent, answers < 4 ? 'checking' : 'done', 'The job is cancelled.')
    })
    await startCancel(job)
    expect(cancelStateOf(job)?.phase).toBe('checking')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(cancelStateOf(job)).toEqual({ phase: 'done', evidence: 'The job is cancelled.' })
    expect(api.of(cancelRoute)).toHaveLength(1)
    expect(api.asked).toHaveLength(4)
    expect(api.asked.every(({ headers }) => headers.get('x-refreshboard-background') === '1')).toBe(true)
  })

  it('says that it could not be confirmed, with the evidence', async () => {
    withWrites({ [cancelRoute]: (sent) => outcome(sent, 'checking') }, (sent) => outcome(sent, 'unconfirmed', 'The job still runs.'))
    await startCancel(job)
    await vi.advanceTimersByTimeAsync(2000)
    expect(cancelStateOf(job)).toEqual({ phase: 'unconfirmed', evidence: 'The job still runs.' })
  })

  it('asks the BFF when its own answer was lost', async () => {
    const api = withWrites(
      {
        [cancelRoute]: () => {
          throw new TypeError('Failed to fetch')
        },
      },
      (sent) => outcome(sent, 'done'),
    )
    await startCancel(job)
    await vi.advanceTimersByTimeAsync(1000)
    expect(cancelStateOf(job)?.phase).toBe('done')
    expect(api.asked[0]?.path).toBe(`/api/writes/${api.of(cancelRoute)[0]?.headers.get('idempotency-key')}`)
  })

  it('says that it never arrived, and sends it again only on a click, under the same key', async () => {
    let lost = true
    const api = withWrites(
      {
        [cancelRoute]: (sent) => {
          if (lost) throw new TypeError('Failed to fetch')
          return outcome(sent, 'done')
        },
      },
      () => problem('not_found'),
    )
    await startCancel(job)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cancelStateOf(job)).toMatchObject({ phase: 'not-done', failure: { title: 'It was not sent.' } })
    expect(api.of(cancelRoute)).toHaveLength(1)
    lost = false
    await startCancel(job)
    const keys = api.of(cancelRoute).map(({ headers }) => headers.get('idempotency-key'))
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  it('ends in “could not be confirmed”, never in a spinner without end', async () => {
    withWrites({ [cancelRoute]: (sent) => outcome(sent, 'checking') }, () => problem('overloaded'))
    await startCancel(job)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(cancelStateOf(job)?.phase).toBe('unconfirmed')
  })

  it('says what Tableau refused; the next click is a new intention', async () => {
    const api = fakeApi({ [cancelRoute]: () => problem('already_finished') })
    await startCancel(job)
    expect(cancelStateOf(job)).toMatchObject({ phase: 'not-done', failure: { code: 'already_finished' } })
    await startCancel(job)
    expect(new Set(api.of(cancelRoute).map(({ headers }) => headers.get('idempotency-key'))).size).toBe(2)
    dismissCancel(job)
    expect(cancelStateOf(job)).toBeUndefined()
  })

  it('is refused at once offline, and not sent later', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const api = fakeApi({})
    await startCancel(job)
    expect(cancelStateOf(job)).toMatchObject({ phase: 'not-done', failure: { code: 'offline' } })
    vi.restoreAllMocks()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(api.sent).toEqual([])
  })

  it('leaves the intention open when the session turns out to be dead', async () => {
    fakeApi({ [cancelRoute]: () => problem('session_expired') })
    await startCancel(job)
    expect(cancelStateOf(job)).toBeUndefined()
    expect(sessionState().status).toBe('dead')
  })

  it('is forgotten with the identity, and its late answer dropped', async () => {
    withWrites({ [cancelRoute]: (sent) => outcome(sent, 'checking') }, (sent) => outcome(sent, 'done'))
    await startCancel(job)
    sessionStarted(sessionSchema.parse(aSession({ user: 'somebody-else' })))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cancelStateOf(job)).toBeUndefined()
  })
})
