import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScheduleSpec, TableauSim } from './index.ts'
import { all, errorCode, one, send, signIn, startStill } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

let sim: TableauSim
let admin: SignedIn

beforeEach(async () => {
  sim = await startStill({ scenario: 'empty' })
  admin = await signIn(sim)
})
afterEach(() => sim.close())

const path = (rest = '', version = '3.24'): string => `/api/${version}/schedules${rest}`
const as = (session: SignedIn) => ({ token: session.token })
const list = (search = '', session = admin) => send(sim, path(search), as(session))
const get = (id: string, session = admin) => send(sim, path(`/${id}`), as(session))
const create = (body: string, session = admin, version = '3.24') => send(sim, path('', version), { method: 'POST', body, ...as(session) })
const update = (id: string, body: string, session = admin) => send(sim, path(`/${id}`), { method: 'PUT', body, ...as(session) })
const remove = (id: string, session = admin) => send(sim, path(`/${id}`), { method: 'DELETE', ...as(session) })

const request = (attributes: string, details = ''): string => `<tsRequest><schedule ${attributes}>${details}</schedule></tsRequest>`
const times = (attributes: string, ...intervals: string[]): string =>
  `<frequencyDetails ${attributes}>${intervals.length === 0 ? '' : `<intervals>${intervals.map((interval) => `<interval ${interval}/>`).join('')}</intervals>`}</frequencyDetails>`
const named = (frequency: string, details: string, name = 'New'): string => request(`name="${name}" priority="50" type="Extract" frequency="${frequency}" executionOrder="Parallel"`, details)

const attributesOf = (reply: RawReply, name = 'schedule'): Record<string, string> =>
  Object.fromEntries([...one(reply.text, name).attributes].map((attribute) => [attribute.name, attribute.value]))
const intervalsOf = (reply: RawReply): string[] =>
  all(reply.text, 'interval').map((interval) => [...interval.attributes].map((attribute) => `${attribute.name}=${attribute.value}`).join(' '))

const add = (spec: Partial<ScheduleSpec> = {}) => sim.world.addSchedule({ name: 'Nightly', frequency: 'Daily', start: '02:00:00', intervals: [], ...spec })
const nowhere = '00000000-0000-4000-8000-000000000000'

describe('List Server Schedules', () => {
  it('shows rows without order and times, also of suspended schedules and of every type', async () => {
    add({ createdAt: Date.parse('2011-03-30T22:32:35Z'), updatedAt: Date.parse('2016-01-13T01:00:02Z') })
    add({ name: 'End of the month', frequency: 'Monthly', start: '23:00:00', intervals: [{ monthDay: 'LastDay' }], state: 'Suspended', executionOrder: 'Serial', endScheduleAt: Date.parse('2027-01-01T00:00:00Z') })
    add({ name: 'Groups', type: 'ActiveDirectorySync', priority: 0 })
    const reply = await list()
    expect(reply.status).toBe(200)
    expect(all(reply.text, 'schedule').map((row) => [...row.attributes].map((attribute) => attribute.name).join(' '))).toEqual([
      'id name state priority createdAt updatedAt type frequency nextRunAt',
      'id name state priority createdAt updatedAt type frequency nextRunAt endScheduleAt',
      'id name state priority createdAt updatedAt type frequency nextRunAt',
    ])
    expect(all(reply.text, 'frequencyDetails')).toEqual([])
    expect(attributesOf(reply)).toMatchObject({ name: 'Nightly', state: 'Active', priority: '50', createdAt: '2011-03-30T22:32:35Z', updatedAt: '2016-01-13T01:00:02Z', type: 'Extract', frequency: 'Daily', nextRunAt: '2026-03-05T10:00:00Z' })
    expect(all(reply.text, 'schedule')[1]?.getAttribute('nextRunAt')).toBe('2026-04-01T06:00:00Z')
  })

  it('is the same for every site of the server', async () => {
    const { id } = add()
    const finance = await signIn(sim, 'site-admin', 'finance')
    expect(attributesOf(await list('', finance))['id']).toBe(id)
  })

  it('pages', async () => {
    for (let index = 0; index < 250; index += 1) add({ name: `Schedule ${index}` })
    const pages = await Promise.all(['', '?pageNumber=2', '?pageNumber=3', '?pageSize=1000'].map((search) => list(search)))
    const names = pages.map((page) => all(page.text, 'schedule').map((row) => row.getAttribute('name')))
    expect(names.map((page) => page.length)).toEqual([100, 100, 50, 250])
    expect(names.slice(0, 3).flat()).toEqual(names[3])
    expect(attributesOf(pages[1] ?? (await list()), 'pagination')).toEqual({ pageNumber: '2', pageSize: '100', totalAvailable: '250' })
  })

  it('answers page 1 of nothing', async () => {
    expect(attributesOf(await list(), 'pagination')['totalAvailable']).toBe('0')
  })
})

