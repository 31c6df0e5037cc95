import { crc32, inflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContentSpec } from './content.ts'
import type { TableauSim } from './index.ts'
import { all, errorCode, one, send, signIn, sitePath, startStill } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill()
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const read = (path: string, session = admin, token: string | undefined = session.token) => send(sim, sitePath(session, path), token === undefined ? {} : { token })

describe('Query Workbook', () => {
  it('tells what the list tells, and its view', async () => {
    const { id, defaultViewId } = sim.world.site().findContent('Pipeline by Stage')
    const { text } = await read(`/workbooks/${id.toUpperCase()}`)
    const row = one((await read('/workbooks?filter=name:eq:Pipeline+by+Stage')).text, 'workbook')
    const workbook = one(text, 'workbook')
    for (const { name, value } of row.attributes) expect([name, workbook.getAttribute(name)]).toEqual([name, value])
    expect([one(text, 'project').getAttribute('name'), one(text, 'owner').hasAttribute('id'), one(text, 'owner').hasAttribute('name')]).toEqual(['Sales', true, false])
    expect(all(text, 'view').map((view) => view.getAttribute('id'))).toEqual([defaultViewId])
  })

  it('has the id that jobs name it by', async () => {
    for (const job of sim.world.site().jobs) {
      if (job.content?.kind !== 'workbook') continue
      expect(one((await read(`/workbooks/${job.content.id}`)).text, 'workbook').getAttribute('name')).toBe(job.content.name)
    }
  })
})

describe('Query Workbook Connections', () => {
  const connectionsOf = async (of: { id: string }, session = admin) => await read(`/workbooks/${of.id}/connections`, session)
  const add = (name: string, more: Partial<ContentSpec> = {}) => sim.world.site().addContent({ kind: 'workbook', name, ownerId: admin.userId, ...more })

  it('has one for each data source of the workbook, and a file without a server', async () => {
    const workbook = add('Sell-through', { connectionType: 'snowflake', datasources: [{ name: 'Orders & returns' }, { name: 'Targets.xlsx', connectionType: 'excel-direct' }] })
    const { status, text } = await connectionsOf(workbook)
    const [orders, targets] = workbook.datasources
    const rows = all(text, 'connection')
    const ids = rows.map((row) => row.getAttribute('id') ?? '')
    expect([status, all(text, 'connections').length, new Set([...ids, orders?.id, targets?.id]).size]).toEqual([200, 1, 4])
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(text).toContain(`type="snowflake" serverAddress="dwh-1.corp.example" serverPort="1433" userName="reporting"><datasource id="${orders?.id ?? ''}" name="Orders &amp; returns"/></connection>`)
    expect(text).toContain(`type="excel-direct" serverAddress="" serverPort="" userName=""><datasource id="${targets?.id ?? ''}" name="Targets.xlsx"/></connection></connections>`)
  })

  it('of an embedded data source has an id that is no published one’s, the same every time', async () => {
    const workbook = add('Sell-through')
    const [first, second] = await Promise.all([connectionsOf(workbook), connectionsOf(workbook)])
    expect(first.text).toBe(second.text)
    const { id } = workbook.datasources[0] ?? {}
    expect([one(first.text, 'datasource').getAttribute('id'), sim.world.site().content(id ?? '')]).toEqual([id, undefined])
  })

  it('is 404006 for what is not there and for what may not be seen', async () => {
    const project = sim.world.site().addProject({ name: 'Payroll', ownerId: admin.userId, openToAll: false })
    const closed = add('Bonus', { project })
    const viewer = await signIn(sim, 'viewer')
    expect((await connectionsOf(closed)).status).toBe(200)
    expect([errorCode(await connectionsOf(closed, viewer)), errorCode(await connectionsOf({ id: '00000000-0000-4000-8000-000000000000' }))]).toEqual(['404006', '404006'])
  })
})

