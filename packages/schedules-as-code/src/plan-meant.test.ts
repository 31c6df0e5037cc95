import type { Schedule } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import type { DocumentContent } from './document.ts'
import { planOf } from './plan.ts'
import type { Current, NamedContent, Step } from './steps.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const nightly: Schedule = { id: id(1), name: 'Nightly', type: 'Extract', state: 'Active', priority: 50, executionOrder: 'Parallel', frequency: 'Daily', recurrence: { frequency: 'Daily', start: '01:00:00', intervals: [] } }
const workbook = (n: number, name: string, project = 'Finance'): NamedContent => ({ kind: 'workbook', id: id(100 + n), name, project })

const current = (contents: readonly NamedContent[], on: readonly NamedContent[]): Current => ({
  now: 0,
  schedules: [nightly],
  timesAreTold: true,
  contents,
  tasks: on.map(({ kind, id: contentId }, at) => ({ id: id(100_000 + at), scheduleId: id(1), kind, contentId, refresh: 'full' })),
})
const steps = (contents: readonly NamedContent[], on: readonly NamedContent[], rows: readonly DocumentContent[]): readonly Step[] =>
  planOf(current(contents, on), { refreshboard: 1, schedules: [{ name: 'Nightly', type: 'Extract', content: [...rows] }] }, { prune: true }).steps
const told = (...given: Parameters<typeof steps>): string[] => steps(...given).map(({ step, name, reason = '' }) => `${step} ${name}: ${reason}`)

const notThere = (what: string): string => `The workbook ${what} is not on this site, or you may not see it.`

describe('what a text may mean is not taken off', () => {
  it('also where something else is as near', () => {
    const [q1, q2] = [workbook(1, 'Sales 2024'), workbook(2, 'Sales 2025')]
    expect(told([q2, q1], [q1], [{ workbook: 'Sales 202', project: 'Finance' }])).toEqual([`cannot Sales 202: ${notThere('“Sales 202” (Finance)')} Is “Sales 2024” meant?`])
    expect(told([q2, q1], [q1, q2], [{ workbook: 'Sales 202', project: 'Finance' }])).toEqual([`cannot Sales 202: ${notThere('“Sales 202” (Finance)')} Is “Sales 2024” or “Sales 2025” meant?`])
  })

  it('also on a large site', () => {
    const many = Array.from({ length: 50_000 }, (_, at) => workbook(1000 + at, `Region report ${String(at).padStart(6, '0')} x`, `P${at % 50}`))
    const on = [workbook(1, 'Quarterly earnings EMEA'), workbook(2, 'Weekly pipeline Americas')]
    expect(told([...on, ...many].toReversed(), on, [{ workbook: 'Quarterly earning EMEA' }, { workbook: 'Weekly pipelines Americas' }])).toEqual([
      `cannot Quarterly earning EMEA: ${notThere('“Quarterly earning EMEA”')} Is “Quarterly earnings EMEA” meant?`,
      `cannot Weekly pipelines Americas: ${notThere('“Weekly pipelines Americas”')} Is “Weekly pipeline Americas” meant?`,
    ])
  })

  it('also in another form of Unicode, and in a project of another form', () => {
    const on = [workbook(1, 'Übersicht Erträge Köln'.normalize('NFC'), 'Köln'.normalize('NFC')), workbook(2, 'Café'.normalize('NFC'))]
    const rows = on.map(({ name, project = '' }) => ({ workbook: name.normalize('NFD'), project: project.normalize('NFD') }))
    const same = (name: string): string => `Is “${name.normalize('NFC')}” meant, which looks the same and is written with other characters?`
    expect(steps(on, on, rows).map(({ step, reason = '' }) => [step, reason.slice(reason.indexOf('Is '))])).toEqual([
      ['cannot', same('Übersicht Erträge Köln')],
      ['cannot', same('Café')],
    ])
    // Without anything on the schedule it is the suggestion that says so.
    expect(steps(on, [], rows).map(({ reason = '' }) => reason.slice(reason.indexOf('Is ')))).toEqual([same('Übersicht Erträge Köln'), same('Café')])
  })

  it.each([
    ['with two letters swapped', 'Slaes', { workbook: 'Sales' }],
    ['with a name of more than 100 letters', `${'Long '.repeat(40)}name`, { workbook: `${'Long '.repeat(40)}nane` }],
    ['in another project than the row', 'Costs 2024', { workbook: 'Costs 2042', project: 'Archive' }],
    ['in other letters and blanks', 'KPI  A', { workbook: 'kpi\u00A0a' }],
  ])('also %s', (_what, name, row) => {
    const on = [workbook(1, name)]
    expect(steps(on, on, [row]).map(({ step }) => step)).toEqual(['cannot'])
  })

  it('also where content of the row’s name is in another project', () => {
    const [here, there] = [workbook(1, 'Sales North'), workbook(2, 'Sales Nort', 'Archive')]
    expect(told([here, there], [here], [{ workbook: 'Sales Nort', project: 'Finance' }])).toEqual(['cannot Sales Nort: The workbook “Sales Nort” is there in “Archive”, not in “Finance”. Is “Sales North” meant?'])
  })

  it('also after more than 200 rows that mean nothing', () => {
    const on = [workbook(1, 'Quarterly earnings')]
    const rows = [...Array.from({ length: 300 }, (_, n) => ({ workbook: `Nothing of number ${n}` })), { workbook: 'Quarterly earning' }]
    expect(steps(on, on, rows).filter(({ step }) => step === 'delete')).toEqual([])
  })

  it('also where there is too much to compare; then the plan says so', () => {
    const on = Array.from({ length: 3000 }, (_, n) => workbook(n, `Report of the region in the north ${n}`))
    const rows = Array.from({ length: 3000 }, (_, n) => ({ workbook: `Account on a season of the south ${n}` }))
    const planned = steps(on, on, rows)
    expect(planned.filter(({ step }) => step === 'delete')).toEqual([])
    expect(planned[0]?.reason).toBe('It stays on “Nightly”. So much of the text means nothing on this site that it could not be told whether this is meant.')
  })

  it('and what is of another name is', () => {
    const on = [workbook(1, 'Quarterly earnings'), workbook(2, 'KPI')]
    expect(steps(on, on, [{ workbook: 'Weekly pipeline' }, { workbook: 'KPL' }]).map(({ step, name }) => `${step} ${name}`)).toEqual(['delete Quarterly earnings', 'delete KPI', 'cannot Weekly pipeline', 'cannot KPL'])
  })
})

