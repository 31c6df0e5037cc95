import { firesInWeek, openEditor, openSchedule, openSchedules, save, scheduleCells, scheduleRow, scheduleTable, seeSchedule, shownSchedules } from './schedule-actions.ts'
import { expect, test } from './test.ts'

test('lists every schedule of the server, its times in words, its tasks counted', async ({ page, sim }) => {
  await openSchedules(page)
  await expect(scheduleCells(page, 'Weekday early')).toContainText('Mon–Fri at 05:00')
  await expect(scheduleCells(page, 'Hourly')).toContainText('Every hour from 00:00 to 05:00')
  await expect(scheduleCells(page, 'Several days')).toContainText('On the 1st and 15th of the month at 04:00')
  await expect(scheduleCells(page, 'Mail')).toContainText('Subscription')
  for (const { name } of sim.world.schedules) await expect(scheduleRow(page, name)).toBeVisible()
  await expect(scheduleTable(page).getByRole('link')).toHaveCount(sim.world.schedules.length)
  const early = sim.world.tasks().onSchedule(sim.world.schedule('Weekday early')).length
  await expect(scheduleCells(page, 'Weekday early').getByRole('cell').nth(4)).toHaveText(String(early))
})

test('filters, searches and sorts in the address, and a reload shows the same', async ({ page, sim }) => {
  sim.world.schedule('Unused').state = 'Suspended'
  await openSchedules(page)
  await page.getByRole('searchbox', { name: 'Search schedules' }).fill('daily')
  await expect.poll(async () => shownSchedules(page)).toEqual(['Nightly', 'Unused'])
  await page.getByRole('button', { name: 'Next run' }).click()
  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(async () => shownSchedules(page)).toEqual(['Unused', 'Nightly'])
  await page.getByRole('button', { name: 'Suspended 1' }).click()
  await expect.poll(async () => shownSchedules(page)).toEqual(['Unused'])
  await expect(page).toHaveURL('/schedules?q=daily&state=Suspended&sort=name:desc')
  await page.reload()
  await expect.poll(async () => shownSchedules(page)).toEqual(['Unused'])
  await expect(page.getByRole('searchbox', { name: 'Search schedules' })).toHaveValue('daily')
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')

  await page.getByRole('searchbox', { name: 'Search schedules' }).fill('no such thing')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Type: all' }).click()
  // What is chosen stands in the address, and the box follows it a moment later.
  await page.getByRole('checkbox', { name: 'Subscription' }).click()
  await expect.poll(async () => shownSchedules(page)).toEqual(['Mail'])
  await page.goBack()
  await expect(scheduleTable(page).getByRole('link')).toHaveCount(sim.world.schedules.length)
})

test('rows are gone through by keys', async ({ page }) => {
  await openSchedules(page)
  await expect(scheduleRow(page, 'Customized')).toBeVisible()
  await page.keyboard.press('j')
  await expect(scheduleRow(page, 'Customized')).toBeFocused()
  await page.keyboard.press('j')
  await expect(scheduleRow(page, 'Hourly')).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await seeSchedule(page, 'Customized')
})

test('the week shows when schedules fire, as links', async ({ page, sim }) => {
  await openSchedules(page, 'admin', '?view=week')
  const check = async (weeksLater: number) => {
    for (const [name, tasks] of [['Nightly', '4 tasks'], ['Weekday early', '3 tasks']] as const) {
      const fires = firesInWeek(sim.world.schedule(name).recurrence, sim.clock.now(), weeksLater)
      await expect(page.getByRole('link', { name: new RegExp(`^${name}, `) })).toHaveCount(fires.length)
      for (const { weekday, day, clock } of fires) {
        await expect(page.getByRole('link', { name: new RegExp(String.raw`^${name}, ${weekday} ${day} \w+ ${clock} \w+, ${tasks}$`) })).toBeVisible()
      }
    }
  }
  await check(0)
  await page.getByRole('button', { name: 'Next week' }).click()
  await check(1)
  await page.getByRole('button', { name: 'Previous week' }).click()
  await page.getByRole('button', { name: 'Previous week' }).click()
  await check(-1)
  const address = page.url()
  expect(address).toContain('day=')
  await page.reload()
  await check(-1)
  expect(page.url()).toBe(address)
  await page.getByRole('button', { name: 'This week' }).click()
  await expect(page).toHaveURL('/schedules?view=week')
  await page.getByRole('link', { name: /^Weekday early, Mon / }).click()
  await seeSchedule(page, 'Weekday early')
})

