import { seeSchedule, signInAt } from './schedule-actions.ts'
import { addButton, chooseContent, chooseSchedule, openTask, openTasks, runButton, runState, scheduleChoice, taskDrawer, taskLink, taskOnSchedule } from './task-actions.ts'
import { expect, test } from './test.ts'

test('a creator runs a task of their own, whose job they may not follow: queued, and the task is read again', async ({ page, sim }) => {
  await openTasks(page, 'creator')
  await expect(page.getByText('Tableau shows you your own tasks only.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tasks 2')
  await expect(taskLink(page, 'Campaign Performance')).toBeVisible()
  await runButton(page, 'Web Traffic & Conversion').click()
  await expect(runState(page, 'Web Traffic & Conversion')).toHaveText('Queued', { timeout: 15_000 })
  expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([{ status: 200, applied: true, user: 'creator' }])
  expect(sim.ledger.of('queryJob')).toMatchObject([{ status: 403, user: 'creator' }])
  const drawer = await openTask(page, 'Web Traffic & Conversion')
  await expect(drawer).toContainText('Its job cannot be followed here: Tableau lets administrators follow jobs.')
  await expect(drawer).toContainText('Tableau lets only server and site administrators see the jobs of a site. Your role on this site is Creator.')
  const reads = sim.ledger.of('listExtractRefreshTasks').length
  await expect.poll(() => sim.ledger.of('listExtractRefreshTasks').length, { timeout: 30_000 }).toBeGreaterThan(reads)
  expect(sim.ledger.of('runExtractRefreshTask')).toHaveLength(1)
})

test('a creator adds their own content, and is told who may add that of others', async ({ page, sim }) => {
  await signInAt(page, '/tasks/add', 'creator')
  await chooseSchedule(page, 'Unused')
  await chooseContent(page, 'Regional Sales')
  const reason = 'The owner, owners and leaders of its project, and administrators may do this. You are none of them.'
  await expect(addButton(page)).toHaveAttribute('aria-disabled', 'true')
  await expect(addButton(page)).toHaveAccessibleDescription(reason)
  await addButton(page).click({ force: true })
  await page.getByRole('button', { name: 'Change' }).click()
  await chooseContent(page, 'Web Traffic & Conversion')
  await addButton(page).click()
  await seeSchedule(page, 'Unused')
  await expect(page.getByRole('heading', { level: 2, name: /^Your tasks/ })).toBeVisible()
  await expect(taskOnSchedule(page, 'Web Traffic & Conversion')).toBeVisible()
  await expect(page.getByText('Tasks of others are told to administrators only.')).toBeVisible()
  expect(sim.ledger.of('addWorkbookToSchedule')).toMatchObject([{ status: 200, applied: true, user: 'creator' }])
})

test('a creator deletes their own task', async ({ page, sim }) => {
  await openTasks(page, 'creator')
  const drawer = await openTask(page, 'Web Traffic & Conversion')
  await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete task' }).click()
  await expect(taskLink(page, 'Web Traffic & Conversion')).toBeHidden()
  expect(sim.ledger.of('deleteExtractRefreshTask')).toMatchObject([{ status: 204, applied: true, user: 'creator' }])
})

test('a project leader has no tasks of their own, and adds content of the project', async ({ page, sim }) => {
  await signInAt(page, '/tasks', 'leader')
  await expect(page.getByRole('heading', { name: 'You have no refresh tasks' })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Add to a schedule' }).last().click()
  await chooseSchedule(page, 'Unused')
  await chooseContent(page, 'Regional Sales')
  await addButton(page).click()
  await seeSchedule(page, 'Unused')
  await expect(page.getByText('“Regional Sales” is refreshed by “Unused” from now on.')).toBeVisible()
  expect(sim.ledger.of('addWorkbookToSchedule')).toMatchObject([{ status: 200, applied: true, user: 'leader' }])
  expect(sim.world.tasks().onSchedule(sim.world.schedule('Unused'))).toMatchObject([{ content: { name: 'Regional Sales' } }])
})

test('a leader who leads no more while the page is open is refused by Tableau, in its words', async ({ page, sim }) => {
  await signInAt(page, '/tasks/add', 'leader')
  await chooseSchedule(page, 'Unused')
  // The button waits for nothing: until the page has been told who may add, it lets everybody try.
  const told = page.waitForResponse(/\/api\/workbooks\/[\da-f-]+$/)
  await chooseContent(page, 'Regional Sales')
  await told
  await expect(addButton(page)).not.toHaveAttribute('aria-disabled', 'true')
  for (const { leaderUserIds } of sim.world.site().projects) leaderUserIds.clear()
  await addButton(page).click()
  await expect(page.getByRole('alert')).toContainText('403032')
  await expect(page.getByText('Administrators, the owner of the content and the leaders of its project can add it.')).toBeVisible()
  expect(sim.ledger.of('addWorkbookToSchedule')).toMatchObject([{ status: 403, code: '403032', applied: false, user: 'leader' }])
})

test('a project leader cannot add content of another project', async ({ page, sim }) => {
  await signInAt(page, '/tasks/add', 'leader')
  await chooseSchedule(page, 'Unused')
  await chooseContent(page, 'Customers 360')
  await expect(addButton(page)).toHaveAttribute('aria-disabled', 'true')
  await addButton(page).click({ force: true })
  await expect(page.getByText('Customers 360', { exact: true })).toBeVisible()
  await expect(scheduleChoice(page, 'Unused')).toBeChecked()
  expect(sim.ledger.of('addDatasourceToSchedule')).toEqual([])
  expect(sim.world.tasks().onSchedule(sim.world.schedule('Unused'))).toEqual([])
})

for (const [name, role] of [
  ['explorer', 'Explorer'],
  ['viewer', 'Viewer'],
] as const) {
  test(`${name}: no tasks, no jobs, nothing to add to, and why`, async ({ page, sim }) => {
    await signInAt(page, '/', name)
    await expect(page).toHaveURL('/tasks')
    await expect(page.getByRole('heading', { name: 'You have no refresh tasks' })).toBeVisible()
    await expect(page.getByText('Tableau shows you the tasks of the content that you own.')).toBeVisible()
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).click()
    await expect(page.getByRole('heading', { name: 'You may not see the jobs of this site' })).toBeVisible()
    await expect(page.getByText(`Your role on this site is ${role}.`)).toBeVisible()
    await page.goto('/tasks/add')
    await expect(page.getByRole('alert')).toContainText('Only users who may schedule extract refreshes and administrators can read schedules.')
    expect(sim.ledger.entries.filter(({ applied, operation }) => applied && operation !== 'signIn')).toEqual([])
  })
}

test('a site administrator sees, runs and deletes every task of the site', async ({ page, sim }) => {
  await openTasks(page, 'site-admin')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tasks 12')
  await expect(page.getByText('Tableau shows you your own tasks only.')).toBeHidden()
  await runButton(page, 'Regional Sales').click()
  await expect(runState(page, 'Regional Sales')).toHaveText('Waiting')
  expect(sim.ledger.of('runExtractRefreshTask')).toMatchObject([{ status: 200, applied: true, user: 'site-admin' }])
  const drawer = await openTask(page, 'Customers 360')
  await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete task' }).click()
  await expect(taskLink(page, 'Customers 360')).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tasks 11')
  expect(sim.ledger.of('deleteExtractRefreshTask')).toMatchObject([{ status: 204, applied: true, user: 'site-admin' }])
})

test('a role that is taken away while the page is open: the refusal is shown, and nothing was done', async ({ page, sim }) => {
  await openTasks(page, 'site-admin')
  sim.world.setSiteRole('site-admin', '', 'Explorer')
  const drawer = await openTask(page, 'Customers 360')
  await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Delete task' }).click()
  await expect(dialog.getByRole('alert')).toContainText('You do not have the permission to delete this task.')
  expect(sim.ledger.of('deleteExtractRefreshTask')).toMatchObject([{ status: 403, code: '403004', applied: false }])
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(taskDrawer(page)).toContainText('It may have been deleted, or you may not see it any more.')
  expect(sim.world.tasks().find('Customers 360')).toBeDefined()
})
