import type { TableauSim } from '@refreshboard/tableau-sim'
import { signInOnCloud } from './cloud-actions.ts'
import { signInAt } from './schedule-actions.ts'
import { expect, type Locator, type Page } from './test.ts'

type Site = ReturnType<TableauSim['world']['site']>
export type ContentItem = Site['contents'][number]
type ContentSpec = Parameters<Site['addContent']>[0]

const userIdOf = (sim: TableauSim, site: Site, name: string): string => {
  const membership = sim.world.account(name).memberships.find((candidate) => candidate.site === site)
  if (membership === undefined) throw new Error(`${name} is not on the site`)
  return membership.userId
}

/** Content that nobody of the tests owns unless told, without an extract unless told. */
export const addContent = (sim: TableauSim, name: string, { owner = 'mbauer', ...spec }: Partial<Omit<ContentSpec, 'name' | 'ownerId'>> & { owner?: string } = {}): ContentItem => {
  const site = sim.world.site()
  return site.addContent({ kind: 'workbook', hasExtracts: false, connectionType: 'sqlserver', ...spec, name, ownerId: userIdOf(sim, site, owner) })
}

export const userId = (sim: TableauSim, name: string): string => userIdOf(sim, sim.world.site(), name)

/** Ends the jobs that wait or run, so that one that makes an extract starts a second later and comes to its end. */
export const finishExtracts = (sim: TableauSim): void => {
  for (const site of sim.world.sites) for (const job of site.jobs) if (job.jobType !== 'createExtract') sim.world.engine.cancel(site, job)
  sim.clock.advance(10_000)
}

const table = (page: Page): Locator => page.getByRole('table', { name: 'Extracts' })

/** The extracts page with its rows. */
const seeExtracts = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { level: 1, name: /^Extracts/ })).toBeVisible()
  await expect(table(page)).toHaveAttribute('aria-busy', 'false')
  await expect(page.getByText('Tableau’s lists are still being read')).toBeHidden()
}

export const openExtracts = async (page: Page, name = 'admin', search = ''): Promise<void> => {
  await signInAt(page, `/extracts${search}`, name)
  await seeExtracts(page)
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** The link of a row; its name holds the content and its kind. */
export const extractLink = (page: Page, name: string): Locator => table(page).getByRole('link', { name: new RegExp(`^${escaped(name)}, `) })

export const extractRow = (page: Page, name: string): Locator =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: new RegExp(`^${escaped(name)}, `) }) })

export const contentDrawer = (page: Page): Locator => page.getByRole('complementary', { name: 'Content' })

const seeContent = async (page: Page, { name }: ContentItem): Promise<Locator> => {
  const drawer = contentDrawer(page)
  await expect(drawer.getByRole('heading', { level: 2 })).toHaveText(name)
  await expect(drawer.getByRole('button', { name: 'Create extract …' })).toBeVisible()
  return drawer
}

/** The page with one of them open, as a link to it leads there. */
export const openContent = async (page: Page, item: ContentItem, name = 'admin'): Promise<Locator> => {
  await signInAt(page, `/extracts?${item.kind}=${item.id}`, name)
  return await seeContent(page, item)
}

export const openCloudContent = async (page: Page, item: ContentItem): Promise<Locator> => {
  await signInOnCloud(page, `/extracts?${item.kind}=${item.id}`)
  return await seeContent(page, item)
}

/** From the drawer to the dialog that asks. */
export const askFor = async (page: Page, action: 'Create extract …' | 'Delete extract …' | 'Encrypt …' | 'Decrypt …'): Promise<Locator> => {
  await contentDrawer(page).getByRole('button', { name: action }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  return dialog
}

/** The card of the site, unfolded. */
export const openSiteCard = async (page: Page): Promise<Locator> => {
  const card = page.getByRole('region', { name: 'Extract encryption of the site' })
  await card.getByRole('button', { name: /^Extract encryption of/ }).click()
  await expect(card.getByRole('button', { name: 'Encrypt all …', exact: true })).toBeVisible()
  return card
}

/** Types what a dialog wants typed. */
export const typeName = async (dialog: Locator, name: string): Promise<void> => {
  await dialog.getByRole('textbox').fill(name)
}
