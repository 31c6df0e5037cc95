import { contract, type Endpoint } from '@refreshboard/api-types'
import { operationNames } from '@refreshboard/tableau-sim'
import { describe, expect, it } from 'vitest'
import { tableauCodes } from '../../http/tableau-codes.ts'
import { coverageDocument, referenceCodes } from './coverage-document.ts'
import { methods } from './methods.ts'
import { calls, handlerOf, hasFixture, hasJourney, referenceErrors } from './sources.ts'

const all = Object.values(methods).flat()
const none: unknown[] = []
const titles = (lacking: readonly { title: string }[]): string[] => lacking.map(({ title }) => title)

/** It has no endpoint object, since its reply is no XML: the image proxy builds its path. */
const proxied = 'queryWorkbookPreviewImage'

describe('every method of the references', () => {
  it('is here once: 16 of one reference and 14 of the other, of which they share 4', () => {
    const printed = all.filter(({ codes }) => codes !== undefined)
    expect(printed.filter(({ reference }) => reference !== 'extract and encryption')).toHaveLength(16)
    expect(printed.filter(({ reference }) => reference !== 'jobs, tasks and schedules')).toHaveLength(14)
    expect(new Set(titles(all)).size).toBe(all.length)
  })

  it('has an endpoint object, and every endpoint object a method', () => {
    expect(all.map(({ call }) => call).toSorted()).toEqual([...calls.keys()].toSorted())
  })

  it('has routes, and every route that writes to Tableau a method', () => {
    expect(titles(all.filter(({ routes }) => routes.length === 0))).toEqual(none)
    const routed = new Set<string>(all.flatMap(({ routes }) => routes))
    const writing = Object.entries<Endpoint>(contract).filter(([, { effect }]) => effect === 'tableau')
    expect(writing.map(([name]) => name).filter((name) => !routed.has(name))).toEqual(none)
  })

  it('has a fixture', () => {
    expect(titles(all.filter(({ fixture }) => !hasFixture(fixture)))).toEqual(none)
  })

  it('has a handler in the simulator, and every operation of the simulator a method', () => {
    expect(titles(all.filter(({ call }) => handlerOf(call) === undefined))).toEqual(none)
    expect(operationNames.filter((name) => name !== proxied && !calls.has(name))).toEqual(none)
  })

  it('has a journey', () => {
    expect(titles(all.filter(({ journey: [file, title] }) => !hasJourney(file, title)))).toEqual(none)
  })
})

describe('every error code of the references', () => {
  it('is on the list: as many for each method as were counted in its table', () => {
    const counted = Object.fromEntries(all.flatMap(({ title, codes }) => (codes === undefined ? [] : [[title, codes]])))
    const listed: Record<string, number> = {}
    for (const { method } of referenceErrors) listed[method] = (listed[method] ?? 0) + 1
    expect(listed).toEqual(counted)
  })

  it('has a sentence of its own', () => {
    expect(referenceCodes.filter((code) => (tableauCodes[code]?.next ?? '') === '')).toEqual(none)
    const sentences = referenceCodes.map((code) => tableauCodes[code]?.next)
    expect(sentences.length).toBeGreaterThan(25)
  })
})

it('stands in the document as it is in the code', async () => {
  await expect(coverageDocument()).toMatchFileSnapshot('../../../../../docs/coverage.md')
})
