import { describe, expect, it } from 'vitest'
import * as everything from './index.ts'
import type { ReplyDecoder } from './reply.ts'
import { answer, fixture, fixtureNames } from './testing/answer.ts'

const isEndpoint = (value: unknown): value is ReplyDecoder<unknown> =>
  typeof value === 'object' && value !== null && 'decode' in value && 'reply' in value && value.reply === 'body'

const reads = (endpoint: ReplyDecoder<unknown>, name: string): boolean => {
  try {
    answer(endpoint, fixture(name))
    return true
  } catch {
    return false
  }
}

describe('every endpoint with a reply has a fixture of a success', () => {
  const exported: unknown[] = Object.values(everything)
  const endpoints = exported.filter(isEndpoint)

  it.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_name, endpoint) => {
    expect(fixtureNames.filter((name) => reads(endpoint, name))).not.toStrictEqual([])
  })

  it('and there are endpoints', () => {
    expect(endpoints.length).toBeGreaterThan(7)
  })
})
