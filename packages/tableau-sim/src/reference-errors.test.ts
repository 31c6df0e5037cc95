import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { provocationsOf, specialRows } from './reference-errors.provocations.ts'
import { requests } from './reference-errors.requests.ts'
import { createSetting } from './reference-errors.setting.ts'
import type { Provocation } from './reference-errors.setting.ts'
import { errorCode } from './test-client.ts'

// Every error code of every method of both references, got over HTTP. The list was copied from the references by hand.

const rows = readFileSync(new URL('../../../docs/reference-errors.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [title = '', printed = '', answered = ''] = line.split('\t')
    return { title, printed, answered }
  })

const isOfCloud = (title: string): boolean => title.includes('Cloud')
/** The last that has data acceleration, and one of today. */
const versionOf = (title: string): string => (title.includes('Data Acceleration') ? '3.15' : '3.24')

const byText = <T>(items: readonly T[], textOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(textOf(item), [...(groups.get(textOf(item)) ?? []), item])
  return groups
}

const answerOf = async (title: string, provoke: Provocation): Promise<string> => {
  const on = await createSetting(isOfCloud(title) ? 'cloud' : 'server', versionOf(title))
  try {
    const reply = await provoke(on)
    return `${reply.status} ${errorCode(reply)}`
  } finally {
    await on.sim.close()
  }
}

describe('the errors of the references', () => {
  it('are 104 rows of 26 methods, and each has as many ways to get it as it has rows', () => {
    expect(rows).toHaveLength(104)
    expect(new Set(rows.map(({ title }) => title))).toEqual(new Set(Object.keys(requests)))
    const printed = byText(rows, ({ title, printed: text }) => `${title} ${text}`)
    const lacking = [...printed].filter(([, same]) => provocationsOf(same[0]?.title ?? '', same[0]?.printed ?? '').length !== same.length)
    expect(lacking.map(([row]) => row)).toEqual([])
    expect(specialRows.filter((row) => !printed.has(row))).toEqual([])
  })

  it.each(Object.keys(requests))('%s', async (title) => {
    const ofMethod = byText(rows.filter((row) => row.title === title), ({ printed }) => printed)
    for (const [printed, same] of ofMethod) {
      for (const [index, provoke] of provocationsOf(title, printed).entries()) {
        expect(`${printed}: ${await answerOf(title, provoke)}`).toBe(`${printed}: ${same[index]?.answered ?? ''}`)
      }
    }
  })

  it.each(Object.keys(requests))('%s: the request does, when nothing is wrong with it', async (title) => {
    const on = await createSetting(isOfCloud(title) ? 'cloud' : 'server', versionOf(title))
    try {
      const make = requests[title]
      expect(make).toBeDefined()
      const reply = make === undefined ? undefined : await on.ask(make(on))
      expect([200, 201, 204]).toContain(reply?.status)
    } finally {
      await on.sim.close()
    }
  })
})
