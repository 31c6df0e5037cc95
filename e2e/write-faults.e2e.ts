import type { FaultAction, OperationName, TableauSim } from '@refreshboard/tableau-sim'
import { openNewSchedule, seeSchedule, signInAt } from './schedule-actions.ts'
import { addButton, appliedOf, openTask, openTasks, runButton, runState, taskDrawer, taskLink, taskOnSchedule } from './task-actions.ts'
import { expect, test, type Locator, type Page } from './test.ts'

// A lost reply is waited for so long, which keeps the tests short and leaves a busy machine room to answer.
test.use({ tableauDeadlineMs: 4000 })

const made = 'Made in a journey'

/** One write that a person can do, from the page on which it is started to what is on the screen and in the world. */
interface Write {
  operation: OperationName
  /** Goes to where it is started, up to the last click. */
  prepare: (page: Page, sim: TableauSim) => Promise<void>
  /** What is clicked last: once it was clicked, the write is on its way. */
  trigger: (page: Page) => Locator
  /** What the screen shows once it was done, and only then. */
  seeDone: (page: Page) => Promise<void>
  /** What it says where nobody can know. */
  unconfirmed: RegExp
  /** How often the world shows it. */
  inTheWorld: (sim: TableauSim) => number
}

const writes = {
  'create a schedule': {
    operation: 'createServerSchedule',
    prepare: async (page) => {
      await openNewSchedule(page)
      await page.getByRole('textbox', { name: 'Name' }).fill(made)
      await page.getByLabel('Start').fill('04:30')
    },
    trigger: (page) => page.getByRole('button', { name: 'Create schedule' }),
    seeDone: async (page) => {
      await seeSchedule(page, made)
      await expect(page.getByText(`Made “${made}”`)).toBeVisible()
    },
    unconfirmed: /could not be confirmed whether the schedule was made/,
    inTheWorld: ({ world }) => world.schedules.filter(({ name }) => name === made).length,
  },
  'add content': {
    operation: 'addWorkbookToSchedule',
    prepare: async (page, { world }) => {
      await signInAt(page, `/tasks/add?schedule=${world.schedule('Unused').id}&workbook=${world.site().findContent('Regional Sales').id}`)
      await expect(page.getByText('Regional Sales', { exact: true })).toBeVisible()
    },
    trigger: addButton,
    seeDone: async (page) => {
      await seeSchedule(page, 'Unused')
      await expect(page.getByText('“Regional Sales” is refreshed by “Unused” from now on.')).toBeVisible()
      await expect(taskOnSchedule(page, 'Regional Sales')).toBeVisible()
    },
    unconfirmed: /could not be confirmed whether it was added/,
    inTheWorld: ({ world }) => world.tasks().onSchedule(world.schedule('Unused')).length,
  },
  'run a task': {
    operation: 'runExtractRefreshTask',
    prepare: (page) => openTasks(page),
    trigger: (page) => runButton(page, 'Regional Sales'),
    seeDone: async (page) => {
      await expect(runState(page, 'Regional Sales')).toHaveText('Waiting')
    },
    unconfirmed: /Not confirmed/,
    inTheWorld: ({ world }) => world.site().findJobs({ title: 'Regional Sales', status: 'Pending' }).length,
  },
  'delete a task': {
    operation: 'deleteExtractRefreshTask',
    prepare: async (page) => {
      await openTasks(page)
      const drawer = await openTask(page, 'Regional Sales')
      await drawer.getByRole('button', { name: 'Delete', exact: true }).click()
    },
    trigger: (page) => page.getByRole('dialog').getByRole('button', { name: 'Delete task' }),
    seeDone: async (page) => {
      await expect(page.getByText('Task deleted')).toBeVisible()
      await expect(taskDrawer(page)).toBeHidden()
      await expect(taskLink(page, 'Superstore')).toBeVisible()
      await expect(taskLink(page, 'Regional Sales')).toBeHidden()
    },
    unconfirmed: /could not be confirmed whether the task was deleted/,
    inTheWorld: ({ world }) => (world.tasks().all.some(({ content }) => content.name === 'Regional Sales') ? 0 : 1),
  },
  'delete a schedule': {
    operation: 'deleteServerSchedule',
    prepare: async (page, { world }) => {
      await signInAt(page, `/schedules/${world.schedule('Unused').id}`)
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
    },
    trigger: (page) => page.getByRole('dialog').getByRole('button', { name: 'Delete schedule' }),
    seeDone: async (page) => {
      await expect(page.getByText('Deleted “Unused”')).toBeVisible()
      const rows = page.getByRole('table', { name: 'Schedules' }).getByRole('link')
      await expect(rows.filter({ hasText: 'Nightly' })).toBeVisible()
      await expect(rows.filter({ hasText: 'Unused' })).toBeHidden()
    },
    unconfirmed: /could not be confirmed whether the schedule was deleted/,
    inTheWorld: ({ world }) => (world.schedules.some(({ name }) => name === 'Unused') ? 0 : 1),
  },
} satisfies Record<string, Write>