describe('Get Server Schedule', () => {
  it('adds order and times, as they are', async () => {
    const intervals = [{ hours: '2' }, { weekDay: 'Monday' }]
    const { id } = add({ frequency: 'Hourly', start: '18:30:00', end: '02:30:00', intervals, executionOrder: 'Serial' })
    const reply = await get(id.toUpperCase())
    expect(attributesOf(reply)['executionOrder']).toBe('Serial')
    expect(attributesOf(reply, 'frequencyDetails')).toEqual({ start: '18:30:00', end: '02:30:00' })
    expect(intervalsOf(reply)).toEqual(['hours=2', 'weekDay=Monday'])
  })

  it('knows what REST cannot write', async () => {
    const shapes = [
      [{ monthDay: '1' }, { monthDay: '15' }],
      [{ monthDay: 'Third', weekDay: 'Thursday' }],
      [{ monthDay: 'Customized Monthly' }],
    ]
    const printed = await Promise.all(shapes.map(async (intervals, index) => get(add({ name: `Shape ${index}`, frequency: 'Monthly', intervals }).id)))
    expect(printed.map(intervalsOf)).toEqual([['monthDay=1', 'monthDay=15'], ['monthDay=Third weekDay=Thursday'], ['monthDay=Customized Monthly']])
    expect(printed.map((reply) => attributesOf(reply)['nextRunAt'])).toEqual(['2026-03-15T09:00:00Z', '2026-03-19T09:00:00Z', '2026-04-01T09:00:00Z'])
  })

  it('carries any name', async () => {
    const name = `P&L <nightly> “Zürich”\t"'${'x'.repeat(220)}`
    expect(attributesOf(await get(add({ name }).id))['name']).toBe(name)
  })
})

