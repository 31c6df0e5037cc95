import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContentItem, ContentSpec } from './content.ts'
import type { TableauSim } from './index.ts'
import { errorCode, one, send, signIn, startStill } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
const userId = (name: string): string => sim.world.account(name).memberships[0]?.userId ?? ''
/** In a project that `leader` leads. */
const item = (kind: ContentItem['kind'], { owner = 'admin', ...spec }: Partial<ContentSpec> & { owner?: string } = {}): ContentItem => {
  const site = sim.world.site()
  const project = site.addProject({ name: 'Project', ownerId: userId('admin'), leaderUserIds: [userId('leader')] })
  return site.addContent({ kind, name: 'Sales', ownerId: userId(owner), project, ...spec })
}
const outcome = (reply: RawReply) => `${reply.status} ${reply.status < 300 ? '' : errorCode(reply)}`.trim()
const at = (rest: string, session: SignedIn, siteId = session.siteId, version = '3.24') => `/api/${version}/sites/${siteId}${rest}`
const site = (attributes: string): string => `<tsRequest><site ${attributes}/></tsRequest>`
const update = (body: string, session = admin, siteId?: string, version?: string) => send(sim, at('', session, siteId, version), { method: 'PUT', token: session.token, ...(body !== '' && { body }) })
const setMode = (mode: string, session = admin, siteId?: string) => update(site(`extractEncryptionMode="${mode}"`), session, siteId)
const toAll = (what: string, session = admin, siteId?: string, version?: string) => send(sim, at(`/${what}-extracts`, session, siteId, version), { method: 'POST', token: session.token })
const query = (session = admin, version?: string) => send(sim, at('', session, undefined, version), { token: session.token })
const modeIn = (reply: RawReply) => one(reply.text, 'site').getAttribute('extractEncryptionMode')

describe('the mode of a site', () => {
  it('is told to administrators, from 3.5 on, and set by those of the server', async () => {
    expect(modeIn(await query())).toBe('enabled')
    const reply = await setMode('enforced')
    expect([outcome(reply), modeIn(reply), modeIn(await query(await signIn(sim, 'site-admin')))]).toEqual(['200', 'enforced', 'enforced'])
    expect([one((await query(await signIn(sim, 'creator'))).text, 'site'), one((await query(admin, '3.4')).text, 'site')].map((each) => each.hasAttribute('extractEncryptionMode'))).toEqual([false, false])
    await setMode('enforced')
    expect(sim.ledger.of('updateSite').map(({ applied }) => applied)).toEqual([true, false])
  })

  it('encrypts everything when enforced, decrypts everything when disabled, and leaves it as it is when enabled', async () => {
    const [open, live] = [item('workbook'), item('datasource', { hasExtracts: false })]
    const flags = (...more: ContentItem[]) => [open, live, ...more].map(({ encryptExtracts }) => encryptExtracts)
    await setMode('enforced')
    const later = item('workbook')
    expect(flags(later)).toEqual([true, true, true])
    await setMode('enabled')
    expect(flags(later)).toEqual([true, true, true])
    await setMode('disabled')
    const last = item('workbook', { encryptExtracts: true })
    expect(flags(later, last)).toEqual([false, false, false, false])
    const row = await send(sim, at(`/workbooks/${last.id}`, admin), { token: admin.token })
    expect(one(row.text, 'workbook').getAttribute('encryptExtracts')).toBe('false')
  })

  it.each([['no body', ''], ['no site', '<tsRequest/>'], ['an unknown mode', site('extractEncryptionMode="on"')], ['another case', site('extractEncryptionMode="Enabled"')]])('stays for %s: 400000', async (_, body) => {
    expect([outcome(await update(body)), sim.world.site().extractEncryptionMode]).toEqual(['400 400000', 'enabled'])
  })

  it('stays for a request without it', async () => {
    sim.world.site().extractEncryptionMode = 'disabled'
    expect([modeIn(await update(site('name="Another"'))), sim.world.site().name, sim.ledger.of('updateSite')[0]?.applied]).toEqual(['disabled', 'Default', false])
  })

  it.each(['site-admin', 'creator', 'leader', 'explorer', 'viewer'])('is not for %s to set', async (name) => {
    expect([outcome(await setMode('disabled', await signIn(sim, name))), sim.world.site().extractEncryptionMode]).toEqual(['403 403004', 'enabled'])
  })
})

