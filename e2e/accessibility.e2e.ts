import { AxeBuilder } from '@axe-core/playwright'
import type { paths } from '../apps/web/src/app/paths.ts'
import type { TableauSim } from '@refreshboard/tableau-sim'
import { drawerOf, openDrawer, openJobs, seeJobs, signInByPassword } from './actions.ts'
import { askFor as askForMany, bulkBar, heldJobs, selectAll, selectBox, startRun } from './bulk-actions.ts'
import { cloudTaskOf, onCloud, openNewTask, openTaskEditor } from './cloud-actions.ts'
import { addContent, askFor, openContent, openExtracts, openSiteCard, typeName } from './extract-actions.ts'
import { askToSave, choose, openEditor, openNewSchedule, openSchedule, openSchedules, scheduleRow, signInAt } from './schedule-actions.ts'
import { importField, openAsCode, planText } from './as-code-actions.ts'
import { seeWouldSend } from './would-send-actions.ts'
import { addButton, openTask, openTasks, scheduleChoice } from './task-actions.ts'
import { expect, test, type Page } from './test.ts'

type Scheme = 'light' | 'dark'

/** What axe looks at: everything in the light scheme, and in the dark one what differs there, the colours. */
const axe = (page: Page, scheme: Scheme): AxeBuilder =>
  scheme === 'dark'
    ? new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block'])
    : new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])

