import type { Recurrence, TableauSim } from '@refreshboard/tableau-sim'
import { choose, chooseDays, expectNextRuns, goToNewSchedule, openNewSchedule, previewOf, scheduleRow, seeSchedule } from './schedule-actions.ts'
import { expect, test, type Page } from './test.ts'

interface Times {
  what: string
  /** Fills in when it runs; a new schedule begins as Daily without a time. */
  fill: (page: Page) => Promise<void>
  sentence: string
  /** The `frequencyDetails` that have to be sent. */
  details: string
  recurrence: Recurrence
}

const startAt = async (page: Page, time: string) => page.getByLabel('Start', { exact: true }).fill(time)

const hourly = (every: string, start: string, end: string, sentence: string): Times => {
  const [count = '', unit = ''] = every.split(' ')
  const interval = unit === 'minutes' ? 'minutes' : 'hours'
  return {
    what: `every ${every}`,
    fill: async (page) => {
      await choose(page, 'Repeats', 'Hourly')
      await page.getByLabel('Every', { exact: true }).selectOption(every)
      await page.getByLabel('First run').fill(start)
      await page.getByLabel('Last run at the latest').fill(end)
    },
    sentence,
    details: `<frequencyDetails start="${start}:00" end="${end}:00"><intervals><interval ${interval}="${count}"/></intervals></frequencyDetails>`,
    recurrence: { frequency: 'Hourly', start: `${start}:00`, end: `${end}:00`, intervals: [{ [interval]: count }] },
  }
}

const weekly = (days: readonly string[], start: string, sentence: string): Times => ({
  what: `on ${days.length === 1 ? 'one day' : `${days.length} days`}`,
  fill: async (page) => {
    await choose(page, 'Repeats', 'Weekly')
    await chooseDays(page, days)
    await startAt(page, start)
  },
  sentence,
  details: `<frequencyDetails start="${start}:00"><intervals>${days.map((day) => `<interval weekDay="${day}"/>`).join('')}</intervals></frequencyDetails>`,
  recurrence: { frequency: 'Weekly', start: `${start}:00`, intervals: days.map((weekDay) => ({ weekDay })) },
})

const monthly = (choice: string, monthDay: string, start: string, sentence: string): Times => ({
  what: `on ${choice.toLowerCase()}`,
  fill: async (page) => {
    await choose(page, 'Repeats', 'Monthly')
    await page.getByLabel('Day of the month').selectOption(choice)
    await startAt(page, start)
  },
  sentence,
  details: `<frequencyDetails start="${start}:00"><intervals><interval monthDay="${monthDay}"/></intervals></frequencyDetails>`,
  recurrence: { frequency: 'Monthly', start: `${start}:00`, intervals: [{ monthDay }] },
})

const kinds: Readonly<Record<string, readonly Times[]>> = {
  hourly: [
    hourly('15 minutes', '06:00', '20:00', 'Every 15 minutes from 06:00 to 20:00'),
    hourly('30 minutes', '22:00', '04:00', 'Every 30 minutes from 22:00 to 04:00 the next day'),
    hourly('1 hour', '00:20', '23:20', 'Every hour from 00:20 to 23:20'),
    hourly('2 hours', '18:30', '22:30', 'Every 2 hours from 18:30 to 22:30'),
    hourly('4 hours', '00:00', '00:00', 'Every 4 hours from 00:00, all day'),
    hourly('6 hours', '05:00', '23:00', 'Every 6 hours from 05:00 to 23:00'),
    hourly('8 hours', '06:00', '22:30', 'Every 8 hours from 06:00 to 22:00 (ends at 22:30)'),
    hourly('12 hours', '07:00', '20:00', 'Every 12 hours from 07:00 to 19:00 (ends at 20:00)'),
  ],
  daily: [
    {
      what: 'at a time',
      fill: async (page) => startAt(page, '02:45'),
      sentence: 'Daily at 02:45',
      details: '<frequencyDetails start="02:45:00"/>',
      recurrence: { frequency: 'Daily', start: '02:45:00', intervals: [] },
    },
  ],
  weekly: [
    weekly(['Saturday'], '23:00', 'Sat at 23:00'),
    weekly(['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'], '05:00', 'Every day at 05:00'),
  ],
  monthly: [monthly('31', '31', '04:20', 'On the 31st of the month at 04:20'), monthly('Last day of the month', 'LastDay', '23:30', 'On the last day of the month at 23:30')],
}

