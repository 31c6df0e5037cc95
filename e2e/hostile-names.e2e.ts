import type { ServerSchedule, TableauSim } from '@refreshboard/tableau-sim'
import { drawerOf, seeJobs } from './actions.ts'
import { hostileNames } from './hostile-names.ts'
import { signInAt } from './schedule-actions.ts'
import { taskDrawer } from './task-actions.ts'
import { expect, test, type Locator, type Page } from './test.ts'

/** Something of every kind under every name, all tied together. */
const nameEverything = ({ world }: TableauSim): ServerSchedule[] => {
  const site = world.site()
  const at = world.clock.now()
  return hostileNames.map((name, index) => {
    const owner = world.addAccount(`${index} ${name}`, 'Creator').memberships.find((membership) => membership.site === site)
    const project = site.addProject({ name, description: name, ownerId: owner?.userId ?? '' })
    const content = site.addContent({ kind: index % 2 === 0 ? 'workbook' : 'datasource', name, description: name, tags: [name], project, ownerId: owner?.userId ?? '' })
    const schedule = world.addSchedule({ name, frequency: 'Daily', start: '01:00:00', intervals: [] })
    const task = world.addTask('', { content, schedule, failureNotes: name })
    world.addJob('', { jobType: 'refresh_extracts', title: name, subtitle: name, args: name, notes: name, status: 'Failed', content, taskId: task.id, createdAt: at - index })
    return schedule
  })
}

/** Nothing on the page was made of a name, and nothing that a name said was done; links lead to the app and to Tableau. */
const seeNothingMade = async (page: Page, sim: TableauSim): Promise<void> => {
  expect(await page.locator('.pwned, .PWNED, [onerror], [onload], [onfocus], [ontoggle], base, iframe, object, embed, meta[http-equiv], script:not([src])').count()).toBe(0)
  const addresses = await page.evaluate(() => [...document.querySelectorAll('a, form, img, link, script')].flatMap((element) => ['href', 'action', 'src'].flatMap((name) => element.getAttribute(name) ?? [])))
  const known = [new URL(page.url()).origin, sim.url]
  expect(addresses.filter((address) => !known.includes(new URL(address, page.url()).origin))).toEqual([])
  expect(await page.title()).not.toBe('pwned')
}

/** Every name is on the page, as text or as the whole of what a shortened text stands for. */
const seeNames = (page: Page, names: readonly string[]) =>
  expect
    .poll(
      () =>
        page.evaluate((wanted) => {
          const shown = `${document.body.textContent}\n${[...document.querySelectorAll('[title], [aria-label]')].map((element) => `${element.getAttribute('title')} ${element.getAttribute('aria-label')}`).join('\n')}`
          return wanted.filter((name) => !shown.includes(name))
        }, names),
      { timeout: 20_000 },
    )
    .toEqual([])

test('names are text, whatever they say, on every page', async ({ page, app, sim }) => {
  test.setTimeout(120_000)
  const schedules = nameEverything(sim)
  const dialogs: string[] = []
  const foreign: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(`${app.url}/`)) foreign.push(request.url())
  })
  const seeList = async (names: readonly string[]): Promise<void> => {
    // As tall as all rows together: lists draw what is in sight.
    await page.setViewportSize({ width: 1440, height: 16_000 })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await seeNames(page, names)
    await seeNothingMade(page, sim)
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  const seeDrawer = async (drawer: Locator, table: string): Promise<void> => {
    await page.getByRole('table', { name: table }).getByRole('link').first().click()
    await expect(drawer.getByRole('heading', { level: 2 })).toBeVisible()
    await seeNothingMade(page, sim)
  }

  await signInAt(page, '/jobs?status=Failed')
  await seeJobs(page)
  await seeList(hostileNames)
  await seeDrawer(drawerOf(page), 'Jobs')
  await page.goto('/tasks')
  await seeList(hostileNames)
  await seeDrawer(taskDrawer(page), 'Tasks')
  await page.goto('/schedules')
  await seeList(hostileNames)
  await page.goto('/schedules?view=week')
  await seeList([])

  for (const { id, name } of schedules.slice(0, 2)) {
    for (const path of [`/schedules/${id}`, `/schedules/${id}/edit`, `/tasks/add?schedule=${id}`]) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      if (path.endsWith(id)) await seeNames(page, [name])
      await seeNothingMade(page, sim)
    }
  }
  expect({ dialogs, foreign }).toEqual({ dialogs: [], foreign: [] })
})
