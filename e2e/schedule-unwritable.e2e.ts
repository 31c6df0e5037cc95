import type { Recurrence } from '@refreshboard/tableau-sim'
import { askToSave, openSchedule, seeSchedule, updateRequest } from './schedule-actions.ts'
import { expect, test } from './test.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']

/** What servers report and REST cannot write; the first two are there. */
const unwritable: readonly { name: string; told: string; reason: string; recurrence?: Recurrence }[] = [
  { name: 'Several days', told: 'On the 1st and 15th of the month at 04:00', reason: 'It runs on several days of the month, which can be set in Tableau’s own pages only.' },
  { name: 'Customized', told: 'Monthly at 03:00 (unknown to Refreshboard', reason: 'Customized Monthly' },
  {
    name: 'Third Thursday',
    told: 'On the third Thursday of the month at 02:50',
    reason: 'It runs on a weekday of the month',
    recurrence: { frequency: 'Monthly', start: '02:50:00', intervals: [{ monthDay: 'Third', weekDay: 'Thursday' }] },
  },
  {
    name: 'Four-hourly on workdays',
    told: 'Every 4 hours from 06:15 to 18:15, Mon–Fri',
    reason: 'It is Daily and repeats within the day',
    recurrence: { frequency: 'Daily', start: '06:15:00', end: '18:15:00', intervals: [{ hours: '4' }, ...weekdays.map((weekDay) => ({ weekDay }))] },
  },
]

for (const { name, told, reason, recurrence: given } of unwritable) {
  test(`“${name}”, whose times REST cannot write, is renamed and its times stay`, async ({ page, sim }) => {
    if (given !== undefined) sim.world.addSchedule({ name, ...given })
    const schedule = sim.world.schedule(name)
    const { recurrence } = schedule
    const asItWas = JSON.stringify(recurrence)
    await openSchedule(page, schedule)
    await expect(page.getByText('Its times cannot be changed here.')).toBeVisible()
    await page.getByRole('link', { name: 'Edit' }).click()
    const form = page.getByRole('form', { name: 'Schedule' })
    await expect(form).toContainText(told)
    await expect(form).toContainText(reason)
    await expect(form).toContainText('Its times stay as they are; saving here never sends them.')
    await expect(page.getByRole('radiogroup', { name: 'Repeats' })).toHaveCount(0)
    await expect(page.getByLabel('Start', { exact: true })).toHaveCount(0)
    await page.getByLabel('Name').fill(`${name}, renamed`)
    await page.getByLabel('Priority').fill('33')
    const dialog = await askToSave(page, name)
    await expect(dialog.getByRole('row')).toHaveCount(3)
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await seeSchedule(page, `${name}, renamed`)
    await expect(page.getByText(told).first()).toBeVisible()
    expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ status: 200, applied: true, body: updateRequest(`name="${name}, renamed" priority="33"`) }])
    expect(schedule).toMatchObject({ name: `${name}, renamed`, priority: 33 })
    expect(schedule.recurrence).toBe(recurrence)
    expect(JSON.stringify(schedule.recurrence)).toBe(asItWas)
  })
}

test('a schedule with a frequency that nobody knows is shown as it is told, and cannot be changed', async ({ page, sim }) => {
  const schedule = sim.world.addSchedule({ name: 'Once in a while', frequency: 'Fortnightly', start: '05:00:00', intervals: [{ fortnight: 'even' }] })
  await openSchedule(page, schedule)
  await expect(page.getByText('It can only be looked at here.')).toBeVisible()
  await expect(page.getByText(/^Fortnightly at 05:00 \(unknown to Refreshboard: fortnight=even\)/)).toBeVisible()
  for (const name of ['Edit', 'Suspend', 'Delete']) {
    const button = page.getByRole('button', { name })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toHaveAccessibleDescription(/“Fortnightly”, which Refreshboard does not know/)
    await button.click({ force: true })
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect([...sim.ledger.of('updateServerSchedule'), ...sim.ledger.of('deleteServerSchedule')]).toEqual([])
})
