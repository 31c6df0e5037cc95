import { TableauApiError } from '@refreshboard/tableau-client'
import { describe, expect, it } from 'vitest'
import { tableauCodes } from './tableau-codes.ts'
import { tableauProblem } from './tableau-problems.ts'

const now = Date.parse('2026-03-04T10:35:00Z')
const problem = (code: string, operation = 'queryJobs') =>
  tableauProblem(new TableauApiError(operation, { code, summary: 'Summary', detail: 'The detail.', httpStatus: 400 }), now)

describe('every code of Tableau’s', () => {
  const codes = Object.entries(tableauCodes)

  it('has a sentence of its own', () => {
    expect(new Set(codes.map(([, { next }]) => next)).size).toBe(codes.length)
    expect(codes.filter(([, { next }]) => !/^[A-Z“].{15,}\.$/.test(next))).toEqual([])
    expect(codes.length).toBeGreaterThan(35)
  })

  it.each(codes)('%s becomes what the table says, with its sentence', (code, { becomes, next }) => {
    const { code: became, detail = '' } = problem(code) ?? {}
    expect(became).toBe(becomes)
    expect(detail).toBe(becomes === 'throttled' ? 'Tableau asks to wait until 10:36 UTC. Nothing is repeated by itself.' : `Tableau says: The detail. ${next}`)
  })

  it('that is not in the table is told by its family', () => {
    const became = (code: string) => problem(code)?.code
    expect(['403999', '404999', '409999', '418000', '500123'].map(became)).toEqual(['forbidden', 'not_found', 'conflict', 'upstream_refused', 'upstream_refused'])
    expect(problem('409999')?.detail).toBe('Tableau says: The detail. Nothing was changed.')
  })
})

describe('a code that means something else for one operation', () => {
  it.each([
    ['400000', 'addWorkbookToSchedule', 'upstream_refused', 'for its own type alone'],
    ['403004', 'createWorkbookExtract', 'forbidden', 'unless “Run now” is switched off'],
    ['403004', 'createDatasourceExtract', 'forbidden', 'unless “Run now” is switched off'],
    ['403004', 'deleteWorkbookExtract', 'forbidden', 'owners and leaders of its project'],
    ['403004', 'deleteDatasourceExtract', 'forbidden', 'owners and leaders of its project'],
    ['403004', 'updateWorkbook', 'forbidden', 'Its owner and administrators'],
    ['403004', 'encryptExtracts', 'forbidden', 'Server administrators alone'],
    ['403004', 'updateSite', 'forbidden', 'Server administrators alone'],
    ['404004', 'createWorkbookExtract', 'not_found', 'none of this workbook'],
    ['409070', 'createWorkbookExtract', 'conflict', 'Tableau Desktop'],
    ['409090', 'createDatasourceExtract', 'conflict', 'has its extract already'],
    ['409090', 'deleteDatasourceExtract', 'conflict', 'there is no extract'],
    ['409090', 'updateDatasource', 'conflict', 'mode decides for all content'],
    ['409090', 'decryptExtracts', 'conflict', 'disabled for the site'],
    ['409093', 'createWorkbookExtract', 'already_queued', 'is being created already'],
  ])('%s of %s', (code, operation, becomes, words) => {
    const { code: became, detail = '' } = problem(code, operation) ?? {}
    expect([became, detail.includes(words)]).toEqual([becomes, true])
  })
})