const make = async (page: Page, sim: TableauSim, { what, fill, sentence, details, recurrence }: Times): Promise<void> => {
  const name = `Made ${what}`
  const made = () => sim.ledger.of('createServerSchedule')
  const before = made().length
  await expect(previewOf(page)).toContainText('What it means appears here as you type.')
  await page.getByLabel('Name').fill(name)
  await fill(page)
  await expect(previewOf(page).getByText(`${sentence}, Los Angeles time`, { exact: true })).toBeVisible()
  await expectNextRuns(page, recurrence, sim)
  expect(made()).toHaveLength(before)
  await page.getByRole('button', { name: 'Create schedule' }).click()

  await seeSchedule(page, name)
  const schedule = sim.world.schedule(name)
  await expect(page).toHaveURL(`/schedules/${schedule.id}`)
  expect(made().slice(before)).toMatchObject([
    {
      status: 201,
      applied: true,
      user: 'admin',
      body: `<tsRequest><schedule name="${name}" priority="50" type="Extract" frequency="${recurrence.frequency}" executionOrder="Parallel">${details}</schedule></tsRequest>`,
    },
  ])
  expect(schedule).toMatchObject({ type: 'Extract', state: 'Active', priority: 50, executionOrder: 'Parallel' })
  expect(schedule.recurrence).toEqual(recurrence)

  await expect(page.getByText(`${sentence}, Los Angeles time`, { exact: true })).toBeVisible()
  await expectNextRuns(page, recurrence, sim)
  expect(sim.ledger.of('getServerSchedule').at(-1)).toMatchObject({ status: 200 })
  expect(sim.ledger.of('getServerSchedule').at(-1)?.path).toContain(schedule.id)
}

for (const [frequency, all] of Object.entries(kinds)) {
  test(`makes ${frequency} schedules, and reads them back`, async ({ page, sim }) => {
    test.setTimeout(120_000)
    await openNewSchedule(page)
    for (const [index, times] of all.entries()) {
      if (index > 0) await goToNewSchedule(page)
      await test.step(times.what, async () => make(page, sim, times))
    }
  })
}

test('a schedule of another type, with its priority and order, and what Tableau warns of', async ({ page, sim }) => {
  await openNewSchedule(page)
  await page.getByLabel('Name').fill('  Flows & <mail>  ')
  await choose(page, 'Type', 'Flow')
  await choose(page, 'Repeats', 'Hourly')
  await page.getByLabel('Every', { exact: true }).selectOption('15 minutes')
  await page.getByLabel('First run').fill('06:00')
  await page.getByLabel('Last run at the latest').fill('20:00')
  await page.getByLabel('Priority').fill('7')
  await choose(page, 'Its tasks run', 'One after the other')
  await page.getByRole('button', { name: 'Create schedule' }).dblclick()
  await seeSchedule(page, 'Flows & <mail>')
  expect(sim.ledger.of('createServerSchedule')).toMatchObject([{ status: 201, applied: true }])
  expect(sim.world.schedule('Flows & <mail>')).toMatchObject({ type: 'Flow', priority: 7, executionOrder: 'Serial' })
  await expect(page.getByRole('status').filter({ hasText: 'Tableau took it, and warns:' })).toContainText('every 15 minutes')
  await page.getByRole('link', { name: 'Schedules' }).first().click()
  await expect(scheduleRow(page, 'Flows & <mail>')).toBeVisible()
})

