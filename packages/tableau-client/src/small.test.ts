import { describe, expect, it } from 'vitest'
import { isRefusal, TableauApiError, TableauUnsupportedError } from './errors.ts'
import { isToken } from './token.ts'
import { compareVersions, isApiVersion } from './version.ts'
import { waitFromHeader, waitFromText } from './wait.ts'

describe('versions', () => {
  it('are compared as two numbers', () => {
    expect(compareVersions('3.9', '3.10')).toBeLessThan(0)
    expect(compareVersions('3.24', '3.24')).toBe(0)
    expect(compareVersions('4.0', '3.30')).toBeGreaterThan(0)
  })

  it.each(['3', '3.', '3.1.1', '3.1 ', '../3.1', '3.-1', ''])('%o is none', (text) => {
    expect(isApiVersion(text)).toBe(false)
  })
})

describe('a refusal', () => {
  const answered = (code: string) => new TableauApiError('queryJobs', { code, summary: '', detail: '', httpStatus: 400 })

  it.each(['403004', '403069', '403'])('is what Tableau answers with %s', (code) => {
    expect(isRefusal(answered(code))).toBe(true)
  })

  it('is neither the end of a session, nor that something is missing, nor anything else that is thrown', () => {
    const others = [answered('401002'), answered('404018'), answered('400031'), new Error('403004'), new TableauUnsupportedError('queryJobs', { apiVersion: '3.0', since: '3.1' }), undefined]
    expect(others.map(isRefusal)).toEqual(others.map(() => false))
  })
})

describe('tokens', () => {
  it.each(['', 'a b', 'a\r\nX: 1', 'a\u0000', 'é', 'x'.repeat(4097)])('%o is none', (text) => {
    expect(isToken(text)).toBe(false)
  })

  it('have Tableau’s shape', () => {
    expect(isToken('aAbB09+/=_-|x.y|1edc53ac-e247-4870-9fd3-6fad0ce5f84d')).toBe(true)
  })
})

describe('times to wait', () => {
  const now = Date.UTC(2024, 4, 1, 10, 0, 0)
  const date = 'Wed, 01 May 2024 10:00:00 GMT'

  it.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['7200', 3_600_000],
    ['9999999999', 3_600_000],
    ['Wed, 01 May 2024 10:05:00 GMT', 300_000],
    ['Wed, 01 May 2024 13:05:00 GMT', 3_600_000],
    ['Wed, 01 May 2024 09:05:00 GMT', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2024', 2_024_000],
    ['', undefined],
  ])('Retry-After: %s → %s', (value, ms) => {
    expect(waitFromHeader({ 'retry-after': value }, now)).toBe(ms)
  })

  it('read a date against the clock of the same reply', () => {
    const headers = { 'retry-after': 'Wed, 01 May 2024 10:05:00 GMT', date }
    expect(waitFromHeader(headers, now + 7_200_000)).toBe(300_000)
  })

  it.each([
    ['Please retry after 29 minutes', 29 * 60_000],
    ['Too many requests. Please retry after 1 minute.', 60_000],
    ['retry after 45 seconds', 45_000],
    ['Retry after 3 hours', 3_600_000],
    ['Please retry later', undefined],
    ['retry after -5 minutes', undefined],
  ])('%s → %s', (text, ms) => {
    expect(waitFromText(text)).toBe(ms)
  })
})