describe('a preview image', () => {
  /** The chunks of a PNG; throws for a wrong signature, length or CRC. */
  const chunksOf = (bytes: Buffer): Map<string, Buffer> => {
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    const chunks = new Map<string, Buffer>()
    for (let at = 8; at < bytes.length; ) {
      const length = bytes.readUInt32BE(at)
      const typed = bytes.subarray(at + 4, at + 8 + length)
      expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(typed))
      chunks.set(typed.subarray(0, 4).toString('latin1'), typed.subarray(4))
      at += 12 + length
    }
    return chunks
  }

  it('is a PNG of 300 × 200 px, with a palette and every line of it', async () => {
    const { id } = sim.world.site().findContent('Superstore')
    const reply = await read(`/workbooks/${id}/previewImage`)
    expect([reply.status, reply.headers['content-type'], reply.headers['content-length']]).toEqual([200, 'image/png', String(reply.bytes.length)])
    const chunks = chunksOf(reply.bytes)
    expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND'])
    const header = chunks.get('IHDR') ?? Buffer.alloc(0)
    expect([header.readUInt32BE(0), header.readUInt32BE(4), ...header.subarray(8)]).toEqual([300, 200, 8, 3, 0, 0, 0])
    const pixels = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
    expect(pixels).toHaveLength(301 * 200)
    expect(new Set(pixels)).toEqual(new Set([0, 1, 2, 3]))
    expect(reply.bytes.length).toBeLessThan(5_000)
  })

  it('is the same every time, and another for another workbook', async () => {
    const pictureOf = async (name: string) => (await read(`/workbooks/${sim.world.site().findContent(name).id}/PreviewImage`)).bytes.toString('base64')
    expect(await pictureOf('Superstore')).toBe(await pictureOf('Superstore'))
    expect(await pictureOf('Superstore')).not.toBe(await pictureOf('Regional Sales'))
  })
})

describe.each(['', '/previewImage'])('a workbook%s', (rest) => {
  const codeOf = async (path: string, session = admin, token: string | undefined = session.token) => {
    const reply = await read(path, session, token)
    return `${reply.status} ${errorCode(reply)}`
  }

  it('that is not there is 404006', async () => {
    expect(await codeOf(`/workbooks/ffffffff-ffff-4fff-8fff-ffffffffffff${rest}`)).toBe('404 404006')
    expect(await codeOf(`/workbooks/no-luid${rest}`)).toBe('404 404006')
    expect(await codeOf(`/workbooks/${sim.world.site().findContent('Customers 360').id}${rest}`)).toBe('404 404006')
    expect(await codeOf(`/workbooks/${sim.world.site('finance').findContent('Cash Forecast').id}${rest}`)).toBe('404 404006')
  })

  it('that the caller may not see is 404006 too', async () => {
    const site = sim.world.site()
    const { id } = site.addContent({ kind: 'workbook', name: 'Secret', ownerId: admin.userId })
    const viewer = await signIn(sim, 'viewer')
    expect(await codeOf(`/workbooks/${id}${rest}`, viewer)).toBe('404 404006')
    expect((await read(`/workbooks/${id}${rest}`)).status).toBe(200)
  })

  it('needs a living session of its site, and GET', async () => {
    const { id } = sim.world.site().findContent('Superstore')
    const finance = await signIn(sim, 'admin', 'finance')
    expect((await send(sim, sitePath(admin, `/workbooks/${id}${rest}`))).text).toContain('401000')
    expect(await codeOf(`/workbooks/${id}${rest}`, admin, 'dead')).toBe('401 401002')
    expect(await codeOf(`/workbooks/${id}${rest}`, admin, finance.token)).toBe('401 401002')
    const posted = await send(sim, sitePath(admin, `/workbooks/${id}${rest}`), { method: 'POST', token: admin.token })
    expect(`${posted.status} ${errorCode(posted)}`).toBe('405 405000')
  })
})

describe('the ledger', () => {
  it('names each of these methods', async () => {
    const { id } = sim.world.site().findContent('Superstore')
    sim.ledger.clear()
    for (const path of ['/workbooks', `/workbooks/${id}`, `/workbooks/${id}/previewImage`, '/datasources', '/projects', '/users']) await read(path)
    expect(sim.ledger.entries.map(({ operation, status, applied }) => [operation, status, applied])).toEqual(
      ['queryWorkbooks', 'queryWorkbook', 'queryWorkbookPreviewImage', 'queryDatasources', 'queryProjects', 'queryUsersOnSite'].map((operation) => [operation, 200, false]),
    )
  })
})

describe('Query Site', () => {
  it('tells administrators whether jobs can be run by hand', async () => {
    await using busy = await startStill({ scenario: 'busy' })
    const runNow = async (account: string, contentUrl = '') => {
      const session = await signIn(busy, account, contentUrl)
      return one((await send(busy, sitePath(session, ''), { token: session.token })).text, 'site').getAttribute('runNowEnabled')
    }
    expect([await runNow('admin'), await runNow('site-admin', 'finance'), await runNow('creator', 'finance')]).toEqual(['true', 'false', null])
    busy.world.site().runNowEnabled = false
    expect(await runNow('admin')).toBe('false')
  })
})
