import type { Recurrence, TableauSim } from '@refreshboard/tableau-sim'
import { askToSave, choose, chooseDays, expectNextRuns, openEditor, openSchedule, previewOf, save, seeSchedule, updateRequest } from './schedule-actions.ts'
import { expect, test, type Page } from './test.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']

const detailsOf = (start: string, intervals: string, end = ''): string => `<frequencyDetails start="${start}"${end}>${intervals === '' ? '' : `<intervals>${intervals}</intervals>`}</frequencyDetails>`

const daysOf = (days: readonly string[]): string => days.map((weekDay) => `<interval weekDay="${weekDay}"/>`).join('')

interface Edit {
  what: string
  schedule: string
  fill: (page: Page) => Promise<void>
  before: string
  after: string
  body: string
  recurrence: Recurrence
}

/** “Invoices” runs on a day of the month; the others are there. */
const addInvoices = (sim: TableauSim) => sim.world.addSchedule({ name: 'Invoices', frequency: 'Monthly', start: '07:10:30', intervals: [{ monthDay: '31' }] })

const edits: readonly Edit[] = [
  {
    what: 'an hourly one: another interval',
    schedule: 'Hourly',
    fill: async (page) => {
      await page.getByLabel('Every', { exact: true }).selectOption('30 minutes')
    },
    before: 'Every hour from 00:00 to 05:00',
    after: 'Every 30 minutes from 00:00 to 05:00',
    body: updateRequest('frequency="Hourly"', detailsOf('00:00:00', '<interval minutes="30"/>', ' end="05:00:00"')),
    recurrence: { frequency: 'Hourly', start: '00:00:00', end: '05:00:00', intervals: [{ minutes: '30' }] },
  },
  {
    what: 'a daily one: another time',
    schedule: 'Nightly',
    fill: async (page) => page.getByLabel('Start', { exact: true }).fill('03:45'),
    before: 'Daily at 02:15',
    after: 'Daily at 03:45',
    body: updateRequest('frequency="Daily"', '<frequencyDetails start="03:45:00"/>'),
    recurrence: { frequency: 'Daily', start: '03:45:00', intervals: [] },
  },
  {
    what: 'a weekly one: other days',
    schedule: 'Weekday early',
    fill: async (page) => chooseDays(page, ['Sunday', 'Wednesday', 'Saturday']),
    before: 'Mon–Fri at 05:00',
    after: 'Sun, Wed, Sat at 05:00',
    body: updateRequest('frequency="Weekly"', detailsOf('05:00:00', daysOf(['Sunday', 'Wednesday', 'Saturday']))),
    recurrence: { frequency: 'Weekly', start: '05:00:00', intervals: [{ weekDay: 'Sunday' }, { weekDay: 'Wednesday' }, { weekDay: 'Saturday' }] },
  },
  {
    what: 'a monthly one: the last day, its seconds kept',
    schedule: 'Invoices',
    fill: async (page) => {
      await page.getByLabel('Day of the month').selectOption('Last day of the month')
    },
    before: 'On the 31st of the month at 07:10:30',
    after: 'On the last day of the month at 07:10:30',
    body: updateRequest('frequency="Monthly"', detailsOf('07:10:30', '<interval monthDay="LastDay"/>')),
    recurrence: { frequency: 'Monthly', start: '07:10:30', intervals: [{ monthDay: 'LastDay' }] },
  },
  {
    what: 'from daily to weekly',
    schedule: 'Unused',
    fill: async (page) => {
      await choose(page, 'Repeats', 'Weekly')
      await chooseDays(page, ['Monday', 'Thursday'])
    },
    before: 'Daily at 01:30',
    after: 'Mon, Thu at 01:30',
    body: updateRequest('frequency="Weekly"', detailsOf('01:30:00', daysOf(['Monday', 'Thursday']))),
    recurrence: { frequency: 'Weekly', start: '01:30:00', intervals: [{ weekDay: 'Monday' }, { weekDay: 'Thursday' }] },
  },
  {
    what: 'from weekly to hourly',
    schedule: 'Mail',
    fill: async (page) => {
      await choose(page, 'Repeats', 'Hourly')
      await page.getByLabel('Every', { exact: true }).selectOption('12 hours')
      await page.getByLabel('Last run at the latest').fill('18:00')
    },
    before: 'Mon at 06:00',
    after: 'Every 12 hours from 06:00 to 18:00',
    body: updateRequest('frequency="Hourly"', detailsOf('06:00:00', '<interval hours="12"/>', ' end="18:00:00"')),
    recurrence: { frequency: 'Hourly', start: '06:00:00', end: '18:00:00', intervals: [{ hours: '12' }] },
  },
]