describe('Create Server Schedule', () => {
  it.each([
    ['Hourly', times('start="18:30:00" end="23:00:00"', 'hours="2"'), { start: '18:30:00', end: '23:00:00' }, ['hours=2'], '2026-03-05T02:30:00Z'],
    ['Hourly', times('start="00:00:00" end="00:00:00"', 'minutes="30"'), { start: '00:00:00', end: '00:00:00' }, ['minutes=30'], '2026-03-04T16:30:00Z'],
    ['Daily', times('start="02:15:00"'), { start: '02:15:00' }, [], '2026-03-05T10:15:00Z'],
    ['Weekly', times('start="18:30:00"', 'weekDay="Wednesday"', 'weekDay="Sunday"'), { start: '18:30:00' }, ['weekDay=Wednesday', 'weekDay=Sunday'], '2026-03-05T02:30:00Z'],
    ['Monthly', times('start="06:00:00"', 'monthDay="15"'), { start: '06:00:00' }, ['monthDay=15'], '2026-03-15T13:00:00Z'],
    ['Monthly', times('start="06:00:00"', 'monthDay="LastDay"'), { start: '06:00:00' }, ['monthDay=LastDay'], '2026-03-31T13:00:00Z'],
  ])('makes %s of %s', async (frequency, details, shown, intervals, nextRunAt) => {
    const reply = await create(named(frequency, details))
    expect(reply.status).toBe(201)
    const { id = '', ...attributes } = attributesOf(reply)
    expect(attributes).toEqual({
      name: 'New', state: 'Active', priority: '50', createdAt: '2026-03-04T16:00:00Z', updatedAt: '2026-03-04T16:00:00Z', type: 'Extract', frequency, nextRunAt, executionOrder: 'Parallel',
    })
    expect([attributesOf(reply, 'frequencyDetails'), intervalsOf(reply)]).toEqual([shown, intervals])
    expect((await get(id)).text).toBe(reply.text)
  })

  it('drops what Daily, Weekly and Monthly have no use for', async () => {
    const daily = await create(named('Daily', times('start="02:15:00" end="nonsense"', 'hours="2"', 'weekDay="Monday"'), 'a'))
    expect([attributesOf(daily, 'frequencyDetails'), intervalsOf(daily)]).toEqual([{ start: '02:15:00' }, []])
    const weekly = await create(named('Weekly', times('start="02:15:00" end="03:15:00"', 'weekDay="Monday"', 'weekDay="Monday"'), 'b'))
    expect([attributesOf(weekly, 'frequencyDetails'), intervalsOf(weekly)]).toEqual([{ start: '02:15:00' }, ['weekDay=Monday']])
    const monthly = await create(named('Monthly', times('start="02:15:00" end="03:15:00"', 'monthDay="07"'), 'c'))
    expect([attributesOf(monthly, 'frequencyDetails'), intervalsOf(monthly)]).toEqual([{ start: '02:15:00' }, ['monthDay=7']])
  })

  it.each(['Extract', 'Subscription', 'Flow'])('makes one for %s, with defaults, always active', async (type) => {
    const reply = await create(request(`name="x" type="${type}" frequency="Daily" state="Suspended"`, times('start="02:15:00"')))
    expect(attributesOf(reply)).toMatchObject({ type, state: 'Active', priority: '50', executionOrder: 'Parallel' })
  })

  it('makes DataAcceleration from 3.8 to 3.15 only', async () => {
    const body = (name: string) => request(`name="${name}" type="DataAcceleration" frequency="Daily"`, times('start="02:15:00"'))
    const replies = await Promise.all(['3.7', '3.8', '3.15', '3.16'].map((version) => create(body(version), admin, version)))
    expect(replies.map((reply) => reply.status)).toEqual([400, 201, 201, 400])
  })

  it('warns of a quarter of an hour, after the schedule', async () => {
    const reply = await create(named('Hourly', times('start="08:00:00" end="18:00:00"', 'minutes="15"')))
    expect(reply.status).toBe(201)
    expect([...one(reply.text, 'tsResponse').childNodes].map((child) => child.nodeName)).toEqual(['schedule', 'warnings'])
    expect(one(reply.text, 'warning').getAttribute('message')).toContain('15 minutes')
    expect(all((await get(attributesOf(reply)['id'] ?? '')).text, 'warnings')).toEqual([])
  })

  it.each([
    ['a trailing slash', '/', named('Daily', times('start="02:15:00"'))],
    ['a namespace', '', named('Daily', times('start="02:15:00"')).replace('<tsRequest>', '<tsRequest xmlns="http://tableau.com/api">')],
    ['an empty list of intervals', '', named('Daily', '<frequencyDetails start="02:15:00"><intervals/></frequencyDetails>')],
  ])('takes %s', async (_, slash, body) => {
    expect((await send(sim, path(slash), { method: 'POST', body, ...as(admin) })).status).toBe(201)
  })
})