test('what breaks a rule is told under its field, and nothing is sent', async ({ page, sim }) => {
  await openNewSchedule(page)
  const create = page.getByRole('button', { name: 'Create schedule' })
  const described = (label: string) => page.getByLabel(label, { exact: true })

  await create.click()
  await expect(described('Name')).toHaveAccessibleDescription('Enter a name')
  await expect(described('Name')).toBeFocused()
  await expect(described('Start')).toHaveAccessibleDescription(/Enter the start time/)

  await described('Name').fill('Often')
  await choose(page, 'Repeats', 'Hourly')
  await described('First run').fill('06:00')
  await described('Priority').fill('0')
  await create.click()
  await expect(described('Name')).toHaveAccessibleDescription('')
  await expect(described('Last run at the latest')).toHaveAccessibleDescription(/Enter an end time, which Hourly needs/)
  await expect(described('Priority')).toHaveAccessibleDescription(/The priority must be 1 to 100; 1 runs first/)

  await choose(page, 'Repeats', 'Weekly')
  await described('Priority').fill('soon')
  await create.click()
  await expect(page.getByRole('group', { name: 'Days' })).toHaveAccessibleDescription('Weekly needs at least one day; without days Tableau would run it on all seven')
  await expect(described('Priority')).toHaveAccessibleDescription(/The priority must be a whole number from 1 to 100/)
  expect(sim.ledger.of('createServerSchedule')).toEqual([])

  await described('Priority').fill('100')
  await page.getByRole('button', { name: 'Monday to Friday' }).click()
  await create.click()
  await seeSchedule(page, 'Often')
  expect(sim.ledger.of('createServerSchedule')).toMatchObject([{ status: 201, applied: true }])
  expect(sim.world.schedule('Often').recurrence.intervals).toHaveLength(5)
})

test('what is typed is left only after a question', async ({ page, sim }) => {
  await openNewSchedule(page)
  await page.getByLabel('Name').fill('Half a schedule')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click()
  await expect(page.getByLabel('Name')).toHaveValue('Half a schedule')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await expect(scheduleRow(page, 'Nightly')).toBeVisible()
  expect(sim.ledger.of('createServerSchedule')).toEqual([])
})

for (const [what, name, fault, words, code] of [
  ['a name that is taken', 'Nightly', undefined, 'A schedule named \'Nightly\' already exists on this server.', '409021'],
  ['times that Tableau does not take', 'Odd times', '409004', 'An hourly schedule must have exactly one interval.', '409004'],
  ['a failure without a reason', 'Simulated: 400064', undefined, 'The schedule could not be created.', '400064'],
] as const) {
  test(`${what}: Tableau’s own words, and the form is kept`, async ({ page, sim }) => {
    await openNewSchedule(page)
    const fields = { name: page.getByLabel('Name'), start: page.getByLabel('Start', { exact: true }) }
    await fields.name.fill(name)
    await fields.start.fill('03:30')
    if (fault !== undefined) sim.faults.add({ operation: 'createServerSchedule', action: { kind: 'tableauError', status: 400, code: fault, summary: 'Bad Request', detail: words } })
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await expect(page.getByRole('alert')).toContainText(words)
    await expect(page.getByRole('alert')).toContainText(code)
    await expect(fields.name).toHaveValue(name)
    await expect(fields.start).toHaveValue('03:30')
    expect(sim.ledger.of('createServerSchedule')).toMatchObject([{ code, applied: false }])

    await fields.name.fill('Another name')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await seeSchedule(page, 'Another name')
    expect(sim.ledger.of('createServerSchedule')).toMatchObject([{ code, applied: false }, { status: 201, applied: true }])
    expect(sim.world.schedules.filter(({ name: each }) => each === name)).toHaveLength(name === 'Nightly' ? 1 : 0)
  })
}
