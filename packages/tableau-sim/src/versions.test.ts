import { describe, expect, it } from 'vitest'
import { apiVersions, isApiVersion, isAtLeast, isServed } from './versions.ts'

describe('API versions', () => {
  it('are compared as pairs of numbers', () => {
    expect(isAtLeast('3.10', '3.9')).toBe(true)
    expect(isAtLeast('3.9', '3.10')).toBe(false)
    expect(isAtLeast('3.0', '2.8')).toBe(true)
    expect(isAtLeast('3.1', '3.1')).toBe(true)
  })

  it('are served up to the server’s own', () => {
    expect(['2.0', '2.8', '3.0', '3.9', '3.15'].map((version) => isServed(version, '3.15'))).toEqual([true, true, true, true, true])
    expect(['2.9', '3.16', '4.0', '1.0', '3.015', '3', 'x', '', '3.1.1', '-'].some((version) => isServed(version, '3.15'))).toBe(false)
  })

  it('are known in order, and each is served by itself', () => {
    expect(apiVersions.every((version) => isApiVersion(version) && isServed(version, version))).toBe(true)
    expect(apiVersions.toSorted((a, b) => (isAtLeast(a, b) ? 1 : -1))).toEqual(apiVersions)
    expect(isApiVersion('toString')).toBe(false)
  })
})
