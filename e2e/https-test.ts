import { startHttpsFront, type HttpsFront } from './https-front.ts'
import { startApp, test as base } from './test.ts'

export { expect } from './test.ts'

/** The app behind TLS at a name of its own, with the cookie and the `Sec-Fetch-*` headers of a real deployment. */
export const test = base.extend<{ front: HttpsFront }>({
  ignoreHTTPSErrors: true,

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  front: async ({}, use) => {
    const front = await startHttpsFront()
    await use(front)
    await front.close()
  },

  app: async ({ sim, front, tableauDeadlineMs }, use) => {
    const { url, port, close } = await startApp({ sim, tableauDeadlineMs, publicOrigin: front.origin })
    front.leadTo(port)
    await use({ url })
    await close()
  },
})
