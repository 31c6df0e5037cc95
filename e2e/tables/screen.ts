import { expect, type Locator, type Page } from '../test.ts'
import type { AccountName, Whose } from './roles.ts'
import type { Ground } from './ground.ts'

/** What the screen offers, by the name of the call. */
export type Offers = Record<string, boolean>

/** What is looked at; laid out before anybody signs in, since lists of names are kept for a while. */
export const layOutSide = (on: Ground, account: AccountName, whose: Whose) => ({
  task: on.task(account, whose),
  workbook: on.halfExtracted(account, whose),
  live: on.item('datasource', account, whose, false),
  datasource: on.item('datasource', account, whose),
})
export type Side = ReturnType<typeof layOutSide>

const isOn = async (button: Locator): Promise<boolean> => {
  await expect(button).toBeVisible()
  return (await button.getAttribute('aria-disabled')) !== 'true' && (await button.isEnabled())
}

/** Another page of the application that is loaded, as a link would lead there: loading it anew each time would take most of the time. */
const visit = async (page: Page, path: string): Promise<void> => {
  if (page.url() === 'about:blank') return void (await page.goto(path))
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}

/** Waits for one of two things, and tells whether it is the first. */
const isFirst = async (first: Locator, second: Locator): Promise<boolean> => {
  await expect(first.or(second).first()).toBeVisible()
  return await first.first().isVisible()
}

const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true })
/** A link that leads on, or a button that says why not. */
const buttonOrLink = (within: Page | Locator, name: string): Locator => button(within, name).or(within.getByRole('link', { name, exact: true }))

/** The jobs page and the drawer of a job that waits. */
export const seeJobOffers = async (page: Page, jobId: string): Promise<Offers> => {
  await visit(page, `/jobs?job=${jobId}`)
  const cancel = button(page.getByRole('complementary', { name: 'Job' }), 'Cancel job')
  if (!(await isFirst(cancel, page.getByRole('heading', { name: 'You may not see the jobs of this site' })))) return { queryJobs: false, queryJob: false, cancelJob: false }
  return { queryJobs: await page.getByRole('table', { name: 'Jobs' }).isVisible(), queryJob: true, cancelJob: await isOn(cancel) }
}

/** The schedules page and the page of a schedule. */
export const seeScheduleOffers = async (page: Page, id: string): Promise<Offers> => {
  const all = ['listServerSchedules', 'getServerSchedule', 'createServerSchedule', 'updateServerSchedule', 'deleteServerSchedule', 'listScheduleExtracts']
  await visit(page, '/schedules')
  const create = buttonOrLink(page, 'New schedule')
  if (!(await isFirst(page.getByRole('table', { name: 'Schedules' }).getByRole('link').first(), page.getByRole('heading', { name: 'You may not see the schedules of this server' })))) return Object.fromEntries(all.map((call) => [call, false]))
  const mayCreate = await isOn(create)
  await visit(page, `/schedules/${id}`)
  const everyTask = await isFirst(page.getByText('No content of this site is refreshed by it.'), page.getByText('Tasks of others are told to administrators only.'))
  return {
    listServerSchedules: true,
    getServerSchedule: true,
    createServerSchedule: mayCreate,
    updateServerSchedule: await isOn(buttonOrLink(page, 'Edit')),
    deleteServerSchedule: await isOn(button(page, 'Delete')),
    listScheduleExtracts: everyTask,
  }
}

/** The page that adds content, with the content and a schedule chosen. */
export const seeAddOffer = async (page: Page, { kind, id, name }: Side['workbook'], scheduleId: string): Promise<boolean> => {
  await visit(page, `/tasks/add?schedule=${scheduleId}&${kind}=${id}`)
  const add = button(page, 'Add to schedule')
  // Who may not see schedules has none to choose from.
  if (!(await isFirst(page.getByRole('radio').first(), page.getByRole('alert')))) return false
  await expect(page.getByText(name, { exact: true })).toBeVisible()
  return await isOn(add)
}

