import { expect } from 'vitest'

// vitest types its asymmetric matchers as any, which would switch off the checks around them.

export const anyText: unknown = expect.any(String)
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)
export const containing = (text: string): unknown => expect.stringContaining(text)
