import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type BrowserContext, type Locator, type Page } from '@playwright/test'
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
  /** Everything that the content security policy blocked on any page of the test; must stay empty. */
  violations: string[]
}

interface AppOptions {
  sim: TableauSim
  tableauDeadlineMs: number | undefined
  /** What people type, where that is not the BFF's own port. */
  publicOrigin?: string
}

/** A BFF that knows the simulator as `sim`, with a store of its own. */
export const startApp = async ({ sim, tableauDeadlineMs, publicOrigin }: AppOptions) => {
  const folder = await mkdtemp(join(tmpdir(), 'refreshboard-e2e-'))
  const read = readConfig({
    PORT: '0',
    PUBLIC_ORIGIN: publicOrigin,
    TABLEAU_SERVERS: `sim=${sim.url}`,
    TABLEAU_TIME_ZONE: 'America/Los_Angeles',
    DATABASE_URL: `sqlite:${join(folder, 'store.db')}`,
    LOG_LEVEL: 'silent',
  })
  if (!read.ok) throw new Error(read.faults.join('\n'))
  const bff = await startBff({ config: read.config, webDir, ...(tableauDeadlineMs === undefined ? {} : { tableauDeadlineMs }) })
  const close = async (): Promise<void> => {
    await bff.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { url: bff.url, port: bff.port, close }
}

/** What a page tells of the content security policy, and of faults in its own scripts. */
const listen = (context: BrowserContext, violations: string[]): void => {
  context.on('console', (message) => {
    if (/Content[- ]Security[- ]Policy/i.test(message.text())) violations.push(message.text())
  })
  context.on('weberror', (error) => violations.push(`uncaught: ${error.error().message}`))
}

/** Says every violation on the console, also those of which Chromium itself says nothing there. */
const tellViolations = (): void => {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
    // oxlint-disable-next-line no-console -- where the test listens
    console.error(`Content Security Policy: ${effectiveDirective} blocked “${blockedURI}” of ${sourceFile}`)
  })
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
    const { url, close } = await startApp({ sim, tableauDeadlineMs })
    await use({ url })
    await close()
  },

  baseURL: async ({ app }, use) => {
    await use(app.url)
  },

  violations: [
    async ({ browser, context }, use) => {
      const violations: string[] = []
      listen(context, violations)
      const listenToAnother = (another: BrowserContext): void => listen(another, violations)
      browser.on('context', listenToAnother)
      await context.addInitScript(tellViolations)
      await use(violations)
      browser.off('context', listenToAnother)
      expect(violations).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
export type { Locator, Page }
