import { describe, expect, it } from 'vitest'
import { anItem, aRun } from '../../test/a-run.ts'
import { runCsv } from './run-csv.ts'

const cells = (...items: ReturnType<typeof anItem>[]): string[] => runCsv(aRun(items)).split('\r\n')

describe('the table file of a run', () => {
  it('has a line for each item, with Tableau’s own words and the request id', () => {
    const [head, line, end] = cells(
      anItem(0, { state: 'refused', problem: { code: 'forbidden', title: 'Not allowed', detail: 'No', status: 403, requestId: 'request-7', tableau: { code: '403004', summary: 'Forbidden', detail: 'Not yours.' } } }),
    )
    expect(head).toMatch(/^\uFEFFnumber,id,name,/)
    expect(line).toBe('1,00000000-0000-4000-8000-000000000001,Sales 1,,It will be cancelled.,Refused,,,Not allowed,No,403004,Forbidden,Not yours.,request-7,,,')
    expect(end).toBe('')
  })

  it('tells a name that begins like a formula as text', () => {
    expect(cells(anItem(0, { name: '＝1+1' }))[1]).toContain(`,'＝1+1,`)
  })
})