for (const { what, schedule: name, fill, before, after, body, recurrence } of edits) {
  test(`changes ${what}`, async ({ page, sim }) => {
    addInvoices(sim)
    const schedule = sim.world.schedule(name)
    await openEditor(page, schedule)
    await expect(previewOf(page).getByText(`${before}, Los Angeles time`, { exact: true })).toBeVisible()
    await fill(page)
    await expect(previewOf(page).getByText(`${after}, Los Angeles time`, { exact: true })).toBeVisible()
    const dialog = await askToSave(page, name)
    await expect(dialog.getByRole('row')).toHaveCount(2)
    await expect(dialog.getByRole('row', { name: `Repeats ${before} ${after}` })).toBeVisible()
    expect(sim.ledger.of('updateServerSchedule')).toEqual([])
    await dialog.getByRole('button', { name: 'Save changes' }).click()

    await seeSchedule(page, name)
    await expect(page.getByText(`${after}, Los Angeles time`, { exact: true })).toBeVisible()
    await expectNextRuns(page, recurrence, sim)
    const [put, ...others] = sim.ledger.of('updateServerSchedule')
    expect(put).toMatchObject({ status: 200, applied: true, user: 'admin', body })
    expect(put?.path).toContain(schedule.id)
    expect(others).toEqual([])
    expect(schedule.recurrence).toEqual(recurrence)
    expect(sim.ledger.of('getServerSchedule').at(-1)?.seq).toBeGreaterThan(put?.seq ?? Infinity)
  })
}

test('changes name, priority, order and state of a daily one, and sends nothing else', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  const { recurrence } = schedule
  await openSchedule(page, schedule)
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page.getByText('Nothing is changed yet.')).toBeVisible()
  await page.getByLabel('Name').fill('Nightly load')
  await page.getByLabel('Priority').fill('10')
  await choose(page, 'Its tasks run', 'One after the other')
  await choose(page, 'State', 'Suspended')
  const dialog = await askToSave(page, 'Nightly')
  for (const row of ['Name Nightly Nightly load', 'State Active Suspended', 'Priority 50 10', 'Its tasks run in parallel one after the other']) {
    await expect(dialog.getByRole('row', { name: row, exact: true })).toBeVisible()
  }
  await dialog.getByRole('button', { name: 'Go on editing' }).click()
  await expect(dialog).toBeHidden()
  expect(sim.ledger.of('updateServerSchedule')).toEqual([])
  await save(page, 'Nightly')
  await seeSchedule(page, 'Nightly load')
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ status: 200, applied: true, body: updateRequest('name="Nightly load" priority="10" state="Suspended" executionOrder="Serial"') }])
  expect(schedule).toMatchObject({ name: 'Nightly load', state: 'Suspended', priority: 10, executionOrder: 'Serial' })
  expect(schedule.recurrence).toBe(recurrence)
  await expect(page.getByText('It is suspended: these are the times at which it would run.')).toBeVisible()
})

test('a rename of a weekly one carries its days', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Weekday early')
  const { recurrence } = schedule
  await openEditor(page, schedule)
  await page.getByLabel('Name').fill('Before work')
  await save(page, 'Weekday early')
  await seeSchedule(page, 'Before work')
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ applied: true, body: updateRequest('name="Before work" frequency="Weekly"', detailsOf('05:00:00', daysOf(weekdays))) }])
  expect(schedule.recurrence).toEqual(recurrence)
  await expect(page.getByText('Mon–Fri at 05:00, Los Angeles time', { exact: true })).toBeVisible()
})

test('suspends and resumes a weekly one, its days intact', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Weekday early')
  const { recurrence } = schedule
  await openSchedule(page, schedule)
  const dialog = page.getByRole('dialog')

  await page.getByRole('button', { name: 'Suspend' }).click()
  await expect(dialog).toContainText('3 extract refresh tasks of this site no longer run on it.')
  await dialog.getByRole('button', { name: 'Let it run' }).click()
  await expect(dialog).toBeHidden()
  expect(sim.ledger.of('updateServerSchedule')).toEqual([])

  await page.getByRole('button', { name: 'Suspend' }).click()
  await dialog.getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
  await expect(dialog).toBeHidden()
  expect(schedule.state).toBe('Suspended')
  expect(schedule.recurrence).toEqual(recurrence)

  await page.getByRole('button', { name: 'Resume' }).click()
  await dialog.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible()
  expect(schedule.state).toBe('Active')
  expect(schedule.recurrence).toEqual(recurrence)
  const times = ['frequency="Weekly"', detailsOf('05:00:00', daysOf(weekdays))] as const
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([
    { status: 200, applied: true, body: updateRequest(`${times[0]} state="Suspended"`, times[1]) },
    { status: 200, applied: true, body: updateRequest(`${times[0]} state="Active"`, times[1]) },
  ])
})