describe('a schedule whose name looks like another one’s', () => {
  const [nfc, nfd] = ['Täglich'.normalize('NFC'), 'Täglich'.normalize('NFD')]
  const planned = (there: readonly string[], wanted: readonly string[]): string[] =>
    planOf(
      { ...current([], []), schedules: there.map((name, at) => ({ ...nightly, id: id(at + 1), name })) },
      { refreshboard: 1, schedules: wanted.map((name) => ({ name, type: 'Extract', repeats: { frequency: 'Daily', start: '01:00:00' } })) },
      { prune: true },
    ).steps.map(({ step, name, reason = '' }) => `${step} ${name}: ${reason}`)
  const notMade = 'Two names that differ in capitals, blanks or the form of their letters alone are not made from here.'

  it('is not made, and the other one is not deleted', () => {
    expect(planned([nfc], [nfd])).toEqual([`cannot ${nfd}: It cannot be made. Is “${nfc}” meant, which looks the same and is written with other characters? ${notMade}`])
    expect(planned(['Nightly', 'Other'], ['nightly'])).toEqual(['delete Other: ', `cannot nightly: It cannot be made. Is “Nightly” meant? ${notMade}`])
  })

  it('is not made beside another one that is', () => {
    expect(planned([], ['A', 'a'])).toEqual(['create A: ', `cannot a: It cannot be made. Is “A” meant? ${notMade}`])
  })

  it('is what it is where a server has both', () => {
    expect(planned(['A', 'a', nfc, nfd], ['A', 'a', nfd])).toEqual([`delete ${nfc}: `, 'unchanged A: It is as the text says.', 'unchanged a: It is as the text says.', `unchanged ${nfd}: It is as the text says.`])
  })
})
