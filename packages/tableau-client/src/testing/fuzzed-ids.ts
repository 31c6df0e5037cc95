import type { Luid } from '@refreshboard/api-types'
import * as fc from 'fast-check'

const hex = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: length, maxLength: length })

const luid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => parts.join('-'))

const hostile = fc.constantFrom(
  '', '.', '..', '...', '/', '//', '\\', '%', '%2e%2e', '%2f', '%00', '\u0000', '?', '#', '&', ';', ':', '@', ' ', '\t', '\r\n', '\r\nX-Evil: 1',
  'é', '．．', '／', '\uD800', '🚀', '{siteId}', '$&', '*', 'null', 'undefined', '__proto__', 'sites', '../..', '..%2f',
)

/** Ids as an attacker or a bug makes them: some right, most nearly right, others anything at all. */
export const fuzzedId: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: luid },
  { weight: 3, arbitrary: fc.tuple(luid, hostile, fc.nat(36)).map(([id, part, at]) => id.slice(0, at) + part + id.slice(at)) },
  { weight: 2, arbitrary: fc.tuple(luid, hostile, fc.nat(35)).map(([id, part, at]) => id.slice(0, at) + part + id.slice(at + 1)) },
  { weight: 2, arbitrary: fc.array(hostile, { maxLength: 5 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(hostile, luid, hostile).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

/** What the brand forbids: a text that nobody checked, where a checked id belongs. */
// That the check at run time holds without the brand is what such a test is about.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const smuggledId = (text: string): Luid => text as Luid
