import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { principalKey } from '../session/principal.ts'
import { openDatabase, type BulkItemRow, type BulkRunRow, type Database, type WriteRow } from '../storage/database.ts'
import { createBulkStore, type BulkStore } from './bulk-store.ts'

const me = principalKey({ serverId: 'server', siteId: 's', userId: 'u' })
const other = principalKey({ serverId: 'server', siteId: 's', userId: 'v' })

let database: Database
let store: BulkStore
beforeEach(async () => {
  database = await openDatabase(':memory:')
  store = createBulkStore(database)
})
afterEach(() => database.destroy())

const run = (given: Partial<BulkRunRow> = {}): BulkRunRow => ({
  id: randomUUID(),
  principal: me,
  action: 'jobs.cancel',
  wanted: '{}',
  title: 'Cancel 1 job',
  state: 'planned',
  why: null,
  retry_at: null,
  digest: 'd',
  warnings: '[]',
  planned_at: 1000,
  started_at: null,
  ended_at: null,
  ...given,
})
const item = ({ id }: BulkRunRow, given: Partial<BulkItemRow> = {}): BulkItemRow => ({
  run_id: id,
  n: 0,
  id: 'job',
  name: 'Job',
  about: null,
  step: 'act',
  will: 'It will be cancelled.',
  changes: null,
  state: 'planned',
  reason: null,
  evidence: null,
  problem: null,
  result: null,
  keys: JSON.stringify([randomUUID()]),
  input: '{}',
  sent_at: null,
  ...given,
})
const write = (key: string, given: Partial<WriteRow> = {}): WriteRow => ({
  principal: me,
  key,
  operation: 'jobs.cancel',
  input_hash: '',
  target: 'job',
  state: 'checking',
  evidence: '',
  problem: null,
  refused: 0,
  repeatable: 0,
  started_at: 1000,
  input: null,
  before: null,
  result: null,
  ...given,
})
const idsLeft = async (): Promise<string[]> => (await database.selectFrom('bulk_runs').select('id').execute()).map(({ id }) => id)
const itemsLeft = async (): Promise<number> => (await database.selectFrom('bulk_items').selectAll().execute()).length

describe('what is kept', () => {
  it('is no plan that was not started in time, and nothing that was over long ago', async () => {
    const [old, fresh] = [run({ planned_at: 1 }), run({ planned_at: 100 })]
    const [over, lately, halted] = [run({ state: 'done', ended_at: 1, planned_at: 1 }), run({ state: 'stopped', ended_at: 100, planned_at: 1 }), run({ state: 'halted', planned_at: 1 })]
    for (const one of [old, fresh, over, lately, halted]) await store.plan(one, [item(one)])
    await store.purge(50, 50)
    expect((await idsLeft()).toSorted()).toEqual([fresh.id, lately.id, halted.id].toSorted())
    expect(await itemsLeft()).toBe(3)
  })

  it('are the last 50 of a person that are over, and all that are not', async () => {
    const runs = Array.from({ length: 53 }, (_, at) => run({ state: 'done', planned_at: at, ended_at: 1000 + at }))
    const theirs = run({ principal: other, state: 'done', planned_at: 0, ended_at: 1 })
    const paused = run({ state: 'paused', planned_at: 0 })
    for (const one of [...runs, theirs, paused]) await store.plan(one, [item(one)])
    expect((await store.list(me)).map(({ id }) => id)).toEqual([...runs.toReversed().slice(0, 50), paused].map(({ id }) => id))
    await store.purge(0, 0)
    expect((await idsLeft()).toSorted()).toEqual([...runs.slice(3), theirs, paused].map(({ id }) => id).toSorted())
  })

  it('are the last 20 plans of a person that were not started', async () => {
    const runs = Array.from({ length: 23 }, (_, at) => run({ planned_at: at }))
    const theirs = run({ principal: other, planned_at: 0 })
    for (const one of [theirs, ...runs]) await store.plan(one, [item(one)])
    expect((await idsLeft()).toSorted()).toEqual([theirs, ...runs.slice(3)].map(({ id }) => id).toSorted())
  })

  it('is told to its own person alone', async () => {
    const mine = run()
    await store.plan(mine, [])
    expect([await store.find(other, mine.id), await store.list(other)]).toEqual([undefined, []])
  })
})