/** What can become of the reply once Tableau has done it. */
const lostReplies: Record<string, FaultAction> = {
  'no reply before the deadline': { kind: 'hang' },
  'the connection is reset': { kind: 'reset' },
  'an HTML page with 502': { kind: 'html', status: 502 },
}

/** One request of this kind reached Tableau, and it was applied once. */
const expectOnce = (sim: TableauSim, { operation, inTheWorld }: Write): void => {
  expect(sim.ledger.of(operation)).toHaveLength(1)
  expect(appliedOf(sim.ledger.of(operation))).toBe(1)
  expect(inTheWorld(sim)).toBe(1)
}

for (const [name, write] of Object.entries(writes)) {
  test.describe(name, () => {
    test('a double click does it once', async ({ page, sim }) => {
      sim.faults.add({ operation: write.operation, action: { kind: 'delay', ms: 300 } })
      await write.prepare(page, sim)
      await write.trigger(page).dblclick()
      await write.seeDone(page)
      expectOnce(sim, write)
    })

    test('the same request with the same key once more does nothing, and answers the same', async ({ page, sim }) => {
      await write.prepare(page, sim)
      const sent = page.waitForRequest((request) => request.headers()['idempotency-key'] !== undefined)
      await write.trigger(page).click()
      const request = await sent
      const first: unknown = await (await request.response())?.json()
      const { accept: _, ...headers } = request.headers()
      const again = await page.evaluate(
        async ({ url, ...init }) => {
          const answer = await fetch(url, init)
          return { status: answer.status, body: (await answer.json()) as unknown }
        },
        { url: request.url(), method: request.method(), headers, body: request.postData() },
      )
      expect(again).toEqual({ status: 200, body: first })
      await write.seeDone(page)
      expectOnce(sim, write)
    })

    for (const [reply, action] of Object.entries(lostReplies)) {
      test(`done, but ${reply}: read back as done`, async ({ page, sim }) => {
        sim.faults.add({ operation: write.operation, when: 'after', action })
        await write.prepare(page, sim)
        await write.trigger(page).click()
        await write.seeDone(page)
        await expect(page.getByText(write.unconfirmed)).toBeHidden()
        expectOnce(sim, write)
      })
    }
  })
}

test('create a schedule: reset before it arrived is never sent again, and cannot be confirmed', async ({ page, sim }) => {
  test.setTimeout(90_000)
  const write: Write = writes['create a schedule']
  sim.faults.add({ operation: write.operation, when: 'before', action: { kind: 'reset' } })
  await write.prepare(page, sim)
  await write.trigger(page).click()
  await expect(page.getByText('Checking whether the schedule was made …')).toBeVisible()
  await expect(page.getByText(write.unconfirmed)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(made)
  expect(sim.ledger.of(write.operation)).toMatchObject([{ status: null, applied: false }])
  expect(write.inTheWorld(sim)).toBe(0)
})
