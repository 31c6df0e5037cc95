import { openSchedule, openSchedules, scheduleRow, signInAt } from './schedule-actions.ts'
import { expect, test } from './test.ts'

for (const [account, role] of [
  ['site-admin', 'SiteAdministratorCreator'],
  ['creator', 'Creator'],
  ['leader', 'ExplorerCanPublish'],
] as const) {
  test(`${account} sees schedules, and why they cannot be changed`, async ({ page, sim }) => {
    const reason = `All sites of the server share its schedules, so Tableau lets only server administrators change them. Your role on this site is ${role}.`
    await openSchedules(page, account)
    await expect(scheduleRow(page, 'Nightly')).toBeVisible()
    await expect(page.getByText(reason)).toBeVisible()
    await expect(page.getByRole('columnheader', { name: account === 'site-admin' ? 'Tasks' : 'Your tasks', exact: true })).toBeVisible()
    const create = page.getByRole('button', { name: 'New schedule' })
    await expect(create).toHaveAttribute('aria-disabled', 'true')
    await expect(create).toHaveAccessibleDescription(reason)
    await create.click({ force: true })
    await expect(page).toHaveURL('/schedules')

    await scheduleRow(page, 'Nightly').click()
    for (const name of ['Edit', 'Suspend', 'Delete']) {
      const button = page.getByRole('button', { name })
      await expect(button).toHaveAttribute('aria-disabled', 'true')
      await expect(button).toHaveAccessibleDescription(reason)
      await button.click({ force: true })
    }
    await expect(page.getByRole('dialog')).toHaveCount(0)

    const { id } = sim.world.schedule('Nightly')
    for (const path of ['/schedules/new', `/schedules/${id}/edit`]) {
      await page.goto(path)
      await expect(page.getByRole('form')).toHaveAccessibleDescription(reason)
      await expect(page.getByLabel('Name')).toBeDisabled()
      await page.getByRole('button', { name: /^(Create schedule|Save …)$/ }).click({ force: true })
      await expect(page).toHaveURL(path)
    }
    expect([...sim.ledger.of('createServerSchedule'), ...sim.ledger.of('updateServerSchedule'), ...sim.ledger.of('deleteServerSchedule')]).toEqual([])
  })
}

for (const account of ['viewer', 'explorer']) {
  test(`${account} is told why there are no schedules to see`, async ({ page, sim }) => {
    await signInAt(page, '/schedules', account)
    await expect(page.getByRole('heading', { level: 1, name: 'You may not see the schedules of this server' })).toBeVisible()
    await expect(page.getByText('Only users who may schedule extract refreshes and administrators can read schedules.')).toBeVisible()
    await expect(page.getByText(`You are signed in to Default as ${account}.`)).toBeVisible()
    await expect(page.getByRole('button', { name: 'New schedule' })).toHaveCount(0)
    expect(sim.ledger.of('listServerSchedules').at(-1)).toMatchObject({ status: 403, user: account })
  })
}

test('who is allowed no more while the page is open is refused by Tableau, in its words', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openSchedule(page, schedule)
  sim.world.setSiteRole('admin', '', 'SiteAdministratorCreator')
  await page.getByRole('button', { name: 'Suspend' }).click()
  const dialog = page.getByRole('dialog', { name: 'Suspend “Nightly”' })
  await dialog.getByRole('button', { name: 'Suspend' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Only server administrators can create, update or delete schedules.')
  expect(sim.ledger.of('updateServerSchedule')).toMatchObject([{ status: 403, applied: false }])
  expect(schedule.state).toBe('Active')
})
