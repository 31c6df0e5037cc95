import type { TableauSim } from '@refreshboard/tableau-sim'
import { addContent, askFor, contentDrawer, finishExtracts, openContent, openExtracts, userId } from './extract-actions.ts'
import { expect, test } from './test.ts'

/** A project that everybody may see, and nobody of the tests leads. */
const openProject = (sim: TableauSim) => sim.world.site().addProject({ name: 'Open', ownerId: userId(sim, 'mbauer') })

test('a creator makes an extract of their own workbook, whose job they may not follow: queued, then there', async ({ page, sim }) => {
  const item = addContent(sim, 'My numbers', { owner: 'creator' })
  const drawer = await openContent(page, item, 'creator')
  await (await askFor(page, 'Create extract …')).getByRole('button', { name: 'Create extract' }).click()
  await expect(drawer).toContainText('Its job cannot be followed here: Tableau lets administrators follow jobs.')
  expect(sim.ledger.of('createWorkbookExtract')).toMatchObject([{ status: 200, applied: true, user: 'creator' }])
  finishExtracts(sim)
  await expect(drawer).toContainText('It has its extract now.', { timeout: 20_000 })
  await expect(drawer.getByText('Extract', { exact: true })).toBeVisible()
  expect(sim.ledger.of('createWorkbookExtract')).toHaveLength(1)
})

test('a creator may do nothing with the content of others, and is told why', async ({ page, sim }) => {
  const drawer = await openContent(page, addContent(sim, 'Their numbers', { hasExtracts: true, project: openProject(sim) }), 'creator')
  for (const name of ['Create extract …', 'Encrypt …', 'Delete extract …']) await expect(drawer.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true')
  await expect(drawer).toContainText(/owner/i)
  expect(sim.ledger.entries.filter(({ applied, operation }) => applied && operation !== 'signIn')).toEqual([])
})

test('a leader manages the extracts of the project, and does not set their encryption', async ({ page, sim }) => {
  const site = sim.world.site()
  const project = site.addProject({ name: 'Led', ownerId: userId(sim, 'mbauer'), leaderUserIds: [userId(sim, 'leader')] })
  const item = addContent(sim, 'Led numbers', { project, hasExtracts: true })
  const drawer = await openContent(page, item, 'leader')
  await expect(drawer.getByRole('button', { name: 'Encrypt …' })).toHaveAttribute('aria-disabled', 'true')
  await (await askFor(page, 'Delete extract …')).getByRole('button', { name: 'Delete extract' }).click()
  await expect(drawer.getByText('Live', { exact: true })).toBeVisible()
  expect(sim.ledger.of('deleteWorkbookExtract')).toMatchObject([{ status: 200, applied: true, user: 'leader' }])
  await (await askFor(page, 'Create extract …')).getByRole('button', { name: 'Create extract' }).click()
  await expect(drawer).toContainText('Queued.')
  expect(sim.ledger.of('createWorkbookExtract')).toMatchObject([{ status: 200, applied: true, user: 'leader' }])
})

for (const name of ['explorer', 'viewer'] as const) {
  test(`${name}: sees the extracts, may do nothing with them, and is told why`, async ({ page, sim }) => {
    const item = addContent(sim, 'Open numbers', { hasExtracts: true, project: openProject(sim) })
    await openExtracts(page, name)
    await page.getByRole('searchbox', { name: 'Search extracts' }).fill('Open numbers')
    await expect(page).toHaveURL(/q=Open/)
    await page.getByRole('link', { name: /^Open numbers/ }).click()
    const drawer = contentDrawer(page)
    await expect(drawer.getByRole('heading', { level: 2 })).toHaveText(item.name)
    for (const action of ['Create extract …', 'Encrypt …', 'Delete extract …']) await expect(drawer.getByRole('button', { name: action })).toHaveAttribute('aria-disabled', 'true')
    expect(sim.ledger.entries.filter(({ applied, operation }) => applied && operation !== 'signIn')).toEqual([])
  })
}
