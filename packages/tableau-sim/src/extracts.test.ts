import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContentItem, ContentSpec } from './content.ts'
import type { TableauSim } from './index.ts'
import { all, errorCode, jobsPath, one, send, signIn, startStill } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
type Kind = ContentItem['kind']
const userId = (name: string): string => sim.world.account(name).memberships[0]?.userId ?? ''
/** Live unless said otherwise; in a project that `leader` leads and `explorer` owns where it is asked for. */
const item = (kind: Kind, { owner = 'admin', led = false, ...spec }: Partial<ContentSpec> & { owner?: string; led?: boolean } = {}): ContentItem => {
  const site = sim.world.site()
  const above = site.addProject({ name: 'Above', ownerId: userId(led ? 'explorer' : 'admin'), leaderUserIds: led ? [userId('leader')] : [] })
  const project = site.addProject({ name: 'Project', ownerId: userId('admin'), parent: above })
  return site.addContent({ kind, name: 'Sales', ownerId: userId(owner), project, hasExtracts: false, ...spec })
}
const several = (spec: Partial<ContentSpec> = {}): ContentItem => item('workbook', { datasources: [{ name: 'Orders' }, { name: 'Stock' }, { name: 'Targets', connectionType: 'excel-direct' }], ...spec })

const everything = '<tsRequest><datasources includeAll="true"/></tsRequest>'
const chosen = (...ids: readonly (string | undefined)[]): string => `<tsRequest><datasources includeAll="false">${ids.map((id) => `<datasource id="${id ?? ''}"/>`).join('')}</datasources></tsRequest>`
const post = ({ kind, id }: { kind: Kind; id: string }, method: string, session = admin, body = kind === 'workbook' ? everything : '', version = '3.24') =>
  send(sim, `/api/${version}/sites/${session.siteId}/${kind}s/${id}/${method}`, { method: 'POST', token: session.token, ...(body !== '' && { body }) })
const create = (of: { kind: Kind; id: string }, { body, session, query = '' }: { body?: string; session?: SignedIn; query?: string } = {}) => post(of, `createExtract${query}`, session, body)
const remove = (of: { kind: Kind; id: string }, body?: string, session?: SignedIn) => post(of, 'deleteExtract', session, body)
const outcome = (reply: RawReply) => `${reply.status} ${reply.status < 300 ? '' : errorCode(reply)}`.trim()
const jobOf = () => sim.world.site().findJob({ jobType: 'createExtract' })
const has = ({ datasources }: ContentItem) => datasources.map(({ hasExtract }) => hasExtract)
/** A second until the job starts, then four, and a tenth for the megabyte. */
const untilDone = 5_100
const finish = () => sim.clock.advance(untilDone)