test('a name that is taken: told at the field, the form is kept, and another name is saved', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openEditor(page, schedule)
  await page.getByLabel('Name').fill('Unused')
  await page.getByLabel('Priority').fill('12')
  await save(page, 'Nightly')
  await expect(page.getByRole('alert')).toContainText('409021')
  await expect(page.getByRole('alert')).toContainText('choose another name')
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription('A schedule named \'Unused\' already exists on this server.')
  await expect(page.getByLabel('Name')).toHaveValue('Unused')
  await expect(page.getByLabel('Priority')).toHaveValue('12')
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ status: 409, code: '409021', applied: false }])
  expect(schedule).toMatchObject({ name: 'Nightly', priority: 50 })

  await page.getByLabel('Name').fill('Nightly load')
  await save(page, 'Nightly')
  await seeSchedule(page, 'Nightly load')
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ code: '409021' }, { status: 200, applied: true }])
  expect(schedule).toMatchObject({ name: 'Nightly load', priority: 12 })
})

test('times that Tableau does not take: its own detail, and the form is kept', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openEditor(page, schedule)
  await page.getByLabel('Start', { exact: true }).fill('03:00')
  const detail = 'The start of a daily schedule must be on the full hour of another planet.'
  sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'tableauError', status: 400, code: '409004', summary: 'Bad Request', detail } })
  await save(page, 'Nightly')
  await expect(page.getByRole('alert')).toContainText(detail)
  await expect(page.getByRole('alert')).toContainText('409004')
  await expect(page.getByLabel('Start', { exact: true })).toHaveValue('03:00')
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ code: '409004', applied: false }])
  expect(schedule.recurrence.start).toBe('02:15:00')
})

test('changed by somebody else in the meantime: nothing is sent, the form is kept, and what is there now is shown', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openEditor(page, schedule)
  await page.getByLabel('Start', { exact: true }).fill('03:45')
  await page.getByLabel('Name').fill('Nightly load')
  schedule.recurrence = { frequency: 'Daily', start: '07:30:00', intervals: [] }
  schedule.priority = 20
  await save(page, 'Nightly')
  await expect(page.getByText('Somebody else has changed it; this is what is there now.')).toBeVisible()
  await expect(page.getByLabel('Start', { exact: true })).toHaveValue('03:45')
  await expect(page.getByLabel('Name')).toHaveValue('Nightly load')
  expect(sim.ledger.of('updateServerSchedule')).toEqual([])

  await expect(page.getByRole('row', { name: 'Repeats Daily at 02:15 Daily at 07:30 Daily at 03:45' })).toBeVisible()
  // What nobody touched here follows the other's change, so that saving does not set it back.
  await expect(page.getByLabel('Priority', { exact: true })).toHaveValue('20')
  const dialog = await askToSave(page, 'Nightly')
  await expect(dialog.getByRole('row', { name: 'Repeats Daily at 07:30 Daily at 03:45' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await seeSchedule(page, 'Nightly load')
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ status: 200, applied: true, body: updateRequest('name="Nightly load" frequency="Daily"', '<frequencyDetails start="03:45:00"/>') }])
  expect(schedule).toMatchObject({ name: 'Nightly load', priority: 20 })
})

test('what breaks a rule is told under its field, and nothing is sent', async ({ page, sim }) => {
  await openEditor(page, sim.world.schedule('Weekday early'))
  await page.getByLabel('Name').fill(' ')
  await chooseDays(page, [])
  await page.getByLabel('Start', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Save …' }).click()
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription('Enter a name')
  await expect(page.getByLabel('Start', { exact: true })).toHaveAccessibleDescription(/Enter the start time/)
  await expect(page.getByRole('group', { name: 'Days' })).toHaveAccessibleDescription(/Weekly needs at least one day/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(sim.ledger.of('updateServerSchedule')).toEqual([])
})
