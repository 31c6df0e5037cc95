import { describe, expect, it } from 'vitest'
import { TableauApiError, TableauProtocolError, TableauUnreachableError } from './errors.ts'
import { streamedFailure, streamedRedirect, streamedRefusal } from './streamed.ts'
import { fixture } from './testing/answer.ts'

const refusal = (status: number, body: string | Buffer, headers: Record<string, string> = {}) => streamedRefusal('preview', { status, headers, body: Buffer.from(body) })

describe('a reply that is not the image', () => {
  it('is Tableau’s own refusal when it holds one, whatever the status', () => {
    for (const status of [200, 404, 500]) {
      const error = refusal(status, fixture('workbooks/not-found'))
      expect(error).toBeInstanceOf(TableauApiError)
      expect(error).toMatchObject({ operation: 'preview', code: '404006', httpStatus: status, outcome: 'answered' })
    }
    expect(refusal(401, fixture('auth/token-dead'))).toMatchObject({ code: '401002' })
    expect(refusal(429, fixture('jobs/throttled'), { 'retry-after': '90' })).toMatchObject({ retryAfterMs: 90_000 })
  })

  it.each([
    ['a page', '<!doctype html><html></html>'],
    ['nothing', ''],
    ['a success of Tableau’s', fixture('workbooks/one')],
    ['a cut-off refusal', fixture('workbooks/not-found').subarray(0, 200)],
    ['no text', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ['a very long page', `<tsResponse xmlns="http://tableau.com/api">${' '.repeat(70_000)}</tsResponse>`],
  ])('is not Tableau’s when it is %s', (_what, body) => {
    const error = refusal(502, body, { 'retry-after': '30' })
    expect(error).toBeInstanceOf(TableauProtocolError)
    expect(error).toMatchObject({ operation: 'preview', httpStatus: 502 })
  })

  it('tells when a gateway asks to wait', () => {
    expect(refusal(503, '<html></html>', { 'retry-after': '30' })).toMatchObject({ retryAfterMs: 30_000 })
    expect(refusal(503, '', { 'retry-after': '30' })).toMatchObject({ retryAfterMs: 30_000 })
  })
})

describe('no reply', () => {
  const failed = (code: string) => streamedFailure('preview', Object.assign(new Error('secret'), { code }))

  it('is of a kind, and tells whether anything was sent', () => {
    expect(failed('ECONNREFUSED')).toMatchObject({ kind: 'refused', sent: false, reason: 'ECONNREFUSED' })
    expect(failed('ENOTFOUND')).toMatchObject({ kind: 'dns', sent: false })
    expect(failed('DEPTH_ZERO_SELF_SIGNED_CERT')).toMatchObject({ kind: 'tls', sent: false })
    expect(failed('ECONNRESET')).toMatchObject({ kind: 'reset', sent: true })
    expect(streamedFailure('preview', 'thrown')).toMatchObject({ kind: 'network', sent: true, reason: 'unknown' })
    expect(failed('ECONNRESET')).toBeInstanceOf(TableauUnreachableError)
    expect(failed('ECONNRESET').message).not.toContain('secret')
  })

  it('but a redirect names the host alone', () => {
    expect(streamedRedirect('preview', { location: 'https://other.example/path?token=x' }, 'https://tableau.example')).toMatchObject({ kind: 'redirect', reason: 'other.example' })
  })
})
