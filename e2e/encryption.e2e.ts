import { addContent, askFor, openContent, openExtracts, openSiteCard, typeName } from './extract-actions.ts'
import { expect, test } from './test.ts'

test.describe('the encryption of one item', () => {
  test('is set, read back, and taken back', async ({ page, sim }) => {
    const item = addContent(sim, 'Secret numbers', { hasExtracts: true })
    const drawer = await openContent(page, item)
    await expect(drawer.getByText('Not encrypted', { exact: true })).toBeVisible()
    const dialog = await askFor(page, 'Encrypt …')
    await expect(dialog).toContainText('not encrypted → encrypted')
    await dialog.getByRole('button', { name: 'Encrypt', exact: true }).dblclick()
    await expect(drawer.getByText('Encrypted', { exact: true })).toBeVisible()
    expect(sim.ledger.of('updateWorkbook')).toMatchObject([{ status: 200, applied: true }])
    expect(sim.ledger.of('updateWorkbook')[0]?.body).toContain('<workbook encryptExtracts="true"/>')
    expect(item.encryptExtracts).toBe(true)
    await (await askFor(page, 'Decrypt …')).getByRole('button', { name: 'Decrypt', exact: true }).click()
    await expect(drawer.getByText('Not encrypted', { exact: true })).toBeVisible()
    expect(item.encryptExtracts).toBe(false)
  })

  test('of a data source, by its owner', async ({ page, sim }) => {
    const item = addContent(sim, 'Secret orders', { kind: 'datasource', hasExtracts: true, owner: 'creator' })
    const drawer = await openContent(page, item, 'creator')
    await (await askFor(page, 'Encrypt …')).getByRole('button', { name: 'Encrypt', exact: true }).click()
    await expect(drawer.getByText('Encrypted', { exact: true })).toBeVisible()
    expect(sim.ledger.of('updateDatasource')).toMatchObject([{ status: 200, applied: true, user: 'creator' }])
  })

  test('that somebody else changed meanwhile is refused, and nothing is sent to Tableau', async ({ page, sim }) => {
    const item = addContent(sim, 'Secret numbers', { hasExtracts: true })
    await openContent(page, item)
    const dialog = await askFor(page, 'Encrypt …')
    item.encryptExtracts = true
    await dialog.getByRole('button', { name: 'Encrypt', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('Somebody else changed it in the meantime.')
    expect(sim.ledger.of('updateWorkbook')).toEqual([])
  })

  test('is not offered where the site enforces encryption, and the reason says so', async ({ page, sim }) => {
    sim.world.site().extractEncryptionMode = 'enforced'
    const drawer = await openContent(page, addContent(sim, 'Secret numbers', { hasExtracts: true }))
    await expect(drawer).toContainText('The site enforces encryption')
    await expect(drawer.getByText('Encrypted', { exact: true })).toBeVisible()
    await expect(drawer.getByRole('button', { name: /crypt …$/ })).toHaveCount(0)
    const dialog = await askFor(page, 'Create extract …')
    await expect(dialog.getByRole('checkbox')).toHaveCount(0)
    await expect(dialog).toContainText('The site enforces encryption')
  })
})

test.describe('the encryption of the site', () => {
  test('is disabled only after its name was typed, once, and decrypts everything', async ({ page, sim }) => {
    const site = sim.world.site()
    const item = addContent(sim, 'Secret numbers', { hasExtracts: true, encryptExtracts: true })
    await openExtracts(page)
    const card = await openSiteCard(page)
    await card.getByText('Disabled', { exact: true }).click()
    await card.getByRole('button', { name: 'Change to disabled …' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(`The site “${site.name}”`)
    await expect(dialog).toContainText('Every encrypted extract of the site is decrypted')
    await expect(dialog).toContainText('outside of business hours')
    const send = dialog.getByRole('button', { name: 'Change to disabled' })
    for (const wrong of ['', site.name.toLowerCase(), `${site.name} 2`]) {
      await typeName(dialog, wrong)
      await expect(send).toHaveAttribute('aria-disabled', 'true')
      await send.click({ force: true })
    }
    expect(sim.ledger.of('updateSite')).toEqual([])
    await typeName(dialog, site.name)
    await send.dblclick()
    await expect(card).toContainText('no extract of the site is encrypted')
    expect(sim.ledger.of('updateSite')).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
    expect(sim.ledger.of('updateSite')[0]?.body).toContain('<site extractEncryptionMode="disabled"/>')
    expect(sim.ledger.of('updateSite')[0]?.path).toContain(site.id)
    expect(item.encryptExtracts).toBe(false)
    for (const name of ['Encrypt all …', 'Decrypt all …', 'Re-encrypt all …']) await expect(card.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true')
  })

  for (const [button, operation, encrypted] of [
    ['Encrypt all', 'encryptExtracts', true],
    ['Decrypt all', 'decryptExtracts', false],
    ['Re-encrypt all', 'reencryptExtracts', true],
  ] as const) {
    test(`“${button}” names the site and the cost, and is sent once under a double click`, async ({ page, sim }) => {
      const site = sim.world.site()
      const item = addContent(sim, 'Secret numbers', { hasExtracts: true, encryptExtracts: button !== 'Encrypt all' })
      await openExtracts(page)
      const card = await openSiteCard(page)
      await card.getByRole('button', { name: `${button} …`, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await expect(dialog).toContainText(`the whole site “${site.name}”`)
      await expect(dialog).toContainText('Tableau names no job for it and tells no progress.')
      await dialog.getByRole('button', { name: button, exact: true }).click({ force: true })
      expect(sim.ledger.of(operation)).toEqual([])
      await typeName(dialog, site.name)
      await dialog.getByRole('button', { name: button, exact: true }).dblclick()
      await expect(dialog).toBeHidden()
      expect(sim.ledger.of(operation)).toMatchObject([{ status: 200, applied: true, user: 'admin' }])
      expect(sim.ledger.of(operation)[0]?.path).toContain(`/sites/${site.id}/`)
      expect(item.encryptExtracts).toBe(encrypted)
    })
  }

  test('whose reply is lost could not be confirmed, and is not sent again', async ({ page, sim }) => {
    await openExtracts(page)
    const card = await openSiteCard(page)
    sim.faults.add({ operation: 'reencryptExtracts', when: 'after', action: { kind: 'reset' } })
    await card.getByRole('button', { name: 'Re-encrypt all …' }).click()
    const dialog = page.getByRole('dialog')
    await typeName(dialog, sim.world.site().name)
    await dialog.getByRole('button', { name: 'Re-encrypt all', exact: true }).click()
    await expect(dialog).toContainText('It could not be confirmed whether the extracts were re-encrypted.', { timeout: 40_000 })
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(card).toContainText('It could not be confirmed whether the extracts were re-encrypted.')
    await page.reload()
    await openSiteCard(page)
    expect(sim.ledger.of('reencryptExtracts')).toHaveLength(1)
  })

  test('is shown to a site administrator with the reason why only server administrators change it', async ({ page, sim }) => {
    await openExtracts(page, 'site-admin')
    const card = await openSiteCard(page)
    await expect(card).toContainText('each workbook and data source says')
    for (const name of ['Encrypt all …', 'Decrypt all …', 'Re-encrypt all …']) await expect(card.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true')
    await expect(card).toContainText(/server administrators/i)
    expect(sim.ledger.entries.filter(({ applied, operation }) => applied && operation !== 'signIn')).toEqual([])
  })
})