/** The row of a task, and its drawer. */
export const seeTaskOffers = async (page: Page, { task: { id, content } }: Side): Promise<Offers> => {
  await visit(page, `/tasks?task=${id}`)
  const drawer = page.getByRole('complementary', { name: 'Task' })
  const isThere = await isFirst(drawer.getByRole('heading', { level: 2, name: content.name }), drawer.getByText('It may have been deleted, or you may not see it any more.'))
  const run = isThere && (await isOn(button(drawer, 'Run now')))
  return {
    listExtractRefreshTasks: isThere,
    getExtractRefreshTask: isThere,
    runExtractRefreshTask: run,
    deleteExtractRefreshTask: isThere && (await isOn(button(drawer, 'Delete'))),
    // On a Server it is not there at all.
    updateCloudExtractRefreshTask: isThere && (await buttonOrLink(drawer, 'Edit').isVisible()) && (await isOn(buttonOrLink(drawer, 'Edit'))),
  }
}

const openContent = async (page: Page, item: Side['workbook']): Promise<Locator> => {
  await visit(page, `/extracts?${item.kind}=${item.id}`)
  const drawer = page.getByRole('complementary', { name: 'Content' })
  await expect(drawer.getByRole('heading', { level: 2 })).toHaveText(item.name)
  await expect(button(drawer, 'Create extract …')).toBeVisible()
  return drawer
}

/** The drawers of a workbook and of data sources with and without an extract. */
export const seeExtractOffers = async (page: Page, side: Side, encryption = true): Promise<Offers> => {
  const workbook = await openContent(page, side.workbook)
  const ofWorkbook = {
    createWorkbookExtract: await isOn(button(workbook, 'Create extract …')),
    deleteWorkbookExtract: await isOn(button(workbook, 'Delete extract …')),
    ...(encryption ? { updateWorkbook: await isOn(button(workbook, 'Encrypt …')) } : {}),
  }
  const live = await openContent(page, side.live)
  const createDatasourceExtract = await isOn(button(live, 'Create extract …'))
  const extracted = await openContent(page, side.datasource)
  return {
    ...ofWorkbook,
    createDatasourceExtract,
    deleteDatasourceExtract: await isOn(button(extracted, 'Delete extract …')),
    ...(encryption ? { updateDatasource: await isOn(button(extracted, 'Encrypt …')) } : {}),
  }
}

/** Whether a task with times of its own can be made. */
export const seeMakeOffer = async (page: Page): Promise<boolean> => await isOn(buttonOrLink(page.getByRole('main'), 'New task').first())

/** The page of data acceleration tasks, and that of a schedule of its type. */
export const seeAccelerationOffers = async (page: Page, workbook: string, scheduleId: string): Promise<Offers> => {
  await page.goto('/tasks/data-acceleration')
  const row = page.getByRole('row').filter({ hasText: workbook })
  const isThere = await isFirst(row, page.getByRole('main').getByText('Tableau lets only server and site administrators'))
  const remove = isThere && (await isOn(row.getByRole('button')))
  await visit(page, `/schedules/${scheduleId}`)
  const add = buttonOrLink(page, 'Add content')
  const seesSchedules = await isFirst(add, page.getByRole('main').getByText('Only users who may schedule extract refreshes'))
  return { listDataAccelerationTasks: isThere, deleteDataAccelerationTask: remove, addForDataAcceleration: seesSchedules && (await isOn(add)) }
}

/** The card of the site. */
export const seeSiteOffers = async (page: Page): Promise<Offers> => {
  await visit(page, '/extracts')
  const card = page.getByRole('region', { name: 'Extract encryption of the site' })
  await card.getByRole('button', { name: /^Extract encryption of/ }).click()
  return {
    encryptExtracts: await isOn(button(card, 'Encrypt all …')),
    decryptExtracts: await isOn(button(card, 'Decrypt all …')),
    reencryptExtracts: await isOn(button(card, 'Re-encrypt all …')),
    updateSite: await card.getByRole('radio').first().isEnabled(),
  }
}
