import { describe, expect, it } from 'vitest'
import { contract, errorCodes, errorStatus, intentionKeySchema, jobsQuerySchema, jobStatusGroup, luidSchema, resources, signInSchema } from './index.ts'

const endpoints = Object.entries(contract)

describe('the contract', () => {
  it('has no two endpoints with one method and path, or with one query key', () => {
    const routes = endpoints.map(([, { method, path }]) => `${method} ${path}`)
    const keys = endpoints.map(([, { resource, operation }]) => `${resource}.${operation}`)
    expect(new Set(routes).size).toBe(endpoints.length)
    expect(new Set(keys).size).toBe(endpoints.length)
  })

  it.each(endpoints)('%s names each part of its path in params, and no other', (_name, { path, params }) => {
    const named = [...path.matchAll(/:(\w+)/g)].map((match) => match[1])
    expect(Object.keys(params?.shape ?? {})).toEqual(named)
  })

  it('refuses an undeclared search parameter and an undeclared field everywhere', () => {
    const inputs = endpoints.flatMap(([name, { query, body }]) => [query, body].flatMap((schema) => (schema === undefined ? [] : [{ name, schema }])))
    const lenient = inputs.filter(({ schema }) => schema.safeParse({ undeclared: '1' }).success).map(({ name }) => name)
    expect(inputs.length).toBeGreaterThan(3)
    expect(lenient).toEqual([])
  })

  it('uses every resource it lists', () => {
    expect([...new Set(endpoints.map(([, { resource }]) => resource))].toSorted()).toEqual([...resources])
  })

  it('gives every error code an HTTP status of its class', () => {
    expect(errorCodes.length).toBe(Object.keys(errorStatus).length)
    for (const code of errorCodes) expect(errorStatus[code]).toBeGreaterThanOrEqual(400)
  })
})

describe('ids', () => {
  it.each(['..', '', '.', '%2e%2e', '9b2d5c1e-0f4a-4c3b-8d7e-1a2b3c4d5e6', '9B2D5C1E-0F4A-4C3B-8D7E-1A2B3C4D5E6F', ' 9b2d5c1e-0f4a-4c3b-8d7e-1a2b3c4d5e6f', '9b2d5c1e-0f4a-4c3b-8d7e-1a2b3c4d5e6f\n', '9b2d5c1e-0f4a-4c3b-8d7e-1a2b3c4d5e6f/..'])(
    'a LUID is not %j',
    (text) => expect(luidSchema.safeParse(text).success).toBe(false),
  )

  it('accept what Tableau and crypto.randomUUID make', () => {
    expect(luidSchema.parse('9b2d5c1e-0f4a-4c3b-8d7e-1a2b3c4d5e6f')).toBe('9b2d5c1e-0f4a-4c3b-8d7e-1a2b3c4d5e6f')
    expect(intentionKeySchema.safeParse(crypto.randomUUID()).success).toBe(true)
  })
})

describe('sign-in', () => {
  const pat = { serverId: 'demo', site: '', method: 'pat', personalAccessTokenName: 'a', personalAccessTokenSecret: 'b' }

  it('takes a personal access token or a password, and not both', () => {
    expect(signInSchema.safeParse(pat).success).toBe(true)
    expect(signInSchema.safeParse({ ...pat, password: 'x' }).success).toBe(false)
  })

  it('says that an address is no site', () => {
    const { error } = signInSchema.safeParse({ ...pat, site: 'https://tableau.example.com/#/site/finance' })
    expect(error?.issues[0]?.path).toEqual(['site'])
    expect(error?.issues[0]?.message).toContain('after /site/')
  })
})

describe('the query of a window of jobs', () => {
  it('has defaults and reads lists', () => {
    expect(jobsQuerySchema.parse({})).toEqual({ sort: 'createdAt:desc', offset: 0, limit: 100 })
    expect(jobsQuerySchema.parse({ status: 'Failed,Other', limit: '1000' })).toMatchObject({ status: ['Failed', 'Other'], limit: 1000 })
  })

  it.each([{ limit: '0' }, { limit: '-1' }, { limit: '1001' }, { limit: '1e3' }, { limit: '1000000000' }, { limit: ['1', '2'] }, { offset: '1.5' }, { status: 'failed' }, { sort: 'id:asc' }, { sort: 'createdAt' }, { from: 'yesterday' }])(
    'refuses %j',
    (query) => expect(jobsQuerySchema.safeParse(query).success).toBe(false),
  )

  it('groups an unknown status under Other', () => {
    expect(jobStatusGroup('Failed')).toBe('Failed')
    expect(jobStatusGroup('Paused')).toBe('Other')
  })
})
