import type { LedgerEntry } from '@refreshboard/tableau-sim'
import { expect, type Locator, type Page } from './test.ts'

/** What stands in the folded part of one request: the request and the command. */
export interface Shown {
  method: string
  path: string
  /** Empty where it says that there is no body. */
  xml: string
  curl: string
}

const readRequest = async (part: Locator): Promise<Shown> => {
  const command = part.getByRole('region', { name: /^The same as a command/ })
  await expect(command).toBeVisible()
  const [method = '', path = ''] = ((await part.locator('code').first().textContent()) ?? '').split(' ')
  const xml = part.getByRole('region', { name: /^XML/ })
  const curl = (await command.locator('pre').textContent()) ?? ''
  return { method, path, xml: (await xml.count()) === 0 ? '' : ((await xml.locator('pre').textContent()) ?? ''), curl }
}

/** Unfolds “What would be sent” and reads every request in it once it stands still. */
export const seeEachWouldSend = async (within: Page | Locator, title: string | RegExp = 'What would be sent'): Promise<Shown[]> => {
  const part = within.locator('details').filter({ hasText: title })
  if ((await part.getAttribute('open')) === null) await part.getByText(title, { exact: true }).click()
  const requests = part.locator('[data-request]')
  await expect(requests.first()).toBeVisible({ timeout: 10_000 })
  await expect(part.locator('[aria-busy="true"]')).toHaveCount(0)
  const shown: Shown[] = []
  for (const request of await requests.all()) shown.push(await readRequest(request))
  return shown
}

/** The same where there is one request. */
export const seeWouldSend = async (within: Page | Locator, title = 'What would be sent'): Promise<Shown> => {
  const [shown, ...others] = await seeEachWouldSend(within, title)
  expect(others).toEqual([])
  if (shown === undefined) throw new Error('nothing would be sent')
  return shown
}

/** What was shown is what was sent, word for word. */
export const expectSent = (shown: Shown, sent: LedgerEntry | undefined): void => {
  expect({ method: sent?.method, path: sent?.query ? `${sent.path}?${sent.query}` : sent?.path, xml: sent?.body, applied: sent?.applied }).toEqual({ method: shown.method, path: shown.path, xml: shown.xml, applied: true })
  expect(shown.curl).toContain(shown.path)
  expect(shown.curl).toContain('$TABLEAU_TOKEN')
  expect(shown.curl).not.toContain(sent?.token ?? 'no token')
}
