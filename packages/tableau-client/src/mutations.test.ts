import { jobDetailSchema, jobSchema, siteSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { TableauApiError, TableauProtocolError } from './errors.ts'
import type { ReplyDecoder } from './reply.ts'
import { currentSession, signIn } from './resources/auth.ts'
import { queryJob, queryJobs } from './resources/jobs.ts'
import { serverInfo } from './resources/server-info.ts'
import { querySite, querySites } from './resources/sites.ts'
import { queryUserOnSite } from './resources/users.ts'
import { answer, fixture, fixtureNames } from './testing/answer.ts'

/** Which endpoint a recorded reply belongs to, and what its value has to satisfy. */
const readers: readonly [pattern: RegExp, endpoint: ReplyDecoder<unknown>, check: (value: unknown) => void][] = [
  [/^jobs\/list/, queryJobs, (value) => expect(value).toMatchObject({ rows: expect.toSatisfy((rows: unknown[]) => rows.every((row) => jobSchema.safeParse(row).success)) as unknown })],
  [/^jobs\/detail/, queryJob, (value) => expect(jobDetailSchema.safeParse({ ...(typeof value === 'object' ? value : {}), source: 'query' }).success).toBe(true)],
  [/^sites\/list/, querySites, (value) => expect(value).toMatchObject({ rows: expect.toSatisfy((rows: unknown[]) => rows.every((row) => siteSchema.safeParse(row).success)) as unknown })],
  [/^sites\/one/, querySite, (value) => expect(siteSchema.safeParse(value).success).toBe(true)],
  [/^users\//, queryUserOnSite, () => undefined],
  [/^server-info\//, serverInfo, () => undefined],
  [/^auth\/signed/, signIn, () => undefined],
  [/^auth\/current/, currentSession, () => undefined],
]

/** Each attribute in turn absent, empty, renamed, in a new shape; each element in turn doubled, renamed, with more in it. */
const mutationsOf = (xml: string): string[] => {
  const found: string[] = []
  const body = xml.indexOf('tsResponse')
  for (const match of xml.matchAll(/ ([A-Za-z]+)="([^"]*)"/g)) {
    if (match.index < xml.indexOf('>', body)) continue
    const swap = (text: string): number => found.push(xml.slice(0, match.index) + text + xml.slice(match.index + match[0].length))
    swap('')
    swap(` ${match[1] ?? ''}=""`)
    swap(` x${match[1] ?? ''}="${match[2] ?? ''}"`)
    swap(` ${match[1] ?? ''}="SomethingNew"`)
    swap(` ${match[1] ?? ''}="-99999999999999999999"`)
    swap(`${match[0]} brandNew="1"`)
  }
  for (const match of xml.matchAll(/<([A-Za-z0-9:]+)([^>]*)\/>/g)) {
    const swap = (text: string): number => found.push(xml.slice(0, match.index) + text + xml.slice(match.index + match[0].length))
    swap('')
    swap(match[0] + match[0])
    swap(`<${match[1] ?? ''}${match[2] ?? ''}><brandNew id="1">text</brandNew></${match[1] ?? ''}>`)
    swap(`<${match[1] ?? ''}X${match[2] ?? ''}/>`)
  }
  return found
}

describe('replies of another version', () => {
  it('are read or refused as unreadable, never half of each and never with a crash', () => {
    const tried = { read: 0, refused: 0 }
    for (const name of fixtureNames) {
      const reader = readers.find(([pattern]) => pattern.test(name))
      if (reader === undefined) continue
      const [, endpoint, check] = reader
      for (const mutated of mutationsOf(fixture(name).toString())) {
        try {
          check(answer(endpoint, Buffer.from(mutated)).value)
          tried.read += 1
        } catch (error) {
          if (!(error instanceof TableauProtocolError) && !(error instanceof TableauApiError)) throw new Error(`${name}: ${mutated}`, { cause: error })
          tried.refused += 1
        }
      }
    }
    expect(tried.read).toBeGreaterThan(400)
    expect(tried.refused).toBeGreaterThan(100)
  })

  it('with an unknown attribute or element everywhere are read as if it were not there', () => {
    for (const [name, endpoint] of [['jobs/list-with-titles', queryJobs], ['jobs/detail-succeeded', queryJob], ['sites/list', querySites]] as const) {
      const plain = fixture(name)
      const more = plain.toString().replaceAll(/<((?:background)?[jJ]ob|site|workbook)( [^>]*?)(\/?)>/g, '<$1 brandNew="1"$2$3>').replace('</tsResponse>', '<brandNew/></tsResponse>')
      expect(more.length).toBeGreaterThan(plain.length)
      expect(answer<unknown>(endpoint, Buffer.from(more)).value).toStrictEqual(answer<unknown>(endpoint, plain).value)
    }
  })
})
