import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { readConfig, startBff } from '@refreshboard/bff'
import { startTableauSim, type TableauSim, type TableauSimOptions } from '@refreshboard/tableau-sim'

const webDir = join(dirname(fileURLToPath(import.meta.url)), '../apps/web/dist')

interface Fixtures {
  /** How the test's own simulator starts; set with `test.use({ simOptions })`. */
  simOptions: TableauSimOptions
  /** How long the BFF waits for one call of Tableau, in milliseconds; as in production unless set with `test.use({ tableauDeadlineMs })`. */
  tableauDeadlineMs: number | undefined
  /** A simulator of the test's own. Its ledger is the oracle: what a click caused stands there, or did not happen. */
  sim: TableauSim
  /** The address of a BFF of the test's own, which knows the simulator as `sim` and serves the built web app. */
  app: { url: string }
  /** Every request of the page that the content security policy blocked; must stay empty. */
  violations: string[]
}

export const test = base.extend<Fixtures>({
  simOptions: [{ scenario: 'small' }, { option: true }],
  tableauDeadlineMs: [undefined, { option: true }],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  sim: async ({ simOptions }, use) => {
    const sim = await startTableauSim(simOptions)
    await use(sim)
    await sim.close()
  },

  app: async ({ sim, tableauDeadlineMs }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'refreshboard-e2e-'))
    const read = readConfig({
      PORT: '0',
      TABLEAU_SERVERS: `sim=${sim.url}`,
      TABLEAU_TIME_ZONE: 'America/Los_Angeles',
      DATABASE_URL: `sqlite:${join(folder, 'store.db')}`,
      LOG_LEVEL: 'silent',
    })
    if (!read.ok) throw new Error(read.faults.join('\n'))
    const bff = await startBff({ config: read.config, webDir, ...(tableauDeadlineMs === undefined ? {} : { tableauDeadlineMs }) })
    await use({ url: bff.url })
    await bff.close()
    await rm(folder, { recursive: true, force: true })
  },

  baseURL: async ({ app }, use) => {
    await use(app.url)
  },

  violations: [
    async ({ page }, use) => {
      const violations: string[] = []
      page.on('console', (message) => {
        if (/Content[- ]Security[- ]Policy/i.test(message.text())) violations.push(message.text())
      })
      page.on('pageerror', (error) => violations.push(`uncaught: ${error.message}`))
      await use(violations)
      expect(violations).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
export type { Locator, Page }
