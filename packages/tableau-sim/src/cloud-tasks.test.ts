import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefreshTask, TableauSim, TaskSpec } from './index.ts'
import { all, errorCode, one, send, signInToCloud, startStillCloud } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStillCloud({ scenario: 'empty' })
  admin = await signInToCloud(sim)
})
afterEach(() => sim.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
const userId = (name: string): string => sim.world.account(name).memberships[0]?.userId ?? ''
const outcome = (reply: RawReply) => `${reply.status} ${reply.status < 300 ? '' : errorCode(reply)}`.trim()
const path = (rest = '', session = admin, version = '3.27'): string => `/api/${version}/sites/${session.siteId}/tasks/extractRefreshes${rest}`
const call = (method: string, rest: string, session = admin, body?: string) => send(sim, path(rest, session, '3.24'), { method, token: session.token, ...(body !== undefined && { body }) })
const create = (body: string, session = admin) => call('POST', '', session, body)
const update = (id: string, body: string, session = admin) => call('POST', `/${id}`, session, body)
const content = (name: string, more: { kind?: 'workbook' | 'datasource'; owner?: string; hasExtracts?: boolean; closed?: boolean } = {}) => {
  const project = sim.world.site().addProject({ name: `${name} project`, ownerId: userId('admin'), openToAll: more.closed !== true })
  return sim.world.site().addContent({ kind: more.kind ?? 'workbook', name, project, ownerId: userId(more.owner ?? 'admin'), hasExtracts: more.hasExtracts ?? true })
}
const wednesdays = { frequency: 'Weekly', start: '21:50:00', intervals: [{ weekDay: 'Wednesday' }] } as const
const add = (name: string, spec: Partial<TaskSpec> & { owner?: string } = {}): RefreshTask => {
  const { owner, ...rest } = spec
  return sim.world.addTask(admin.siteId, { content: content(name, { owner: owner ?? 'admin' }), times: wednesdays, runsForMs: 5000, ...rest })
}
const daily = '<schedule frequency="Daily"><frequencyDetails start="18:30:00" end="23:30:00"><intervals><interval hours="4"/><interval weekDay="Sunday"/><interval weekDay="Wednesday"/></intervals></frequencyDetails></schedule>'
const monthly = '<schedule frequency="Monthly"><frequencyDetails start="04:00:00"><intervals><interval monthDay="1"/><interval monthDay="15"/></intervals></frequencyDetails></schedule>'
const of = (item: { kind: string; id: string }, type = 'FullRefresh') => `<extractRefresh type="${type}"><${item.kind} id="${item.id}"/></extractRefresh>`
const request = (...parts: readonly string[]) => `<tsRequest>${parts.join('')}</tsRequest>`
const idsIn = (text: string) => all(text, 'extractRefresh').map((row) => row.getAttribute('id'))

describe('List and Get Extract Refresh Task', () => {
  it('print a schedule with its times, and without id, name and state', async () => {
    const task = add('Sales', { consecutiveFailedCount: 5 })
    const virtual = sim.world.addTask(admin.siteId, { content: { kind: 'virtualConnection', id: nowhere, name: 'Orders' }, times: wednesdays })
    const schedule = '<schedule frequency="Weekly" nextRunAt="2026-03-05T05:50:00Z"><frequencyDetails start="21:50:00"><intervals><interval weekDay="Wednesday"/></intervals></frequencyDetails></schedule>'
    const row = `<task><extractRefresh id="${task.id}" priority="50" consecutiveFailedCount="5" type="RefreshExtractTask">${schedule}<workbook id="${task.content.id}"/></extractRefresh></task>`
    const { text } = await call('GET', '')
    expect(text).toContain(`<tasks>${row}<task><extractRefresh id="${virtual.id}" priority="50" consecutiveFailedCount="0" type="RefreshExtractTask">${schedule}</extractRefresh></task></tasks>`)
    expect((await call('GET', `/${task.id}`)).text).toContain(`>${row}</tsResponse>`)
    expect(outcome(await call('GET', `/${virtual.id}`))).toBe('404 404026')
  })

  it('show what people who are no administrators own or have made', async () => {
    const [theirs, other] = [add('Theirs', { owner: 'creator' }), add('Other')]
    const creator = await signInToCloud(sim, 'creator')
    const made = one((await create(request(of(content('Open')), daily), creator)).text, 'extractRefresh').getAttribute('id') ?? ''
    expect(idsIn((await call('GET', '', creator)).text)).toEqual([theirs.id, made])
    expect(idsIn((await call('GET', '')).text)).toEqual([theirs.id, other.id, made])
    expect(outcome(await call('GET', `/${other.id}`, creator))).toBe('403 403004')
  })
})

describe('Create Cloud Extract Refresh Task', () => {
  it('answers task and schedule side by side, on the clock of the site', async () => {
    const item = content('Sales')
    const reply = await create(request(of(item), daily))
    expect(reply.status).toBe(200)
    const [task] = sim.world.tasks().all
    expect(reply.text).toContain(
      `xsd"><extractRefresh id="${task?.id ?? ''}" consecutiveFailedCount="0" type="FullRefresh"><workbook id="${item.id}"/></extractRefresh>` +
        `<schedule id="${task?.ownSchedule?.id ?? ''}" createdAt="2026-03-04T08:00:00-0800" updatedAt="2026-03-04T08:00:00-0800" frequency="Daily" nextRunAt="2026-03-04T18:30:00-0800">` +
        '<frequencyDetails start="18:30:00" end="23:30:00"><intervals><interval hours="4"/><interval weekDay="Sunday"/><interval weekDay="Wednesday"/></intervals></frequencyDetails></schedule></tsResponse>',
    )
    expect(all((await call('GET', '')).text, 'schedule').map((schedule) => schedule.getAttribute('nextRunAt'))).toEqual(['2026-03-05T02:30:00Z'])
    expect(sim.ledger.of('createCloudExtractRefreshTask').map((entry) => entry.applied)).toEqual([true])
  })

  it.each([['FullRefresh', 'FullRefresh'], ['IncrementalRefresh', 'IncrementalRefresh'], ['IncrementalExtract', 'IncrementalRefresh']])('takes %s and answers %s', async (type, answered) => {
    const item = content('Orders', { kind: 'datasource' })
    const { text } = await create(request(of(item, type), daily))
    expect([one(text, 'extractRefresh').getAttribute('type'), one(text, 'datasource').getAttribute('id')]).toEqual([answered, item.id])
    expect(sim.world.tasks().all[0]?.incremental).toBe(answered !== 'FullRefresh')
  })

  it('takes each interval in a list of its own, as the example for cURL has them', async () => {
    const apart = daily.replace('<intervals>', '').replace('</intervals>', '').replaceAll(/<interval [^>]+>/g, '<intervals>$&</intervals>')
    expect(apart.match(/<intervals>/g)).toHaveLength(3)
    expect(all((await create(request(of(content('Sales')), apart))).text, 'interval')).toHaveLength(3)
  })

  it('makes another task of the same content each time', async () => {
    const item = content('Sales')
    for (let time = 0; time < 2; time += 1) expect(outcome(await create(request(of(item), daily)))).toBe('200')
    expect(new Set(sim.world.tasks().all.map(({ id }) => id)).size).toBe(2)
  })

  it.each([['admin', '200'], ['site-admin', '200'], ['svc', '200'], ['creator', '200'], ['leader', '403 403004'], ['explorer', '403 403004'], ['viewer', '403 403004']])('for %s is %s', async (name, expected) => {
    sim.world.addAccount('svc', 'SiteAdministratorExplorer')
    expect(outcome(await create(request(of(content('Sales')), daily), await signInToCloud(sim, name)))).toBe(expected)
    expect(sim.world.tasks().all).toHaveLength(expected === '200' ? 1 : 0)
  })

  it.each([
    ['no body', '', '400 400000'],
    ['broken XML', '<tsRequest>', '400 400000'],
    ['no extractRefresh', request(daily), '400 400000'],
    ['no type', request('<extractRefresh><workbook id="1"/></extractRefresh>', daily), '400 400000'],
    ['a strange type', request(of({ kind: 'workbook', id: nowhere }, 'Refresh'), daily), '400 400000'],
    ['no content', request('<extractRefresh type="FullRefresh"/>', daily), '400 400000'],
    ['two', request(`<extractRefresh type="FullRefresh"><workbook id="${nowhere}"/><datasource id="${nowhere}"/></extractRefresh>`, daily), '400 400000'],
    ['an unknown workbook', request(of({ kind: 'workbook', id: nowhere }), daily), '404 404006'],
    ['an unknown data source', request(of({ kind: 'datasource', id: nowhere }), daily), '404 404004'],
  ])('refuses %s', async (_, body, expected) => {
    expect(outcome(await create(body))).toBe(expected)
    expect(sim.world.tasks().all).toEqual([])
  })

  it('refuses content without an extract, content of the other kind, hidden content, and a missing schedule', async () => {
    const creator = await signInToCloud(sim, 'creator')
    const open = content('Sales')
    expect(outcome(await create(request(of(content('Live', { hasExtracts: false })), daily)))).toBe('404 404026')
    expect(outcome(await create(request(of({ kind: 'datasource', id: open.id }), daily)))).toBe('404 404004')
    expect(outcome(await create(request(of(content('Hidden', { closed: true })), daily), creator))).toBe('404 404006')
    expect(outcome(await create(request(of(open))))).toBe('409 409004')
    expect(outcome(await create(request(of(open), daily), { ...admin, token: 'gone' }))).toBe('401 401002')
    expect(sim.world.tasks().all).toEqual([])
  })
})

describe('Update Cloud Extract Refresh Task', () => {
  it('replaces the schedule as a whole and leaves the rest', async () => {
    const task = add('Sales', { incremental: true, consecutiveFailedCount: 2 })
    sim.clock.advance(60_000)
    const reply = await update(task.id, request(monthly))
    expect(reply.text).toContain(
      `<extractRefresh id="${task.id}" consecutiveFailedCount="2" type="IncrementalRefresh"><workbook id="${task.content.id}"/></extractRefresh>` +
        `<schedule id="${task.ownSchedule?.id ?? ''}" createdAt="2025-03-10T09:05:00-0700" updatedAt="2026-03-04T08:01:00-0800" frequency="Monthly" nextRunAt="2026-03-15T04:00:00-0700">` +
        '<frequencyDetails start="04:00:00"><intervals><interval monthDay="1"/><interval monthDay="15"/></intervals></frequencyDetails></schedule>',
    )
    expect(one((await call('GET', `/${task.id}`)).text, 'schedule').getAttribute('nextRunAt')).toBe('2026-03-15T11:00:00Z')
    sim.clock.advance(10 * 24 * 3_600_000)
    expect(sim.world.site().jobs).toEqual([])
    sim.clock.advance(24 * 3_600_000)
    expect(sim.world.site().jobs.map(({ createdAt }) => new Date(createdAt).toISOString())).toEqual(['2026-03-15T11:00:00.000Z'])
  })

  it('changes type and target alone where it is given no schedule', async () => {
    const [task, other] = [add('Sales'), content('Orders', { kind: 'datasource' })]
    expect((await update(task.id, request('<extractRefresh type="IncrementalRefresh"/>'))).status).toBe(200)
    expect([task.incremental, task.content.name, task.ownSchedule?.recurrence]).toMatchObject([true, 'Sales', wednesdays])
    expect(one((await update(task.id, request(of(other)))).text, 'datasource').getAttribute('id')).toBe(other.id)
    expect([task.incremental, task.content]).toEqual([false, other])
  })

  it.each([['admin', '200'], ['site-admin', '200'], ['creator', '200'], ['leader', '403 403004'], ['explorer', '403 403004'], ['viewer', '403 403004']])('for %s is %s', async (name, expected) => {
    const task = add('Sales', { owner: 'creator' })
    expect(outcome(await update(task.id, request(daily), await signInToCloud(sim, name)))).toBe(expected)
    expect(task.ownSchedule?.recurrence.frequency).toBe(expected === '200' ? 'Daily' : 'Weekly')
  })

  it('belongs to who made the task, not to the owner of its content', async () => {
    const task = add('Sales', { owner: 'creator', ownerId: userId('leader') })
    expect(outcome(await update(task.id, request(daily), await signInToCloud(sim, 'creator')))).toBe('403 403004')
    expect(outcome(await update(task.id, request(daily), await signInToCloud(sim, 'leader')))).toBe('200')
  })

  it('refuses what is wrong and changes nothing', async () => {
    const task = add('Sales')
    const { id: virtual } = sim.world.addTask(admin.siteId, { content: { kind: 'virtualConnection', id: nowhere, name: 'Orders' }, times: wednesdays })
    for (const [id, body, expected] of [
      [task.id, '', '400 400000'],
      [task.id, '<tsRequest/>', '400 400000'],
      [task.id, request('<extractRefresh type="Full"/>', daily), '400 400000'],
      [task.id, request(of({ kind: 'workbook', id: nowhere }), daily), '404 404006'],
      [task.id, request('<extractRefresh type="IncrementalRefresh"/>', daily.replace('23:30', '23:00')), '409 409004'],
      [task.id, request('<schedule frequency="Daily"/>'), '409 409004'],
      [nowhere, request(daily), '404 404026'],
      [virtual, request(daily), '404 404026'],
    ] as const) {
      expect([body, outcome(await update(id, body))]).toEqual([body, expected])
    }
    expect([task.incremental, task.ownSchedule?.recurrence]).toMatchObject([false, wednesdays])
    expect(sim.ledger.of('updateCloudExtractRefreshTask').filter((entry) => entry.applied)).toEqual([])
  })

  it('is a POST: PUT is 405', async () => {
    const task = add('Sales')
    expect(outcome(await call('PUT', `/${task.id}`, admin, request(daily)))).toBe('405 405000')
    expect(outcome(await call('PUT', '', admin, request(daily)))).toBe('405 40500')
  })
})

describe('Run and Delete Extract Refresh Task', () => {
  it('work as on a Server', async () => {
    const task = add('Sales', { owner: 'creator' })
    const creator = await signInToCloud(sim, 'creator')
    const { text } = await call('POST', `/${task.id}/runNow`, creator, '<tsRequest/>')
    expect(one(text, 'job').getAttribute('type')).toBe('RefreshExtract')
    expect(outcome(await call('POST', `/${task.id}/runNow`, creator, '<tsRequest/>'))).toBe('409 409093')
    sim.clock.advance(30_000)
    expect(sim.world.site().jobs.map(({ status }) => status)).toEqual(['Success'])
    expect(outcome(await call('DELETE', `/${task.id}`, await signInToCloud(sim, 'explorer')))).toBe('403 403004')
    expect(outcome(await call('DELETE', `/${task.id}`, creator))).toBe('204')
    sim.clock.advance(14 * 24 * 3_600_000)
    expect(sim.world.site().jobs).toHaveLength(1)
  })

  it('let who made a task delete it', async () => {
    const task = add('Sales', { ownerId: userId('leader') })
    expect(outcome(await call('DELETE', `/${task.id}`, await signInToCloud(sim, 'leader')))).toBe('204')
  })
})

describe('versions', () => {
  it.each([['3.19', '405 40500'], ['3.20', '200']])('%s: %s', async (version, expected) => {
    const task = add('Sales')
    for (const [rest, body] of [['', request(of(task.content), daily)], [`/${task.id}`, request(daily)]] as const) {
      expect(outcome(await send(sim, path(rest, admin, version), { method: 'POST', token: admin.token, body }))).toBe(expected)
    }
  })
})

describe('lists that are behind', () => {
  it('show a new task late, and Get at once', async () => {
    sim.world.indexLagMs = 5000
    const { text } = await create(request(of(content('Sales')), daily))
    const id = one(text, 'extractRefresh').getAttribute('id') ?? ''
    expect([idsIn((await call('GET', '')).text), outcome(await call('GET', `/${id}`))]).toEqual([[], '200'])
    sim.clock.advance(5000)
    expect(idsIn((await call('GET', '')).text)).toEqual([id])
  })
})
