import { afterEach, expect, it, vi } from 'vitest'
import { anAudit, anAuditRecord } from '../../test/an-audit.ts'
import { fakeApi, json } from '../../test/fake-api.ts'
import { collectAudit } from './audit.queries.ts'
import { noFilter } from './audit.search.ts'

afterEach(() => vi.unstubAllGlobals())

const records = Array.from({ length: 1200 }, (_, index) => anAuditRecord({ seq: 1200 - index }))

it.each([
  ['come to match', [1150], []],
  ['match no more', [], [1150]],
] as const)('collects each record once where some %s while it reads', async (_, early, late) => {
  const matching = (without: readonly number[]) => records.filter(({ seq }) => !without.includes(seq))
  let now = matching(early)
  fakeApi({
    'GET /api/audit': ({ query }) => {
      const older = now.filter(({ seq }) => seq < Number(query.get('before') ?? Infinity))
      const rows = older.slice(Number(query.get('offset')), Number(query.get('offset')) + Number(query.get('limit')))
      now = matching(late)
      return json(anAudit(rows, { total: now.length }))
    },
  })
  const { rows } = await collectAudit({ filter: noFilter, signal: new AbortController().signal, onProgress: () => undefined })
  expect(rows.map(({ seq }) => seq)).toEqual(matching(early).map(({ seq }) => seq))
})