describe('encrypting, decrypting and reencrypting all extracts', () => {
  it('takes effect at once on all that has one, without a body and a job', async () => {
    const [workbook, datasource, live] = [item('workbook'), item('datasource'), item('workbook', { hasExtracts: false })]
    const flags = () => [workbook, datasource, live].map(({ encryptExtracts }) => encryptExtracts)
    expect(await toAll('encrypt')).toMatchObject({ status: 200, text: '' })
    expect(flags()).toEqual([true, true, false])
    expect(await toAll('reencrypt')).toMatchObject({ status: 200, text: '' })
    expect(flags()).toEqual([true, true, false])
    expect(await toAll('decrypt')).toMatchObject({ status: 200, text: '' })
    expect(flags()).toEqual([false, false, false])
    expect(sim.world.site().jobs).toEqual([])
    const written = sim.ledger.entries.filter(({ method, path }) => method === 'POST' && path.endsWith('-extracts'))
    expect(written.map(({ operation, applied }) => [operation, applied])).toEqual([['encryptExtracts', true], ['reencryptExtracts', true], ['decryptExtracts', true]])
  })

  it('is of one site alone', async () => {
    const finance = sim.world.site('finance')
    finance.extractEncryptionMode = 'enabled'
    const other = finance.addContent({ kind: 'workbook', name: 'Costs', ownerId: 'nobody' })
    await toAll('encrypt')
    expect(other.encryptExtracts).toBe(false)
    await toAll('encrypt', await signIn(sim, 'admin', 'finance'))
    expect(other.encryptExtracts).toBe(true)
  })

  it.each([
    ['enforced', ['200', '409 409090', '200'], true],
    ['disabled', ['409 409090', '409 409090', '409 409090'], false],
  ] as const)('where the mode is %s', async (mode, expected, encrypted) => {
    const of = item('workbook')
    sim.world.site().extractEncryptionMode = mode
    expect([outcome(await toAll('encrypt')), outcome(await toAll('decrypt')), outcome(await toAll('reencrypt')), of.encryptExtracts]).toEqual([...expected, encrypted])
  })

  it.each(['site-admin', 'creator', 'leader', 'explorer', 'viewer'])('is not for %s', async (name) => {
    const [of, session] = [item('workbook', { owner: name }), await signIn(sim, name)]
    for (const what of ['encrypt', 'decrypt', 'reencrypt']) expect(outcome(await toAll(what, session))).toBe('403 403004')
    expect(of.encryptExtracts).toBe(false)
  })
})

describe('a site that is not the session’s', () => {
  it('is 401002 where it exists and 404000 where it does not', async () => {
    const finance = sim.world.site('finance')
    for (const [siteId, expected] of [[finance.id, '401 401002'], [nowhere, '404 404000']] as const) {
      const replies = [await setMode('disabled', admin, siteId), await toAll('encrypt', admin, siteId), await toAll('decrypt', admin, siteId), await toAll('reencrypt', admin, siteId)]
      expect(replies.map(outcome)).toEqual([expected, expected, expected, expected])
    }
    expect([finance.extractEncryptionMode, (await query()).status]).toEqual(['enforced', 200])
  })
})

describe('the encryption of one workbook or data source', () => {
  const set = (of: ContentItem, value: string, session = admin, version?: string) =>
    send(sim, at(`/${of.kind}s/${of.id}`, session, undefined, version), { method: 'PUT', token: session.token, body: `<tsRequest><${of.kind} ${value === '' ? '' : `encryptExtracts="${value}"`}/></tsRequest>` })

  it.each(['workbook', 'datasource'] as const)('of a %s is set, and told', async (kind) => {
    const of = item(kind)
    const reply = await set(of, 'true')
    expect([reply.status, one(reply.text, kind).getAttribute('id'), one(reply.text, kind).getAttribute('encryptExtracts'), of.encryptExtracts]).toEqual([200, of.id, 'true', true])
    for (const value of ['True', '', 'False']) expect((await set(of, value)).status).toBe(200)
    expect([of.encryptExtracts, outcome(await set(of, 'yes')), outcome(await set(of, 'false', admin, '3.4'))]).toEqual([false, '400 400000', '405 405000'])
    expect(sim.ledger.of(kind === 'workbook' ? 'updateWorkbook' : 'updateDatasource').map(({ applied }) => applied)).toEqual([true, false, false, true, false])
  })

  it.each(['enforced', 'disabled'] as const)('cannot be set where the mode is %s', async (mode) => {
    const of = item('workbook')
    sim.world.site().extractEncryptionMode = mode
    for (const value of ['true', 'false']) expect([outcome(await set(of, value)), of.encryptExtracts]).toEqual(['409 409090', mode === 'enforced'])
  })

  it('is set in a request that names the item', async () => {
    const of = item('workbook')
    const reply = await send(sim, at(`/workbooks/${of.id}`, admin), { method: 'PUT', token: admin.token, body: '<tsRequest><datasource encryptExtracts="true"/></tsRequest>' })
    expect([outcome(reply), of.encryptExtracts]).toEqual(['400 400000', false])
  })

  // Whoever leads the project may make and delete its extracts, and not this.
  it.each([['admin', '200'], ['site-admin', '200'], ['creator', '200'], ['leader', '403 403004'], ['explorer', '403 403004'], ['viewer', '403 403004']])('%s → %s, where creator owns it and leader leads its project', async (name, expected) => {
    const session = await signIn(sim, name)
    for (const kind of ['workbook', 'datasource'] as const) {
      const of = item(kind, { owner: 'creator' })
      expect([outcome(await set(of, 'true', session)), of.encryptExtracts]).toEqual([expected, expected === '200'])
    }
  })
})

describe('versions', () => {
  it('since 3.5', async () => {
    const of = item('workbook')
    expect([outcome(await update(site('extractEncryptionMode="disabled"'), admin, undefined, '3.4')), outcome(await toAll('encrypt', admin, undefined, '3.4'))]).toEqual(['405 405000', '404 404003'])
    expect([sim.world.site().extractEncryptionMode, of.encryptExtracts]).toEqual(['enabled', false])
    expect([outcome(await toAll('encrypt', admin, undefined, '3.5')), outcome(await update(site('extractEncryptionMode="disabled"'), admin, undefined, '3.5'))]).toEqual(['200', '200'])
  })
})
