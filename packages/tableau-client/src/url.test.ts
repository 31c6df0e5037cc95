import { type Luid, luidSchema } from '@refreshboard/api-types'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineEndpoint } from './endpoint.ts'
import * as everything from './index.ts'
import { queryJob } from './resources/jobs.ts'
import { fuzzedId, smuggledId } from './testing/fuzzed-ids.ts'
import { thrownBy } from './testing/answer.ts'
import { jobId, siteId } from './testing/ids.ts'
import { buildPath } from './url.ts'

const template = '/sites/{siteId}/jobs/{jobId}'
const plain = /^\/api\/3\.24\/sites\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/jobs\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe('addresses', () => {
  it('are filled in', () => {
    expect(buildPath('queryJob', '3.24', template, { siteId, jobId })).toBe(`/api/3.24/sites/${siteId}/jobs/${jobId}`)
    expect(buildPath('querySites', '2.8', '/sites', {})).toBe('/api/2.8/sites')
  })

  it.each(['', '.', '..', '../..', '%2e%2e', `${jobId}/..`, `${jobId}?x=1`, `${jobId}#x`, `${jobId}\r\nX: 1`, ` ${jobId}`, `${jobId}\n`, jobId.toUpperCase()])(
    'refuse %o for an id',
    (id) => {
      expect(thrownBy(() => buildPath('cancelJob', '3.24', template, { siteId, jobId: smuggledId(id) }))).toMatchObject({
        name: 'TableauInputError',
        field: '{jobId}',
        outcome: 'not-sent',
      })
    },
  )

  it('refuse a missing id, and an object that only prints like one', () => {
    expect(() => buildPath('cancelJob', '3.24', template, { siteId })).toThrow('{jobId} is not a Tableau id')
    const printed = { toString: () => jobId }
    // A cast like this one is what the check is for.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    expect(() => buildPath('cancelJob', '3.24', template, { siteId, jobId: printed as unknown as Luid })).toThrow('{jobId}')
  })

  it.each(['/sites/{siteId}//jobs', '/sites/../jobs', '/sites/%2e%2e', '/sites/{siteId}/', '/sites?x', 'sites', '/sites/a..b/c'])('refuse the template %s', (wrong) => {
    expect(() => buildPath('x', '3.24', wrong, { siteId })).toThrow('plain address')
  })

  it('of 100,000 fuzzed ids are the template’s or none', () => {
    let built = 0
    let refused = 0
    fc.assert(
      fc.property(fuzzedId, (id) => {
        try {
          const path = buildPath('cancelJob', '3.24', template, { siteId, jobId: smuggledId(id) })
          built += 1
          if (!plain.test(path) || !path.endsWith(`/jobs/${id}`)) throw new Error(`built ${path}`)
        } catch (error) {
          if (error instanceof Error && error.name !== 'TableauInputError') throw error
          refused += 1
        }
      }),
      { numRuns: 100_000 },
    )
    expect(built + refused).toBe(100_000)
    expect(built).toBeGreaterThan(1000)
    expect(refused).toBeGreaterThan(50_000)
  })
})

const hasPath = (value: unknown): value is { name: string; path: string } => typeof value === 'object' && value !== null && 'encode' in value && 'path' in value

describe('every endpoint’s address', () => {
  const exported: unknown[] = Object.values(everything)
  const endpoints = exported.filter(hasPath).map(({ name, path }) => [name, path, [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter)] as const)
  const ids = (parameters: readonly string[], wrong?: string): Record<string, Luid> => Object.fromEntries(parameters.map((parameter) => [parameter, parameter === wrong ? smuggledId('..') : jobId]))

  it.each(endpoints)('of %s is its template’s, and checks each id', (name, path, parameters) => {
    expect(buildPath(name, '3.24', path, ids(parameters))).toBe(`/api/3.24${path.replaceAll(/\{\w+\}/g, jobId)}`)
    for (const wrong of parameters) expect(thrownBy(() => buildPath(name, '3.24', path, ids(parameters, wrong)))).toMatchObject({ name: 'TableauInputError', field: `{${wrong}}` })
  })

  it('is looked at', () => {
    expect(endpoints.length).toBeGreaterThan(25)
  })
})

describe('types', () => {
  it('take nothing but checked ids for the names of a path', () => {
    expectTypeOf(queryJob.encode).parameter(0).toEqualTypeOf<{ readonly jobId: Luid }>()
    expectTypeOf<{ jobId: string }>().not.toExtend<Parameters<typeof queryJob.encode>[0]>()
    expectTypeOf(luidSchema.parse(jobId)).toEqualTypeOf<Luid>()
    defineEndpoint({
      ...queryJob,
      path: '/sites/{siteId}/jobs/{jobId}',
      // @ts-expect-error The name of the path is jobId.
      encode: ({ id }: { id: Luid }) => ({ params: { taskId: id } }),
      decode: () => undefined,
    })
    defineEndpoint({
      ...queryJob,
      path: '/sites/{siteId}/jobs/{jobId}',
      // @ts-expect-error A plain string is not a checked id.
      encode: ({ id }: { id: string }) => ({ params: { jobId: id } }),
      decode: () => undefined,
    })
    defineEndpoint({
      ...queryJob,
      path: '/sites/{siteId}/jobs/{jobId}',
      // @ts-expect-error The path has a name to fill in.
      encode: (_input: { id: Luid }) => ({}),
      decode: () => undefined,
    })
  })
})