const checkIn = async (page: Page, scheme: Scheme): Promise<void> => {
  await page.emulateMedia({ colorScheme: scheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
  const { violations, passes } = await axe(page, scheme).analyze()
  expect(passes.length).toBeGreaterThan(scheme === 'dark' ? 0 : 10)
  expect(violations.map(({ id, nodes }) => ({ scheme, id, at: nodes.map((node) => node.target.join(' ')) }))).toEqual([])
}

/** Looks at what is there in both schemes, the light one first and last. */
const check = async (page: Page): Promise<void> => {
  await checkIn(page, 'light')
  await checkIn(page, 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Pages that are there on Tableau Cloud alone. */
type CloudPath = 'newTask' | 'editTask'
const cloudVisits: Record<CloudPath, (page: Page, sim: TableauSim) => Promise<void>> = {
  newTask: async (page) => {
    await openNewTask(page)
    await page.getByRole('button', { name: 'Create task' }).click()
    await choose(page, 'Repeats', 'Monthly')
  },
  editTask: async (page, sim) => {
    await openTaskEditor(page, cloudTaskOf(sim, 'Weekly').id)
  },
}

/** Every other path of the app: one that is missing here does not compile. */
const visits: Record<Exclude<keyof typeof paths, CloudPath>, (page: Page, sim: TableauSim) => Promise<void>> = {
  root: async (page) => {
    await openJobs(page)
    await page.goto('/')
    await seeJobs(page)
  },
  jobs: async (page) => {
    await openJobs(page)
    await page.goto('/jobs?status=Failed,Success&sort=ran:desc')
    await seeJobs(page)
  },
  signIn: async (page) => {
    await page.goto('/sign-in')
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  },
  schedules: async (page) => {
    await openSchedules(page)
    await expect(scheduleRow(page, 'Weekday early')).toBeVisible()
  },
  newSchedule: async (page) => {
    await openNewSchedule(page)
  },
  schedule: async (page, sim) => {
    await openSchedule(page, sim.world.schedule('Nightly'))
    await expect(page.getByRole('link', { name: 'Territory Coverage' })).toBeVisible()
  },
  editSchedule: async (page, sim) => {
    await openEditor(page, sim.world.schedule('Weekday early'))
  },
  schedulesAsCode: async (page) => {
    await openAsCode(page)
    await importField(page).fill('refreshboard: 1\nschedules:\n  - name: New one\n    type: Extract\n    repeats: { frequency: Daily, start: "05:00:00" }\n')
    await planText(page)
    await expect(page.getByText('Will be made')).toBeVisible()
  },
  audit: async (page, sim) => {
    await openSchedule(page, sim.world.schedule('Nightly'))
    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
    await page.goto('/audit')
    await page.getByRole('table', { name: 'Audit' }).getByRole('link').first().click()
    await expect(page.getByRole('complementary', { name: 'Record' }).getByRole('button', { name: 'Copy the request id' })).toBeVisible()
  },
  tasks: async (page) => {
    await openTasks(page)
  },
  dataAcceleration: async (page) => {
    // Why it is gone; the table is looked at where it is there.
    await signInAt(page, '/tasks/data-acceleration')
    await expect(page.getByRole('heading', { level: 1, name: 'Data acceleration is not there' })).toBeVisible()
  },
  extracts: async (page) => {
    await openExtracts(page)
    await openSiteCard(page)
  },
  runs: async (page) => {
    await signInAt(page, '/bulk')
    await expect(page.getByRole('heading', { level: 2, name: 'No runs yet' })).toBeVisible()
  },
  run: async (page, sim) => {
    heldJobs(sim, 3)
    sim.faults.add({ operation: 'cancelJob', action: { kind: 'tableauError', status: 403, code: '403091', summary: 'Forbidden', detail: 'Can not cancel job, because it is already complete.' } })
    await openJobs(page)
    await page.goto('/jobs?q=Held')
    await seeJobs(page)
    await selectAll(page).click()
    await askForMany(page, 'Cancel …')
    await startRun(page, 'Cancel 3 jobs')
    await expect(page.getByText('403091')).toBeVisible()
  },
  addTask: async (page, sim) => {
    await signInAt(page, `/tasks/add?schedule=${sim.world.schedule('Unused').id}&workbook=${sim.world.site().findContent('Regional Sales').id}`)
    await expect(scheduleChoice(page, 'Unused')).toBeChecked()
    await expect(page.getByRole('button', { name: 'Change' })).toBeVisible()
  },
}

/** Pages whose layout changes where the room is short. */
const narrow = ['schedules', 'tasks', 'extracts', 'newSchedule', 'editSchedule', 'audit', 'schedulesAsCode'] as const

test.describe('axe', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })
  // Looking at every element takes its time, some tests do it three times.
  test.describe.configure({ timeout: 90_000 })

  for (const [name, visit] of Object.entries(visits)) {
    test(`the path “${name}”`, async ({ page, sim }) => {
      await visit(page, sim)
      await check(page)
    })
  }

  test.describe('on Tableau Cloud', () => {
    test.use(onCloud)
    for (const [name, visit] of Object.entries(cloudVisits)) {
      test(`the path “${name}”`, async ({ page, sim }) => {
        await visit(page, sim)
        await check(page)
      })
    }
  })

  for (const name of narrow) {
    test(`the path “${name}” on a phone`, async ({ page, sim }) => {
      await page.setViewportSize({ width: 390, height: 844 })
      await visits[name](page, sim)
      await check(page)
    })
  }

  test('what would be sent, an undo that is offered, and a collision of two edits', async ({ page, sim }) => {
    const schedule = sim.world.schedule('Nightly')
    await openSchedule(page, schedule)
    await page.getByRole('button', { name: 'Suspend' }).click()
    await seeWouldSend(page.getByRole('dialog'))
    await check(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.getByRole('button', { name: /^Undo / }).hover()
    await check(page)
    await page.goto(`/schedules/${schedule.id}/edit`)
    await page.getByLabel('Priority').fill('10')
    schedule.priority = 20
    const dialog = await askToSave(page, 'Nightly')
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByRole('button', { name: 'Take theirs: Priority' })).toBeVisible()
    await check(page)
  })

  test('the week of the schedules, and on a phone its day', async ({ page }) => {
    await openSchedules(page, 'admin', '?view=week')
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await check(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(page.getByRole('button', { name: 'Next day' })).toBeVisible()
    await check(page)
  })

  test('the form of a schedule, with messages under its fields, and of one whose times cannot be changed', async ({ page, sim }) => {
    await openNewSchedule(page)
    await page.getByRole('textbox', { name: 'Priority' }).fill('0')
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true')
    await check(page)
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
    await scheduleRow(page, 'Several days').click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await expect(page.getByText('Its times stay as they are; saving here never sends them.')).toBeVisible()
    await check(page)
    await page.getByRole('textbox', { name: 'Name' }).fill('Twice a month')
    await askToSave(page, sim.world.schedule('Several days').name)
    await check(page)
  })

  for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    test(`what is selected, its bar and its plan, ${size.width} pixels wide`, async ({ page, sim }) => {
      const [job] = heldJobs(sim, 21)
      await page.setViewportSize(size)
      await openJobs(page)
      await page.goto('/jobs?q=Held&sort=title:asc')
      await seeJobs(page)
      await selectBox(page, job?.title ?? '').click()
      await check(page)
      await bulkBar(page).getByRole('button', { name: /^Select all/ }).click()
      await askForMany(page, 'Cancel …')
      await check(page)
    })
  }

  test('the dialogs of a schedule', async ({ page, sim }) => {
    await openSchedule(page, sim.world.schedule('Nightly'))
    for (const name of ['Suspend', 'Delete']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog', { name: `${name} “Nightly”` })).toBeVisible()
      await check(page)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
  })

  test('the drawer of a task, its dialog, and what has become of a run', async ({ page }) => {
    await openTasks(page)
    const drawer = await openTask(page, 'Campaign Performance')
    await expect(drawer.getByRole('img', { name: 'Preview of Campaign Performance' })).toBeVisible()
    await drawer.getByRole('button', { name: 'Run now' }).click()
    await expect(drawer.getByRole('link', { name: 'Open the job' })).toBeVisible()
    await check(page)
    await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Keep it' })).toBeVisible()
    await check(page)
  })

  test('the drawer of an extract, its dialogs, and those of the site', async ({ page, sim }) => {
    const item = addContent(sim, 'Fresh numbers', { datasources: [{ name: 'Orders' }, { name: 'Targets', connectionType: 'excel-direct' }], hasExtracts: true })
    await openContent(page, item)
    await check(page)
    const dialog = await askFor(page, 'Create extract …')
    await dialog.getByRole('radio', { name: 'Those chosen here' }).check()
    await expect(dialog.getByRole('checkbox', { name: /^Targets/ })).toBeVisible()
    await check(page)
    await page.keyboard.press('Escape')
    await askFor(page, 'Delete extract …')
    await check(page)
    await page.keyboard.press('Escape')
    await page.goto('/extracts')
    const card = await openSiteCard(page)
    await card.getByRole('button', { name: 'Decrypt all …' }).click()
    await typeName(page.getByRole('dialog'), 'wrong')
    await check(page)
  })

  test.describe('with data acceleration', () => {
    test.use({ simOptions: { scenario: 'small', apiVersion: '3.15' } })
    test('its tasks, and the dialog that deletes one', async ({ page, sim }) => {
      const schedule = sim.world.addSchedule({ name: 'Before work', type: 'DataAcceleration', frequency: 'Daily', start: '05:00:00', intervals: [] })
      sim.world.addTask('', { kind: 'dataAcceleration', content: addContent(sim, 'Slow views'), schedule })
      await signInAt(page, '/tasks/data-acceleration')
      await expect(page.getByRole('row', { name: /Slow views/ })).toBeVisible()
      await check(page)
      await page.getByRole('button', { name: 'Delete the task of Slow views' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await check(page)
    })
  })

  test('adding to a schedule, with messages at the fields', async ({ page }) => {
    await signInAt(page, '/tasks/add')
    await expect(scheduleChoice(page, 'Unused')).toBeVisible()
    await addButton(page).click()
    await expect(page.getByText('Choose the schedule that refreshes it.')).toBeVisible()
    await check(page)
  })

  test('sign-in, with a message under a field and with a refusal', async ({ page }) => {
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Enter your user name')).toBeVisible()
    await check(page)
    await signInByPassword(page, 'admin', 'wrong')
    await expect(page.getByRole('alert')).toBeVisible()
    await check(page)
  })

  test('jobs, the drawer and the confirm dialog', async ({ page, sim }) => {
    await openJobs(page)
    await check(page)
    await openDrawer(page, sim.world.site().findJob({ status: 'Failed' }).title ?? '')
    await expect(drawerOf(page).locator('pre').first()).toBeVisible()
    await check(page)
    await openDrawer(page, sim.world.site().findJob({ status: 'Pending' }).title ?? '')
    await drawerOf(page).getByRole('button', { name: 'Cancel job' }).click()
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Keep it' })).toBeVisible()
    await check(page)
  })

  test('the error banner, the palette, the help and the sign-in on top of the page', async ({ page, sim }) => {
    test.setTimeout(120_000)
    await openJobs(page)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await check(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    await check(page)
    await page.keyboard.press('Escape')
    sim.faults.add({ operation: 'queryJobs', times: Infinity, action: { kind: 'html' } })
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 })
    await check(page)
    sim.faults.clear()
    sim.world.sessions.killAll()
    // The jobs are asked for again after up to a minute; what has not failed yet is asked for at once.
    await page.getByRole('link', { name: /^Tasks/ }).first().click()
    await expect(page.getByRole('dialog', { name: 'Sign in again to go on' })).toBeVisible({ timeout: 30_000 })
    await check(page)
  })

  test('not allowed and not found', async ({ page }) => {
    await signInByPassword(page, 'viewer')
    await expect(page.getByRole('heading', { level: 1, name: /^Tasks/ })).toBeVisible()
    await check(page)
    await page.goto('/jobs')
    await expect(page.getByText('You may not see the jobs of this site')).toBeVisible()
    await check(page)
    await page.goto('/no-such-page')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await check(page)
  })
})
