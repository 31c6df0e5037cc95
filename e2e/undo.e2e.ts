import { drawerOf, openDrawer, openJobs } from './actions.ts'
import { cloudTaskOf, onCloud, openTaskEditor } from './cloud-actions.ts'
import { askToSave, openEditor, openSchedule, save, seeSchedule } from './schedule-actions.ts'
import { openTask, openTasks, taskDrawer } from './task-actions.ts'
import { expect, test, type Page } from './test.ts'

const undoButton = (page: Page) => page.getByRole('button', { name: /^Undo / })

test.describe('a schedule', () => {
  test('that was changed is put back exactly, once, from another page', async ({ page, sim }) => {
    const schedule = sim.world.schedule('Weekday early')
    const before = { name: schedule.name, state: schedule.state, priority: schedule.priority, executionOrder: schedule.executionOrder, recurrence: JSON.parse(JSON.stringify(schedule.recurrence)) as unknown }
    await openEditor(page, schedule)
    await page.getByLabel('Name').fill('Before work')
    await page.getByLabel('Priority').fill('10')
    await page.getByRole('group', { name: 'Days' }).getByRole('checkbox', { name: 'Saturday' }).check({ force: true })
    await save(page, 'Weekday early')
    await seeSchedule(page, 'Before work')
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Tasks' }).click()
    await undoButton(page).dblclick()
    await expect(page.getByText('Undone: the change of “Before work”')).toBeVisible()
    expect(schedule).toMatchObject(before)
    expect(sim.ledger.of('updateServerSchedule')).toMatchObject([
      { status: 200, applied: true },
      { status: 200, applied: true },
    ])
  })

  test('that was suspended runs again, by keyboard alone', async ({ page, sim }) => {
    const schedule = sim.world.schedule('Nightly')
    await openSchedule(page, schedule)
    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
    await expect(undoButton(page)).toBeVisible()
    await expect(page.getByRole('dialog')).toBeHidden()
    expect(schedule.state).toBe('Suspended')
    await page.keyboard.press('u')
    await expect(undoButton(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Undone: the change of “Nightly”')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible()
    expect(schedule.state).toBe('Active')
  })

  test('that somebody else has changed since is left alone, and what is there now is said', async ({ page, sim }) => {
    const schedule = sim.world.schedule('Nightly')
    await openEditor(page, schedule)
    await page.getByLabel('Priority').fill('10')
    await save(page, 'Nightly')
    await expect(undoButton(page)).toBeVisible()
    schedule.priority = 33
    await undoButton(page).click()
    await expect(page.getByText('Not undone: the change of “Nightly”')).toBeVisible()
    await expect(page.getByText(/The priority was .*10.* and is now .*33/)).toBeVisible()
    expect(schedule.priority).toBe(33)
    expect(sim.ledger.of('updateServerSchedule')).toHaveLength(1)
  })

  test('of which somebody else had set a field alike keeps that field', async ({ page, sim }) => {
    const schedule = sim.world.schedule('Nightly')
    await openEditor(page, schedule)
    await page.getByLabel('Priority').fill('10')
    await page.getByLabel('Name').fill('Nightly load')
    schedule.priority = 10
    await save(page, 'Nightly')
    await seeSchedule(page, 'Nightly load')
    await undoButton(page).click()
    await expect(page.getByText('Undone: the change of “Nightly load”')).toBeVisible()
    expect(schedule).toMatchObject({ name: 'Nightly', priority: 10 })
  })

  test('whose times REST cannot write again says so beforehand', async ({ page, sim }) => {
    const schedule = sim.world.addSchedule({ name: 'Untold', frequency: 'Daily', start: '02:00:00', intervals: [] })
    schedule.priority = 0
    await openEditor(page, schedule)
    await page.getByLabel('Priority').fill('10')
    const dialog = await askToSave(page, 'Untold')
    await expect(dialog).toContainText('This cannot be undone: What was there before cannot be written back')
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await seeSchedule(page, 'Untold')
    await expect(page.getByText('Saved “Untold”')).toBeVisible()
    await expect(undoButton(page)).toBeHidden()
  })
})

test.describe('a deleted task', () => {
  test('is made again on its schedule, as a new one', async ({ page, sim }) => {
    const task = sim.world.tasks().find('Regional Sales')
    const { schedule } = task
    await openTasks(page)
    const drawer = await openTask(page, 'Regional Sales')
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('a new task is made, with another id')
    await dialog.getByRole('button', { name: 'Delete task' }).click()
    await undoButton(page).click()
    await expect(page.getByText(/^Undone: the deletion of the task of “Regional Sales”/)).toBeVisible()
    const [made, ...others] = sim.world.tasks().all.filter(({ content }) => content?.name === 'Regional Sales')
    expect(others).toEqual([])
    expect(made).toMatchObject({ incremental: false, priority: task.priority, schedule: { id: schedule?.id } })
    expect(made?.id).not.toBe(task.id)
  })

  test('that was incremental cannot be, and the dialog says so beforehand', async ({ page, sim }) => {
    await openTasks(page)
    const drawer = await openTask(page, 'Orders (Snowflake)')
    await expect(drawer).toContainText('Incremental')
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('This cannot be undone: It is an incremental refresh')
    await dialog.getByRole('button', { name: 'Delete task' }).click()
    await expect(page.getByText('Task deleted')).toBeVisible()
    await expect(undoButton(page)).toBeHidden()
    expect(sim.ledger.of('deleteExtractRefreshTask')).toMatchObject([{ applied: true }])
  })
})

test('what cannot be undone says so before it is sent', async ({ page, sim }) => {
  await openJobs(page)
  await openDrawer(page, sim.world.site().findJob({ status: 'Pending' }).title ?? '')
  await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
  await expect(page.getByRole('dialog')).toContainText('This cannot be undone: a cancelled job does not go on.')
})

test('an undo goes with the one who could do it', async ({ page, sim }) => {
  await openSchedule(page, sim.world.schedule('Nightly'))
  await page.getByRole('button', { name: 'Suspend' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
  await expect(undoButton(page)).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: 'Signed in as admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(undoButton(page)).toBeHidden()
})

test('an undo that finds the session dead can be pressed again after signing in', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openSchedule(page, schedule)
  await page.getByRole('button', { name: 'Suspend' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(undoButton(page)).toBeVisible()
  sim.world.sessions.killAll()
  await undoButton(page).click()
  const again = page.getByRole('dialog', { name: 'Sign in again to go on' })
  await expect(again).toBeVisible({ timeout: 20_000 })
  expect(schedule.state).toBe('Suspended')
  await again.getByRole('textbox', { name: 'Password' }).fill('admin')
  await again.getByRole('button', { name: 'Sign in' }).click()
  await expect(again).toBeHidden()
  await undoButton(page).click()
  await expect(page.getByText('Undone: the change of “Nightly”')).toBeVisible()
  expect(schedule.state).toBe('Active')
})

test('a dialog that is closed before the reply takes no promised undo with it', async ({ page, sim }) => {
  const schedule = sim.world.schedule('Nightly')
  await openSchedule(page, schedule)
  await page.getByRole('button', { name: 'Suspend' }).click()
  sim.faults.add({ operation: 'updateServerSchedule', action: { kind: 'delay', ms: 1500 } })
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Let it run' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await undoButton(page).click()
  await expect(page.getByText('Undone: the change of “Nightly”')).toBeVisible()
  expect(schedule.state).toBe('Active')
})

test.describe('on Tableau Cloud', () => {
  test.use(onCloud)

  test('a changed task is put back, and a deleted one made again with its times', async ({ page, sim }) => {
    const task = cloudTaskOf(sim, 'Weekly')
    const times: unknown = JSON.parse(JSON.stringify(task.ownSchedule?.recurrence))
    await openTaskEditor(page, task.id)
    await page.getByLabel('Start').fill('04:25')
    await page.getByRole('button', { name: 'Save …' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
    await undoButton(page).click()
    await expect(page.getByText(/^Undone: the change of the task of/)).toBeVisible()
    expect(JSON.parse(JSON.stringify(task.ownSchedule?.recurrence))).toEqual(times)

    await taskDrawer(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByRole('dialog')).toContainText('It is made as a full refresh, since Tableau does not tell which this one is.')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete task' }).click()
    await page.getByRole('button', { name: /^Undo the deletion/ }).click()
    await expect(page.getByText(/^Undone: the deletion of the task of/)).toBeVisible()
    const made = sim.world.tasks().all.filter(({ content }) => content === task.content)
    expect(made).toMatchObject([{ incremental: task.incremental, ownSchedule: { recurrence: times } }])
  })
})
