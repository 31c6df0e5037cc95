import { signInAt } from './schedule-actions.ts'
import { expect, type Locator, type Page } from './test.ts'

export const openAsCode = async (page: Page, account = 'admin'): Promise<void> => {
  await signInAt(page, '/schedules/code', account)
  await expect(page.getByRole('heading', { level: 1, name: 'Schedules as code' })).toBeVisible()
}

/** Where a text of schedules is typed or pasted. */
export const importField = (page: Page): Locator => page.getByRole('textbox', { name: /^Type or paste a text of schedules/ })

export const exportField = (page: Page): Locator => page.getByRole('textbox', { name: 'The schedules as text' })

/** Plans what is typed. */
export const planText = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Plan', exact: true }).click()
}

/** Reads the schedules and hands their text over into the field. */
export const editExport = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Read the schedules' }).click()
  await expect(exportField(page)).toBeVisible()
  await page.getByRole('button', { name: 'Edit it in the import' }).click()
  return await importField(page).inputValue()
}
