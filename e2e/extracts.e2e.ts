import { addContent, askFor, contentDrawer, extractLink, extractRow, finishExtracts, openContent, openExtracts } from './extract-actions.ts'
import { expect, test } from './test.ts'

const file = { name: 'Targets', connectionType: 'excel-direct' }

test.describe('the list', () => {
  test('tells what stands behind each, filters with its counts, and keeps both in the address', async ({ page, sim }) => {
    addContent(sim, 'Live numbers', { kind: 'datasource' })
    await openExtracts(page)
    await expect(extractRow(page, 'Customers 360')).toContainText('Extract')
    await expect(extractRow(page, 'Live numbers')).toContainText('Live')
    await expect(extractRow(page, 'Live numbers')).toContainText('none')
    const all = sim.world.site().contents
    const live = all.filter(({ hasExtracts }) => !hasExtracts)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Extracts ${all.length}`)
    await page.getByRole('button', { name: `Live ${live.length}` }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Extracts ${live.length} of ${all.length}`)
    await expect(extractLink(page, 'Customers 360')).toBeHidden()
    await expect(page).toHaveURL('/extracts?extract=no')
    await page.reload()
    await expect(extractLink(page, 'Live numbers')).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search extracts' }).fill('numbers')
    await expect(page).toHaveURL('/extracts?q=numbers&extract=no')
    await expect(extractRow(page, 'Live numbers')).toBeVisible()
  })

  test('the schedules that it names lead on to the task', async ({ page, sim }) => {
    const { schedule } = sim.world.tasks().find('Customers 360')
    await openExtracts(page)
    await expect(extractRow(page, 'Customers 360')).toContainText(schedule?.name ?? '')
    await extractLink(page, 'Customers 360').click()
    await contentDrawer(page).getByRole('link', { name: schedule?.name ?? '' }).click()
    await expect(page.getByRole('complementary', { name: 'Task' }).getByRole('heading', { level: 2 })).toHaveText('Customers 360')
  })
})

test.describe('creating an extract', () => {
  test('of all data sources of a workbook: queued once, its job followed to the end', async ({ page, sim }) => {
    const item = addContent(sim, 'Fresh numbers', { datasources: [{ name: 'Orders' }, { name: 'Stock' }] })
    const drawer = await openContent(page, item)
    const dialog = await askFor(page, 'Create extract …')
    await expect(dialog.getByText('All of the workbook (2)')).toBeVisible()
    await dialog.getByRole('button', { name: 'Create extract' }).dblclick()
    await expect(drawer.getByText('Waiting', { exact: true })).toBeVisible()
    expect(sim.ledger.of('createWorkbookExtract')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
    expect(sim.ledger.of('createWorkbookExtract')[0]?.body).toContain('<datasources includeAll="true"')
    finishExtracts(sim)
    await expect(drawer.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 15_000 })
    expect(sim.ledger.of('queryJob').filter(({ code }) => code === '400031').length).toBeGreaterThan(0)
    await expect(extractRow(page, 'Fresh numbers')).toContainText(/Extract|Succeeded/)
    expect(item).toMatchObject({ hasExtracts: true, datasources: [{ hasExtract: true }, { hasExtract: true }] })
    await drawer.getByRole('link', { name: 'Open the job' }).click()
    await expect(page.getByRole('complementary', { name: 'Job' })).toContainText('Fresh numbers')
    await expect(page.getByRole('complementary', { name: 'Job' })).toContainText('400031')
  })

  test('of a chosen data source, encrypted', async ({ page, sim }) => {
    const item = addContent(sim, 'Fresh numbers', { datasources: [{ name: 'Orders' }, { name: 'Stock' }] })
    const drawer = await openContent(page, item)
    const dialog = await askFor(page, 'Create extract …')
    await dialog.getByRole('radio', { name: 'Those chosen here' }).check()
    await dialog.getByRole('button', { name: 'Create extract' }).click({ force: true })
    await expect(dialog.getByText('Choose at least one data source.')).toBeVisible()
    expect(sim.ledger.of('createWorkbookExtract')).toEqual([])
    await dialog.getByRole('checkbox', { name: /^Stock/ }).check()
    await dialog.getByRole('checkbox', { name: 'Encrypt the extract' }).check()
    await dialog.getByRole('button', { name: 'Create extract' }).click()
    await expect(drawer.getByText('Waiting', { exact: true })).toBeVisible()
    const [sent] = sim.ledger.of('createWorkbookExtract')
    expect(sent).toMatchObject({ status: 200, applied: true })
    expect(sent?.body).toContain(`<datasource id="${item.datasources[1]?.id}"`)
    expect(sent?.body).not.toContain(item.datasources[0]?.id)
    finishExtracts(sim)
    await expect(drawer.getByText('Encrypted', { exact: true })).toBeVisible({ timeout: 20_000 })
    expect(item).toMatchObject({ hasExtracts: true, encryptExtracts: true, datasources: [{ hasExtract: false }, { hasExtract: true }] })
  })

  test('of a data source', async ({ page, sim }) => {
    const item = addContent(sim, 'Live orders', { kind: 'datasource' })
    const drawer = await openContent(page, item)
    const dialog = await askFor(page, 'Create extract …')
    await expect(dialog.getByRole('radio')).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Create extract' }).click()
    await expect(drawer.getByText('Waiting', { exact: true })).toBeVisible()
    finishExtracts(sim)
    await expect(drawer.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 15_000 })
    expect(sim.ledger.of('createDatasourceExtract')).toMatchObject([{ status: 200, applied: true }])
    expect(item).toMatchObject({ hasExtracts: true, encryptExtracts: false })
  })

  test('of a file: Tableau’s 409070 in words, the form kept, other data sources chosen', async ({ page, sim }) => {
    const item = addContent(sim, 'Fresh numbers', { datasources: [{ name: 'Orders' }, file] })
    const drawer = await openContent(page, item)
    const dialog = await askFor(page, 'Create extract …')
    await dialog.getByRole('radio', { name: 'Those chosen here' }).check()
    await dialog.getByRole('checkbox', { name: /^Targets/ }).check()
    await dialog.getByRole('button', { name: 'Create extract' }).click()
    await expect(dialog.getByRole('alert')).toContainText('409070')
    await expect(dialog).toContainText('No extract can be made of data that comes from a file')
    await expect(dialog.getByRole('checkbox', { name: /^Targets/ })).toBeChecked()
    expect(sim.ledger.of('createWorkbookExtract')).toMatchObject([{ status: 409, code: '409070', applied: false }])
    await dialog.getByRole('checkbox', { name: /^Targets/ }).uncheck()
    await dialog.getByRole('checkbox', { name: /^Orders/ }).check()
    await dialog.getByRole('button', { name: 'Create extract' }).click()
    await expect(drawer.getByText('Waiting', { exact: true })).toBeVisible()
    expect(sim.ledger.of('createWorkbookExtract')).toMatchObject([{ applied: false }, { status: 200, applied: true }])
  })

  test('where refreshes cannot be run by hand is not offered, and the reason says so', async ({ page, sim }) => {
    sim.world.site().runNowEnabled = false
    const drawer = await openContent(page, addContent(sim, 'Fresh numbers'))
    await expect(drawer.getByRole('button', { name: 'Create extract …' })).toHaveAttribute('aria-disabled', 'true')
    await expect(drawer).toContainText(/by hand|run now/i)
    await drawer.getByRole('button', { name: 'Create extract …' }).click({ force: true })
    await expect(page.getByRole('dialog')).toBeHidden()
    expect(sim.ledger.of('createWorkbookExtract')).toEqual([])
  })

  test('whose reply is lost is found out about, and sent once', async ({ page, sim }) => {
    const item = addContent(sim, 'Fresh numbers')
    const drawer = await openContent(page, item)
    sim.faults.add({ operation: 'createWorkbookExtract', when: 'after', action: { kind: 'reset' } })
    await (await askFor(page, 'Create extract …')).getByRole('button', { name: 'Create extract' }).click()
    await expect(drawer.getByText('Waiting', { exact: true })).toBeVisible({ timeout: 30_000 })
    expect(sim.ledger.of('createWorkbookExtract')).toHaveLength(1)
    expect(sim.world.site().findJobs({ jobType: 'createExtract', title: 'Fresh numbers' })).toHaveLength(1)
  })
})

