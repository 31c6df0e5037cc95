import { errorCodes } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { ApiError, failureOf, isSessionEnd, sentences } from './api-error.ts'

describe('sentences', () => {
  it.each(Object.entries(sentences))('%s is told in two sentences', (_code, { title, next }) => {
    expect(title).toMatch(/^[A-Z].*\.$/)
    expect(next).toMatch(/^[A-Z].*\.$/)
  })

  it('exist for every code of the contract', () => {
    expect(Object.keys(sentences)).toEqual(expect.arrayContaining([...errorCodes]))
  })
})

describe('failures', () => {
  it('take Tableau’s words, the request id and the wait from the problem', () => {
    const tableau = { code: '429000', summary: 'Too Many Requests', detail: 'Please retry after 29 minutes' }
    const error = new ApiError({
      code: 'throttled',
      received: 'yes',
      problem: { code: 'throttled', title: 't', detail: 'Tableau is busy.', status: 429, requestId: 'r', tableau, retryAt: '2025-11-23T10:00:00Z' },
    })
    expect(failureOf(error)).toEqual({
      code: 'throttled',
      ...sentences.throttled,
      detail: 'Tableau is busy.',
      tableau,
      requestId: 'r',
      retryAt: Date.parse('2025-11-23T10:00:00Z'),
    })
  })

  it('are told for anything that was thrown', () => {
    expect(failureOf(new TypeError('x is undefined')).title).toBe('This page made a mistake.')
  })

  it('know the end of a session', () => {
    expect(isSessionEnd(new ApiError({ code: 'session_expired', received: 'yes' }))).toBe(true)
    expect(isSessionEnd(new ApiError({ code: 'sign_in_refused', received: 'yes' }))).toBe(false)
  })
})