test('the week is gone through by arrow keys', async ({ page }) => {
  await openSchedules(page, 'admin', '?view=week&q=hour')
  const fire = (day: string, clock: string) => page.getByRole('link', { name: new RegExp(String.raw`^Hourly, ${day} .* ${clock} `) })
  await fire('Mon', '00:00').focus()
  for (const [key, day, clock] of [
    ['ArrowDown', 'Mon', '01:00'],
    ['ArrowRight', 'Tue', '01:00'],
    ['ArrowUp', 'Tue', '00:00'],
    ['ArrowUp', 'Tue', '00:00'],
    ['ArrowLeft', 'Mon', '00:00'],
    ['End', 'Sun', '05:00'],
    ['Home', 'Mon', '00:00'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(fire(day, clock)).toBeFocused()
  }
  await page.keyboard.press('Enter')
  await seeSchedule(page, 'Hourly')
})

test('the command palette finds a schedule and opens it', async ({ page }) => {
  await openSchedules(page)
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const field = palette.getByLabel(/^Go to a page/)
  await field.fill('month e')
  await palette.getByRole('button', { name: 'Month end' }).click()
  await seeSchedule(page, 'Month end')
  await page.keyboard.press('ControlOrMeta+k')
  await field.fill('nightly')
  await palette.getByRole('button', { name: 'Nightly' }).click()
  await seeSchedule(page, 'Nightly')
  await page.keyboard.press('ControlOrMeta+k')
  await field.fill('new sch')
  await palette.getByRole('button', { name: 'New schedule' }).click()
  await expect(page.getByRole('form', { name: 'New schedule' })).toBeVisible()
})

test('deletes a schedule after saying what goes with it', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  const tasks = () => sim.world.tasks().onSchedule(schedule).length
  const count = tasks()
  expect(count).toBeGreaterThan(1)
  await openSchedule(page, schedule)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete “Nightly”' })
  await expect(dialog).toContainText(`${count} extract refresh tasks of this site go with it`)
  await expect(dialog).toContainText('Extract refreshes of other sites, flows and subscriptions on it are not counted here')
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(dialog).toBeHidden()
  expect(sim.ledger.of('deleteServerSchedule')).toEqual([])
  expect(tasks()).toBe(count)

  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete schedule' }).click()
  await expect(page).toHaveURL('/schedules')
  await expect(scheduleRow(page, 'Unused')).toBeVisible()
  await expect(scheduleRow(page, 'Nightly')).toHaveCount(0)
  const [sent, ...others] = sim.ledger.of('deleteServerSchedule')
  expect(sent).toMatchObject({ status: 204, applied: true, user: 'admin' })
  expect(sent?.path).toContain(schedule.id)
  expect(others).toEqual([])
  expect(sim.world.schedules).not.toContain(schedule)
  expect(tasks()).toBe(0)
  await page.reload()
  await expect(scheduleRow(page, 'Unused')).toBeVisible()
  await expect(scheduleRow(page, 'Nightly')).toHaveCount(0)
})

test('a schedule that was deleted since the list was read: gone, and since when', async ({ page, sim }) => {
  await openSchedules(page)
  await expect(scheduleCells(page, 'Unused')).toContainText('Daily at 01:30')
  sim.world.timetable.removeSchedule(sim.world.schedule('Unused'))
  await scheduleRow(page, 'Unused').click()
  await expect(page.getByRole('heading', { level: 1, name: '“Unused” is not there any more' })).toBeVisible()
  await expect(page.getByText(/^Gone since \d\d:\d\d; at \d\d:\d\d it was still there\./)).toBeVisible()
  await page.getByRole('link', { name: 'Back to the schedules' }).click()
  await expect(scheduleRow(page, 'Nightly')).toBeVisible()
  await expect(scheduleRow(page, 'Unused')).toHaveCount(0)
})

test('a schedule that was deleted while its page is open: the refusal is told, then since when it is gone', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Unused')
  await openSchedule(page, schedule)
  sim.world.timetable.removeSchedule(schedule)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete “Unused”' })
  await dialog.getByRole('button', { name: 'Delete schedule' }).click()
  await expect(dialog.getByRole('alert')).toContainText('It is not there any more.')
  await expect(dialog.getByRole('alert')).toContainText('404023')
  await expect(dialog.getByRole('button', { name: 'Delete schedule' })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('heading', { level: 1, name: '“Unused” is not there any more' })).toBeVisible()
  await expect(page.getByText(/^Gone since \d\d:\d\d; at \d\d:\d\d it was still there\./)).toBeVisible()
  await expect(page.getByText('Deleted “Unused”')).toHaveCount(0)
  expect(sim.ledger.of('deleteServerSchedule')).toMatchObject([{ status: 404, code: '404023', applied: false }])
})

test('a schedule that was deleted while its form is open: nothing is sent, and what was typed stays', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Unused')
  await openEditor(page, schedule)
  sim.world.timetable.removeSchedule(schedule)
  await page.getByLabel('Name').fill('Used after all')
  await save(page, 'Unused')
  await expect(page.getByRole('alert')).toContainText('It is not there any more.')
  await expect(page.getByLabel('Name')).toHaveValue('Used after all')
  expect(sim.ledger.of('updateServerSchedule')).toEqual([])
})
