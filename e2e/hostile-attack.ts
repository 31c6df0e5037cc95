import type { Page } from './test.ts'

/** A request that a hostile page would like a signed-in person's browser to make. */
export interface Target {
  readonly path: string
  readonly method: string
  /** Without one an empty body is sent, whose type nobody asks about. */
  readonly body?: unknown
}

interface Attempt {
  readonly url: string
  readonly method: string
  /** The body as a program sends it. */
  readonly text: string
  /** The name of a form's only field, which makes its `text/plain` body JSON as well: the value is the rest. */
  readonly field: string | undefined
}

/** `everything`, or only what can carry a body that the app would understand. */
export type Ways = 'everything' | 'what can carry JSON'

/** How many POST requests reach the app for every target at least, as a browser asks nobody before it sends them. Of beacons it drops some. */
export const unaskedPosts = { everything: 5, 'what can carry JSON': 3 } as const

/** Runs in the hostile page: what a page can make a browser send to another origin, all at once. */
const attemptAll = async ({ attempts, ways }: { attempts: readonly Attempt[]; ways: Ways }): Promise<string[]> => {
  const read: string[] = []

  const settled = (element: HTMLElement): Promise<void> =>
    new Promise((resolve) => {
      element.addEventListener('load', () => resolve(), { once: true })
      element.addEventListener('error', () => resolve(), { once: true })
    })

  const shown = (element: HTMLElement): Promise<void> => {
    const done = settled(element)
    document.body.append(element)
    return done
  }

  const shownIn = (tag: 'img' | 'script' | 'iframe', src: string): Promise<void> => shown(Object.assign(document.createElement(tag), { src }))

  const linked = (rel: string, href: string): Promise<void> => shown(Object.assign(document.createElement('link'), { rel, href }))

  let frames = 0
  const formSent = async (action: string, enctype: string, name: string | undefined): Promise<void> => {
    frames += 1
    const frame = Object.assign(document.createElement('iframe'), { name: `frame-${frames}` })
    await shown(frame)
    const form = Object.assign(document.createElement('form'), { method: 'post', action, enctype, target: frame.name })
    if (name !== undefined) form.append(Object.assign(document.createElement('input'), { name, value: '"}' }))
    document.body.append(form)
    const answered = settled(frame)
    form.submit()
    await answered
  }

  const fetched = async (url: string, init: RequestInit): Promise<void> => {
    try {
      const answer = await fetch(url, { credentials: 'include', ...init })
      if (answer.type !== 'opaque') read.push(`${init.method ?? 'GET'} ${url}: ${answer.status} ${await answer.text()}`)
    } catch {
      // Refused by the browser, as it must be.
    }
  }

  const json = { 'content-type': 'application/json' }
  const carryingJson = attempts.flatMap(({ url, method, text, field }) => {
    navigator.sendBeacon(url, text)
    navigator.sendBeacon(url, new Blob([text], { type: 'application/json' }))
    return [
      // What a browser sends without asking anybody.
      fetched(url, { method: 'POST', mode: 'no-cors', body: text }),
      fetched(url, { method: 'POST', body: text }),
      formSent(url, 'text/plain', field),
      // What it asks permission for first.
      fetched(url, { method, body: text, headers: json }),
      fetched(url, { method, body: text, headers: { ...json, 'x-refreshboard': '1' } }),
      fetched(url, { method: 'POST', body: text, headers: { 'x-http-method-override': method } }),
    ]
  })
  const others = (ways === 'everything' ? attempts : []).flatMap(({ url, field }) => [
    formSent(url, 'application/x-www-form-urlencoded', field),
    formSent(url, 'multipart/form-data', field),
    fetched(url, { mode: 'no-cors' }),
    fetched(url, {}),
    shownIn('img', url),
    shownIn('script', url),
    shownIn('iframe', url),
    linked('stylesheet', url),
  ])
  await Promise.all([...carryingJson, ...others])
  return read
}

const attemptOf = (origin: string, { path, method, body }: Target): Attempt => {
  const text = body === undefined ? '' : JSON.stringify(body)
  return { url: origin + path, method, text, field: body === undefined ? undefined : `${text.slice(0, -1)},"x":"` }
}

/** Tries every target from the page that is open, and tells what the page could read of the answers. */
export const attack = (page: Page, origin: string, targets: readonly Target[], ways: Ways): Promise<string[]> =>
  page.evaluate(attemptAll, { attempts: targets.map((target) => attemptOf(origin, target)), ways })

/** The same by a form that takes the whole page with it. */
export const attackByNavigation = async (page: Page, origin: string, target: Target): Promise<void> => {
  const { url, field } = attemptOf(origin, target)
  const answered = page.waitForURL(url)
  await page.evaluate(
    ({ action, name }) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action, enctype: 'text/plain' })
      if (name !== undefined) form.append(Object.assign(document.createElement('input'), { name, value: '"}' }))
      document.body.append(form)
      form.submit()
    },
    { action: url, name: field },
  )
  await answered
}
