import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isCookieValue, newCookieValue, rowIdOf, seal, sealVersion, unseal } from './seal.ts'

const cookies = Number(process.env['COOKIE_RUNS'] ?? 20_000)
const serverKey = randomBytes(32)
const cookie = newCookieValue()
const context = { rowId: rowIdOf(serverKey, cookie), version: sealVersion, createdAt: 1, expiresAt: 2 }
const sealed = seal(serverKey, cookie, context, 'canary|token')

describe('a sealed session', () => {
  it('opens with its cookie, its key and its row', () => {
    expect(unseal(serverKey, cookie, context, sealed)).toBe('canary|token')
  })

  it.each([
    ['another cookie', serverKey, newCookieValue(), context],
    ['another server key', randomBytes(32), cookie, context],
    ['another row', serverKey, cookie, { ...context, rowId: rowIdOf(serverKey, newCookieValue()) }],
    ['a longer life', serverKey, cookie, { ...context, expiresAt: 3 }],
    ['another start', serverKey, cookie, { ...context, createdAt: 0 }],
    ['another version', serverKey, cookie, { ...context, version: sealVersion + 1 }],
  ])('does not open with %s', (_name, key, value, where) => {
    expect(unseal(key, value, where, sealed)).toBeUndefined()
  })

  it('does not open when any one bit is flipped, or the end is missing', () => {
    for (let bit = 0; bit < sealed.byteLength * 8; bit += 1) {
      const changed = Uint8Array.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect([`bit ${bit}`, unseal(serverKey, cookie, context, changed)]).toEqual([`bit ${bit}`, undefined])
    }
    for (let length = 0; length < sealed.byteLength; length += 1) expect(unseal(serverKey, cookie, context, sealed.subarray(0, length))).toBeUndefined()
  })

  it('is different every time', () => {
    expect(seal(serverKey, cookie, context, 'canary|token')).not.toEqual(sealed)
    expect(Buffer.from(sealed).includes('canary')).toBe(false)
  })

  it('has cookies of 256 bits that do not repeat, and rows that do not give them away', () => {
    const values = Array.from({ length: cookies }, newCookieValue)
    expect(new Set(values).size).toBe(values.length)
    expect(values.every((value) => Buffer.from(value, 'base64url').byteLength === 32 && isCookieValue(value))).toBe(true)
    expect(context.rowId).toMatch(/^[0-9a-f]{64}$/)
    for (const text of ['', 'short', `${cookie}x`, cookie.slice(1), `${cookie.slice(1)}.`, '../../etc/passwd']) expect(isCookieValue(text)).toBe(false)
  })
})