describe('creating an extract', () => {
  it.each(['workbook', 'datasource'] as const)('of a %s answers with the job, and the content has it when the job succeeds', async (kind) => {
    const of = item(kind)
    const reply = await create(of)
    const { id } = jobOf()
    expect(reply.status).toBe(200)
    expect(reply.text).toContain(
      `><job id="${id}" mode="Asynchronous" type="CreateExtract" createdAt="2026-03-04T16:00:00Z"><extractCreationJob><${kind} id="${of.id}" name="Sales"/><jobLuid>${id}</jobLuid></extractCreationJob></job></tsResponse>`,
    )
    expect(sim.ledger.entries.at(-1)).toMatchObject({ operation: kind === 'workbook' ? 'createWorkbookExtract' : 'createDatasourceExtract', applied: true })
    sim.clock.advance(untilDone - 1)
    expect([jobOf().status, of.hasExtracts]).toEqual(['InProgress', false])
    const { updatedAt } = of
    sim.clock.advance(1)
    expect([jobOf().status, of.hasExtracts, of.encryptExtracts, of.updatedAt > updatedAt]).toEqual(['Success', true, false, true])
  })

  it('makes a job that the list has and Query Job cannot read', async () => {
    await create(item('datasource'))
    const [row] = all((await send(sim, jobsPath(admin), { token: admin.token })).text, 'backgroundJob')
    expect(['id', 'jobType', 'title', 'status', 'subtitle'].map((name) => row?.getAttribute(name))).toEqual([jobOf().id, 'createExtract', 'Sales', 'Pending', 'Project'])
    expect(outcome(await send(sim, jobsPath(admin, `/${jobOf().id}`), { token: admin.token }))).toBe('400 400031')
  })

  it('of chosen data sources leaves the others alone', async () => {
    const of = several()
    expect((await create(of, { body: chosen(of.datasources[1]?.id.toUpperCase()) })).status).toBe(200)
    finish()
    expect([of.hasExtracts, has(of)]).toEqual([true, [false, true, false]])
    // The same again has its extract; another one has not.
    expect(outcome(await create(of, { body: chosen(of.datasources[1]?.id) }))).toBe('409 409090')
    expect((await create(of, { body: chosen(of.datasources[0]?.id, of.datasources[1]?.id) })).status).toBe(200)
    finish()
    expect(has(of)).toEqual([true, true, false])
  })

  it('of all data sources takes every one', async () => {
    const of = item('workbook', { datasources: [{ name: 'Orders' }, { name: 'Stock' }] })
    await create(of)
    finish()
    expect(has(of)).toEqual([true, true])
  })

  it('leaves all as it was where the job does not succeed', async () => {
    const of = item('workbook')
    await create(of)
    sim.world.engine.cancel(sim.world.site(), jobOf())
    finish()
    expect([jobOf().status, of.hasExtracts, has(of)]).toEqual(['Cancelled', false, [false]])
  })

  it.each([['?encrypt=true', true], ['?encrypt=True', true], ['?encrypt=false', false], ['', false]])('with “%s” where the mode is enabled: encrypted %s', async (query, encrypted) => {
    for (const kind of ['workbook', 'datasource'] as const) {
      const of = item(kind)
      expect((await create(of, { query })).status).toBe(200)
      finish()
      expect([of.hasExtracts, of.encryptExtracts]).toEqual([true, encrypted])
    }
  })

  it.each([['enforced', 'true', '200', true], ['enforced', 'false', '200', true], ['disabled', 'true', '409 409090', false], ['disabled', 'false', '200', false]] as const)('on a site whose mode is %s, encrypt=%s: %s, encrypted %s', async (mode, encrypt, expected, encrypted) => {
    sim.world.site().extractEncryptionMode = mode
    const of = item('datasource')
    expect(outcome(await create(of, { query: `?encrypt=${encrypt}` }))).toBe(expected)
    finish()
    expect([of.hasExtracts, of.encryptExtracts]).toEqual([expected === '200', encrypted])
  })

  it('is not encrypted where the mode was disabled in the meantime', async () => {
    const of = item('datasource')
    await create(of, { query: '?encrypt=true' })
    sim.world.site().extractEncryptionMode = 'disabled'
    finish()
    expect([of.hasExtracts, of.encryptExtracts]).toEqual([true, false])
  })

  it('is 409093 while one is being made, and 409090 from then on', async () => {
    const [of, other] = [item('workbook'), item('workbook', { name: 'Other' })]
    await create(of)
    for (const step of [0, 1_000]) {
      sim.clock.advance(step)
      expect(outcome(await create(of))).toBe('409 409093')
    }
    expect((await create(other)).status).toBe(200)
    finish()
    expect(outcome(await create(of))).toBe('409 409090')
    expect(sim.world.site().findJobs({ jobType: 'createExtract', title: 'Sales' })).toHaveLength(1)
  })

  it('is refused on a site where refreshes cannot be run by hand, to everybody', async () => {
    const of = item('workbook', { owner: 'creator' })
    sim.world.site().runNowEnabled = false
    for (const name of ['admin', 'creator']) {
      const reply = await create(of, { session: await signIn(sim, name) })
      expect([outcome(reply), one(reply.text, 'detail').textContent]).toEqual(['403 403004', 'RunNow is disabled for this site.'])
    }
    sim.world.site().runNowEnabled = true
    expect((await create(of)).status).toBe(200)
  })

  it.each([
    ['no body', '400 400000', () => ''],
    ['no data sources', '400 400000', () => '<tsRequest/>'],
    ['none chosen', '400 400000', () => chosen()],
    ['none chosen, as the reference’s example is written', '400 400000', () => '<tsRequest><datasources includeAll="false"/><datasource id="x"/></tsRequest>'],
    ['a flag that is none', '400 400000', () => '<tsRequest><datasources includeAll="all"/></tsRequest>'],
    ['one of another workbook', '404 404004', () => chosen(several().datasources[0]?.id)],
    ['a file', '409 409070', (of: ContentItem) => chosen(of.datasources[2]?.id)],
    ['a file among others', '409 409070', () => everything],
  ])('of a workbook is refused for %s: %s', async (_, expected, body) => {
    const of = several()
    expect(outcome(await create(of, { body: body(of) }))).toBe(expected)
    expect([sim.world.site().jobs, sim.ledger.of('createWorkbookExtract').map(({ applied }) => applied)]).toEqual([[], [false]])
  })

  it.each([
    ['a file', '409 409070', '', () => item('datasource', { connectionType: 'textscan' })],
    ['a flag that is none', '400 400000', '?encrypt=yes', () => item('datasource')],
    ['an extract that is there', '409 409090', '', () => item('datasource', { hasExtracts: true })],
    ['an unknown data source', '404 404004', '', () => ({ kind: 'datasource' as const, id: nowhere })],
    ['a workbook', '404 404004', '', () => ({ kind: 'datasource' as const, id: item('workbook').id })],
    ['an unknown workbook', '404 404006', '', () => ({ kind: 'workbook' as const, id: nowhere })],
    ['a data source as a workbook', '404 404006', '', () => ({ kind: 'workbook' as const, id: item('datasource').id })],
  ])('is refused for %s: %s', async (_, expected, query, of) => {
    expect(outcome(await create(of(), { query }))).toBe(expected)
    expect(sim.world.site().jobs).toEqual([])
  })
})