describe('Update Server Schedule', () => {
  it('changes what is given, and nothing else', async () => {
    const { id, createdAt } = add({ frequency: 'Hourly', start: '18:30:00', end: '23:00:00', intervals: [{ hours: '2' }] })
    const before = sim.world.schedule(id).recurrence
    sim.clock.advance(5000)
    const reply = await update(id, request('name="Renamed" priority="7" state="Suspended" executionOrder="Serial"'))
    expect(reply.status).toBe(200)
    expect(attributesOf(reply)).toMatchObject({ name: 'Renamed', priority: '7', state: 'Suspended', executionOrder: 'Serial', frequency: 'Hourly', updatedAt: '2026-03-04T16:00:05Z' })
    expect(sim.world.schedule(id).createdAt).toBe(createdAt)
    expect(sim.world.schedule(id).recurrence).toBe(before)
    expect((await get(id)).text).toBe(reply.text)
    expect(sim.ledger.of('updateServerSchedule').map((entry) => entry.applied)).toEqual([true])
  })

  it.each(['<tsRequest><schedule/></tsRequest>', '<tsRequest><schedule type="Flow"/></tsRequest>'])('changes nothing for %s', async (body) => {
    const { id, updatedAt } = add({ frequency: 'Weekly', intervals: [{ weekDay: 'Monday' }] })
    const before = (await get(id)).text
    sim.clock.advance(60_000)
    const reply = await update(id, body)
    expect([reply.status, reply.text, sim.world.schedule(id).updatedAt]).toEqual([200, before, updatedAt])
    expect(sim.ledger.of('updateServerSchedule').map((entry) => entry.applied)).toEqual([false])
  })

  const week = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map((weekDay) => `weekDay=${weekDay}`)

  it.each([
    ['a new name', request('name="Renamed"'), '02:00:00'],
    ['a suspension', request('state="Suspended"'), '02:00:00'],
    ['its own frequency', request('frequency="Weekly"'), '02:00:00'],
    ['a new start', request('', times('start="05:00:00"')), '05:00:00'],
    ['a new start and no intervals', request('', '<frequencyDetails start="05:00:00"><intervals/></frequencyDetails>'), '05:00:00'],
  ])('resets Weekly to every day with %s', async (_, body, start) => {
    const { id } = add({ frequency: 'Weekly', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Friday' }] })
    const reply = await update(id, body)
    expect([reply.status, intervalsOf(reply), attributesOf(reply, 'frequencyDetails')]).toEqual([200, week, { start }])
    expect(attributesOf(reply)['nextRunAt']).toBe(start === '02:00:00' ? '2026-03-05T10:00:00Z' : '2026-03-05T13:00:00Z')
  })

  it('keeps the days of Weekly that come with it', async () => {
    const { id } = add({ frequency: 'Weekly', intervals: [{ weekDay: 'Monday' }] })
    expect(intervalsOf(await update(id, request('name="x" frequency="Weekly"', times('start="02:00:00"', 'weekDay="Monday"'))))).toEqual(['weekDay=Monday'])
  })

  it.each([
    ['several days', 'Monthly', { intervals: [{ monthDay: '1' }, { monthDay: '15' }] }],
    ['a weekday of the month', 'Monthly', { intervals: [{ monthDay: 'LastDay', weekDay: 'Friday' }] }],
    ['Customized Monthly', 'Monthly', { intervals: [{ monthDay: 'Customized Monthly' }] }],
    ['Daily with hours and days', 'Daily', { end: '14:00:00', intervals: [{ hours: '4' }, { weekDay: 'Monday' }] }],
    ['Hourly with days', 'Hourly', { end: '14:00:00', intervals: [{ minutes: '60' }, { weekDay: 'Monday' }] }],
  ])('leaves %s as they are when something else changes, and replaces them when asked', async (_, frequency, shape) => {
    const { id } = add({ frequency, ...shape })
    const details = (text: string) => /<frequencyDetails.*<\/frequencyDetails>|<frequencyDetails[^>]*\/>/s.exec(text)?.[0]
    const before = details((await get(id)).text)
    for (const change of ['name="Renamed"', 'state="Suspended"', 'priority="1"', 'executionOrder="Serial"', `frequency="${frequency}"`]) {
      expect(details((await update(id, request(change))).text)).toBe(before)
    }
    const replaced = await update(id, request('frequency="Monthly"', times('start="09:00:00"', 'monthDay="3"')))
    expect([attributesOf(replaced, 'frequencyDetails'), intervalsOf(replaced)]).toEqual([{ start: '09:00:00' }, ['monthDay=3']])
  })

  it('can change times under the frequency that is there', async () => {
    const { id } = add({ frequency: 'Hourly', end: '23:00:00', intervals: [{ hours: '2' }] })
    const reply = await update(id, request('', times('start="08:00:00" end="18:00:00"', 'minutes="15"')))
    expect([intervalsOf(reply), attributesOf(reply)['nextRunAt'], all(reply.text, 'warning').length]).toEqual([['minutes=15'], '2026-03-04T16:15:00Z', 1])
  })

  it('may keep its own name', async () => {
    expect((await update(add().id, request('name="Nightly"'))).status).toBe(200)
  })
})

describe('Delete Server Schedule', () => {
  it('takes the schedule and its tasks on every site', async () => {
    const [gone, kept] = [add(), add({ name: 'Kept' })]
    for (const key of ['', 'finance']) {
      const content = sim.world.site(key).addContent({ kind: 'workbook', name: 'Sales', ownerId: admin.userId })
      sim.world.addTask(key, { content, schedule: gone })
      sim.world.addTask(key, { content, schedule: kept })
    }
    expect(await remove(gone.id)).toMatchObject({ status: 204, text: '' })
    expect(errorCode(await get(gone.id))).toBe('404023')
    expect(sim.world.schedules).toEqual([kept])
    expect(['', 'finance'].map((key) => sim.world.tasks(key).all.map((task) => task.schedule?.name))).toEqual([['Kept'], ['Kept']])
    sim.clock.advance(24 * 3_600_000)
    expect(sim.world.site().findJobs({ title: 'Sales' })).toHaveLength(1)
    expect([gone.updatedAt < sim.clock.now() - 24 * 3_600_000, kept.updatedAt > sim.clock.now() - 24 * 3_600_000]).toEqual([true, true])
    expect(sim.ledger.of('deleteServerSchedule').map((entry) => entry.applied)).toEqual([true])
  })
})

/** What it is, HTTP status, code, body. */
type Refused = readonly [what: string, status: number, code: string, body: string]

describe('what is refused', () => {
  const daily = times('start="02:15:00"')
  const bodies: readonly Refused[] = [
    ['no body', 400, '400000', ''],
    ['malformed XML', 400, '400000', '<tsRequest><schedule'],
    ['no schedule', 400, '400000', '<tsRequest/>'],
  ]
  const wrongTimes: readonly Refused[] = [
    ['no start', 400, '400000', named('Daily', '<frequencyDetails/>')],
    ['a start that is none', 400, '409004', named('Daily', times('start="25:00:00"'))],
    ['a start without seconds', 400, '409004', named('Daily', times('start="02:15"'))],
    ['Hourly without an end', 400, '409004', named('Hourly', times('start="02:15:00"', 'hours="2"'))],
    ['Hourly with an end that is none', 400, '409004', named('Hourly', times('start="02:15:00" end="24:00:00"', 'hours="2"'))],
    ['Hourly without an interval', 400, '409004', named('Hourly', times('start="02:15:00" end="04:15:00"'))],
    ['Hourly with two', 400, '409004', named('Hourly', times('start="02:15:00" end="04:15:00"', 'hours="2"', 'minutes="15"'))],
    ['Hourly with two in one', 400, '409004', named('Hourly', times('start="02:15:00" end="04:15:00"', 'hours="2" minutes="15"'))],
    ['Hourly every 3 hours', 400, '409004', named('Hourly', times('start="02:15:00" end="04:15:00"', 'hours="3"'))],
    ['Hourly every 60 minutes', 400, '409004', named('Hourly', times('start="02:15:00" end="04:15:00"', 'minutes="60"'))],
    ['Hourly with a day', 400, '409004', named('Hourly', times('start="02:15:00" end="04:15:00"', 'hours="2"', 'weekDay="Monday"'))],
    ['Weekly with a day that is none', 400, '409004', named('Weekly', times('start="02:15:00"', 'weekDay="monday"'))],
    ['Weekly with something else', 400, '409004', named('Weekly', times('start="02:15:00"', 'weekDay="Monday"', 'weekDay="Monday" hours="2"'))],
    ['Monthly without a day', 400, '409004', named('Monthly', times('start="02:15:00"'))],
    ['Monthly with two', 400, '409004', named('Monthly', times('start="02:15:00"', 'monthDay="1"', 'monthDay="15"'))],
    ['Monthly on the 32nd', 400, '409004', named('Monthly', times('start="02:15:00"', 'monthDay="32"'))],
    ['Monthly on the third Thursday', 400, '409004', named('Monthly', times('start="02:15:00"', 'monthDay="Third" weekDay="Thursday"'))],
    ['Monthly without an attribute', 400, '409004', named('Monthly', times('start="02:15:00"', ''))],
  ]

  it.each<Refused>([
    ...bodies,
    ...wrongTimes,
    ['no name', 400, '400000', request('type="Extract" frequency="Daily"', daily)],
    ['a blank name', 400, '400000', request('name=" " type="Extract" frequency="Daily"', daily)],
    ['a name of 256 characters', 400, '400000', named('Daily', daily, 'x'.repeat(256))],
    ['no type', 400, '400000', request('name="x" frequency="Daily"', daily)],
    ['a type that only the server makes', 400, '400000', request('name="x" type="System" frequency="Daily"', daily)],
    ['no frequency', 400, '400000', request('name="x" type="Extract"', daily)],
    ['a frequency that is none', 400, '400000', named('Yearly', daily)],
    ['no frequencyDetails', 400, '400000', named('Daily', '')],
    ['priority 0', 400, '400000', request('name="x" type="Extract" frequency="Daily" priority="0"', daily)],
    ['an order that is none', 400, '400000', request('name="x" type="Extract" frequency="Daily" executionOrder="serial"', daily)],
    ['Weekly without days', 400, '409004', named('Weekly', times('start="02:15:00"'))],
    ['a reason that nobody knows', 400, '400064', named('Daily', daily, 'Simulated: 400064')],
    ['a name that is taken', 409, '409021', named('Daily', daily, 'Nightly')],
  ])('create with %s: HTTP %i, %s', async (_, status, code, body) => {
    add()
    const reply = await create(body)
    expect([reply.status, errorCode(reply)]).toEqual([status, code])
    expect([sim.world.schedules.length, sim.ledger.of('createServerSchedule').at(-1)?.applied]).toEqual([1, false])
  })

  it('tells the form that it wants in the detail', async () => {
    const detail = async (body: string) => one((await create(body)).text, 'detail').textContent
    expect(await detail(named('Hourly', times('start="02:15:00"', 'hours="2"')))).toContain('must have an end time')
    expect(await detail(named('Hourly', times('start="02:15:00" end="04:15:00"', 'hours="3"')))).toMatch(/1, 2, 4, 6, 8 or 12.*15 or 30.*hours='3'/)
    expect(await detail(named('Weekly', times('start="02:15:00"')))).toMatch(/1 to 7 intervals.*none was given/)
    expect(await detail(named('Monthly', times('start="02:15:00"', 'monthDay="1"', 'monthDay="15"')))).toMatch(/exactly one.*1 to 31 or LastDay.*monthDay='1', monthDay='15'/)
  })

  it.each<Refused>([
    ...bodies,
    ...wrongTimes,
    ['a blank name', 400, '400008', request('name=""')],
    ['priority 101', 400, '400008', request('priority="101"')],
    ['priority 0', 400, '400008', request('priority="0"')],
    ['priority high', 400, '400008', request('priority="high"')],
    ['a state that is none', 400, '400008', request('state="active"')],
    ['an order that is none', 400, '400008', request('executionOrder="Both"')],
    ['a frequency that is none', 400, '400008', request('frequency="Yearly"', daily)],
    ['another frequency without times', 400, '400008', request('frequency="Weekly"')],
    ['a reason that nobody knows', 400, '400071', request('name="Simulated: 400071"')],
    ['a name that is taken', 409, '409021', request('name="Weekend"')],
  ])('update with %s: HTTP %i, %s', async (_, status, code, body) => {
    add({ name: 'Weekend' })
    const { id } = add()
    const before = (await get(id)).text
    sim.clock.advance(60_000)
    const reply = await update(id, body)
    expect([reply.status, errorCode(reply)]).toEqual([status, code])
    expect((await get(id)).text).toBe(before)
  })

  it.each([
    ['List', 'GET', '?pageNumber=0', 400, '400006'],
    ['List', 'GET', '?pageNumber=2', 400, '400006'],
    ['List', 'GET', '?pageNumber=one', 400, '400006'],
    ['List', 'GET', '?pageSize=0', 400, '400007'],
    ['List', 'GET', '?pageSize=many', 400, '400007'],
    ['List', 'GET', '?pageSize=1001', 403, '403014'],
    ['List', 'PUT', '', 405, '405000'],
    ['Create', 'DELETE', '', 405, '405000'],
    ['Get', 'GET', `/${nowhere}`, 404, '404023'],
    ['Get', 'GET', '/nonsense', 404, '404023'],
    ['Update', 'PUT', `/${nowhere}`, 404, '404023'],
    ['Delete', 'DELETE', `/${nowhere}`, 404, '404023'],
    ['Get, Update or Delete', 'POST', `/${nowhere}`, 405, '405000'],
  ])('%s: %s %s', async (_, method, rest, status, code) => {
    add()
    const reply = await send(sim, path(rest), { method, body: method === 'PUT' || method === 'POST' ? request('name="x"') : '', ...as(admin) })
    expect([reply.status, errorCode(reply)]).toEqual([status, code])
  })

  it('deletes for a reason that nobody knows are 400059, updates 400071', async () => {
    const { id } = add({ name: 'Simulated: 400059 and Simulated: 400071' })
    expect([errorCode(await remove(id)), errorCode(await update(id, request('priority="5"')))]).toEqual(['400059', '400071'])
    expect(sim.world.schedule(id).priority).toBe(50)
  })
})

describe('who may', () => {
  it.each([
    ['admin', [200, 200, 201, 200, 204]],
    ['site-admin', [200, 200, 403, 403, 403]],
    ['creator', [200, 200, 403, 403, 403]],
    ['leader', [200, 200, 403, 403, 403]],
    ['explorer', [403, 403, 403, 403, 403]],
    ['viewer', [403, 403, 403, 403, 403]],
  ])('%s: list, get, create, update, delete', async (name, statuses) => {
    const session = await signIn(sim, name)
    const { id } = add()
    const replies = [await list('', session), await get(id, session), await create(named('Daily', times('start="02:15:00"')), session), await update(id, request('priority="5"'), session), await remove(id, session)]
    expect(replies.map((reply) => reply.status)).toEqual(statuses)
    expect(replies.filter((reply) => reply.status === 403).every((reply) => errorCode(reply) === '403004')).toBe(true)
  })

  it('nobody without a token', async () => {
    expect(errorCode(await send(sim, path()))).toBe('401000')
    expect(errorCode(await send(sim, path(), { token: 'gone' }))).toBe('401002')
  })
})

describe('versions', () => {
  it.each([
    ['2.2', 'GET', '', 200], ['2.1', 'GET', '', 404], ['2.2', 'POST', '', 405], ['2.3', 'POST', '', 201], ['3.7', 'GET', 'id', 405], ['3.8', 'GET', 'id', 200], ['2.3', 'PUT', 'id', 200], ['2.3', 'DELETE', 'id', 204],
  ])('%s %s /schedules/%s → %i', async (version, method, which, status) => {
    const rest = which === 'id' ? `/${add().id}` : ''
    const body = method === 'POST' ? named('Daily', times('start="02:15:00"')) : method === 'PUT' ? request('priority="5"') : ''
    expect((await send(sim, path(rest, version), { method, body, ...as(admin) })).status).toBe(status)
  })
})