test.describe('deleting an extract', () => {
  test('of a workbook says what happens and which tasks would fail', async ({ page, sim }) => {
    const item = sim.world.site().findContent('Campaign Performance')
    const many = sim.world.tasks().all.filter(({ content }) => content === item).length
    item.hasExtracts = true
    const drawer = await openContent(page, item)
    await expect(drawer.getByRole('listitem')).toHaveCount(many)
    const dialog = await askFor(page, 'Delete extract …')
    await expect(dialog).toContainText('asks its data live from then on')
    await expect(dialog).toContainText(many === 1 ? '1 refresh task is on it' : `${many} refresh tasks are on it`)
    await dialog.getByRole('button', { name: 'Delete extract' }).dblclick()
    await expect(page.getByText('Extract of “Campaign Performance” deleted')).toBeVisible()
    await expect(drawer.getByText('Live', { exact: true })).toBeVisible()
    expect(sim.ledger.of('deleteWorkbookExtract')).toMatchObject([{ status: 200, applied: true }])
    expect(sim.ledger.of('deleteWorkbookExtract')[0]?.path).toContain(`/workbooks/${item.id}/deleteExtract`)
    expect(item.hasExtracts).toBe(false)
  })

  test('of a data source, which nothing refreshes', async ({ page, sim }) => {
    const item = addContent(sim, 'Old orders', { kind: 'datasource', hasExtracts: true })
    const drawer = await openContent(page, item)
    const dialog = await askFor(page, 'Delete extract …')
    await expect(dialog).not.toContainText('refresh task')
    await dialog.getByRole('button', { name: 'Delete extract' }).click()
    await expect(drawer.getByText('Live', { exact: true })).toBeVisible()
    await expect(drawer.getByRole('button', { name: 'Delete extract …' })).toHaveAttribute('aria-disabled', 'true')
    expect(sim.ledger.of('deleteDatasourceExtract')).toMatchObject([{ status: 204, applied: true }])
  })

  test('that somebody else deleted meanwhile: Tableau’s 409090 in words', async ({ page, sim }) => {
    const item = addContent(sim, 'Old orders', { kind: 'datasource', hasExtracts: true })
    await openContent(page, item)
    const dialog = await askFor(page, 'Delete extract …')
    item.hasExtracts = false
    await dialog.getByRole('button', { name: 'Delete extract' }).click()
    await expect(dialog.getByRole('alert')).toContainText('409090')
    await expect(dialog).toContainText('it may have no extract')
    expect(sim.ledger.of('deleteDatasourceExtract')).toMatchObject([{ status: 409, code: '409090', applied: false }])
  })
})