describe('after a restart', () => {
  it('what ran is interrupted, and what was never recorded as sent is planned again', async () => {
    const mine = run({ state: 'running' })
    const [unsent, sent, longAgo, checking] = [
      item(mine, { state: 'sending', sent_at: 500 }),
      item(mine, { n: 1, state: 'sending', sent_at: 500 }),
      item(mine, { n: 2, state: 'sending', sent_at: 10 }),
      item(mine, { n: 3, state: 'checking', sent_at: 500 }),
    ]
    const pausing = run({ state: 'pausing' })
    const waiting = run({ state: 'waiting', retry_at: 700 })
    await store.plan(mine, [unsent, sent, longAgo, checking])
    await store.plan(pausing, [])
    await store.plan(waiting, [])
    await database.insertInto('writes').values(write(String(JSON.parse(sent.keys)))).execute()
    // Somebody else’s record of the same key says nothing of this one.
    await database.insertInto('writes').values(write(String(JSON.parse(unsent.keys)), { principal: other })).execute()
    await store.recover('restarted', 100)
    expect((await store.items(mine.id)).map(({ state, sent_at: at }) => [state, at])).toEqual([['planned', null], ['sending', 500], ['sending', 10], ['checking', 500]])
    expect([(await store.find(me, mine.id))?.state, (await store.find(me, mine.id))?.why, (await store.find(me, pausing.id))?.state]).toEqual(['interrupted', 'restarted', 'pausing'])
    // What Tableau asked for holds over a restart.
    expect(await store.find(me, waiting.id)).toMatchObject({ state: 'interrupted', retry_at: 700 })
  })
})

describe('an item of the same id in another run', () => {
  it.each([
    ['nothing was sent of', {}, {}, [], false],
    ['something was sent of', {}, {}, [{ state: 'done' }], true],
    ['something was sent of, by somebody else', { principal: other }, {}, [{ state: 'done', principal: other }], true],
    ['its run is through with', {}, { state: 'done' }, [{ state: 'done' }], false],
    ['is of a run that was stopped', { state: 'stopped' }, {}, [{ state: 'done' }], false],
    ['is of another action', { action: 'tasks.delete' }, {}, [{ state: 'done' }], false],
  ] as const)('%s', async (_name, ofRun, ofItem, writes, begun) => {
    const [mine, another] = [run({ state: 'running', action: 'tasks.move' }), run({ state: 'waiting', action: 'tasks.move', ...ofRun })]
    const theirs = item(another, { state: 'sending', ...ofItem })
    await store.plan(mine, [item(mine, { state: 'sending' })])
    await store.plan(another, [theirs])
    for (const row of writes) await database.insertInto('writes').values(write(String(JSON.parse(theirs.keys)), row)).execute()
    expect(await store.begunElsewhere('tasks.move', item(mine))).toBe(begun)
  })
})

describe('what stands of an item', () => {
  it.each([
    ['nothing recorded', [], 'untouched'],
    ['refused, and it may be sent again', [{ state: 'not_done', repeatable: 1 }], 'untouched'],
    ['done', [{ state: 'done' }], 'begun'],
    ['the first done, the second not sent', [{ state: 'done' }, { state: 'not_done', repeatable: 1 }], 'begun'],
    ['refused', [{ state: 'not_done' }], 'over'],
    ['the first done, the second not known', [{ state: 'done' }, { state: 'unconfirmed' }], 'over'],
  ] as const)('%s', async (_name, rows, standing) => {
    const keys = rows.map(() => randomUUID())
    for (const [at, row] of rows.entries()) await database.insertInto('writes').values(write(keys[at] ?? '', row)).execute()
    expect(await store.standing(me, [...keys, randomUUID()])).toBe(standing)
  })
})