describe('deleting an extract', () => {
  it('takes effect at once: 200 of a workbook, 204 of a data source, without a body and a job', async () => {
    const [workbook, datasource] = [item('workbook', { hasExtracts: true, datasources: [{ name: 'Orders' }, { name: 'Stock', hasExtract: false }] }), item('datasource', { hasExtracts: true })]
    expect(await remove(workbook)).toMatchObject({ status: 200, text: '' })
    expect(await remove(datasource)).toMatchObject({ status: 204, text: '' })
    expect([workbook.hasExtracts, has(workbook), datasource.hasExtracts]).toEqual([false, [false, false], false])
    expect([workbook.updatedAt, datasource.updatedAt]).toEqual([sim.clock.now(), sim.clock.now()])
    expect(sim.ledger.entries.slice(-2)).toMatchObject([{ operation: 'deleteWorkbookExtract', applied: true }, { operation: 'deleteDatasourceExtract', applied: true }])
    expect([outcome(await remove(workbook)), outcome(await remove(datasource)), sim.world.site().jobs]).toEqual(['409 409090', '409 409090', []])
  })

  it.each([['nothing', ''], ['no data sources', '<tsRequest/>'], ['some of them', '<tsRequest><datasources includeAll="false"><datasource id="x"/></datasources></tsRequest>']])('of a workbook is refused for a body with %s', async (_, body) => {
    const of = item('workbook', { hasExtracts: true })
    expect([outcome(await remove(of, body)), of.hasExtracts]).toEqual(['400 400000', true])
  })

  it('of files alone is 409070; of files among others it is not', async () => {
    const [file, mixed] = [item('datasource', { hasExtracts: true, connectionType: 'excel-direct' }), several({ hasExtracts: true })]
    expect([outcome(await remove(file)), file.hasExtracts]).toEqual(['409 409070', true])
    expect([outcome(await remove(mixed)), mixed.hasExtracts]).toEqual(['200', false])
  })
})

describe('who may create and delete', () => {
  // creator owns the content; leader leads, and explorer owns, the project above its project.
  it.each([['admin', true], ['site-admin', true], ['creator', true], ['leader', true], ['explorer', true], ['viewer', false]])('%s: own or led %s', async (name, may) => {
    const session = await signIn(sim, name)
    for (const kind of ['workbook', 'datasource'] as const) {
      const [live, extracted] = [item(kind, { owner: 'creator', led: true }), item(kind, { owner: 'creator', led: true, hasExtracts: true })]
      const refused = may ? [] : ['403 403004', '403 403004']
      expect([outcome(await create(live, { session })), outcome(await remove(extracted, undefined, session))].filter((each) => each.startsWith('4'))).toEqual(refused)
      expect([sim.world.site().findJobs({ title: 'Sales' }).some(({ content }) => content?.id === live.id), extracted.hasExtracts]).toEqual([may, !may])
    }
  })

  it.each(['creator', 'leader', 'explorer', 'viewer'])('not %s, of what is neither theirs nor led by them', async (name) => {
    const session = await signIn(sim, name)
    for (const kind of ['workbook', 'datasource'] as const) {
      expect([outcome(await create(item(kind), { session })), outcome(await remove(item(kind, { hasExtracts: true }), undefined, session))]).toEqual(['403 403004', '403 403004'])
    }
  })
})

describe('versions', () => {
  it.each([['3.4', '404 404003'], ['3.5', '200']])('%s → %s', async (version, expected) => {
    const [live, extracted] = [item('workbook'), item('workbook', { hasExtracts: true })]
    expect(outcome(await post(live, 'createExtract', admin, everything, version))).toBe(expected)
    expect(outcome(await post(extracted, 'deleteExtract', admin, everything, version))).toBe(expected)
  })
})
