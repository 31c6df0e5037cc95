import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import express, { Router, type Request, type Response } from 'express'
import { ProblemError } from './problem-error.ts'
import { nonceOf } from './security-headers.ts'

/** Stands in the built page wherever the nonce of the response belongs. */
const noncePlaceholder = '__CSP_NONCE__'

export interface WebBuild {
  /** Changes with every build: a hash of its page, which names the hashed files. `none` without a build. */
  id(): Promise<string>
  page(): Promise<string | undefined>
}

/** The built web app of a directory. A new build is noticed without a restart. */
export const createWebBuild = (directory: string): WebBuild => {
  const file = path.join(directory, 'index.html')
  let read: { changedAt: number; html: string; id: string } | undefined
  const load = async (): Promise<{ html: string; id: string } | undefined> => {
    const changedAt = await stat(file).then(
      (stats) => stats.mtimeMs,
      () => undefined,
    )
    if (changedAt === undefined) return undefined
    if (read?.changedAt === changedAt) return read
    const html = await readFile(file, 'utf8')
    read = { changedAt, html, id: createHash('sha256').update(html).digest('hex').slice(0, 16) }
    return read
  }
  return {
    id: async () => (await load())?.id ?? 'none',
    page: async () => (await load())?.html,
  }
}

const wantsPage = (request: Request): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && request.accepts(['json', 'html']) === 'html'

const notFound = (): never => {
  throw new ProblemError('not_found', 'There is no such page or file. Check the address, or begin at the start page.')
}

/**
 * The files of the web app. Hashed files never change, and one that is missing is a 404 (a page from an older build must
 * notice that); every other address that a browser opens is the page itself, which does its own routing.
 */
export const staticWeb = (directory: string, build: WebBuild): Router => {
  const router = Router({ caseSensitive: true, strict: true })
  const options = { index: false, redirect: false, dotfiles: 'ignore', etag: true } as const
  router.use('/assets', express.static(path.join(directory, 'assets'), { ...options, immutable: true, maxAge: '365d' }), notFound)
  const files = express.static(directory, { ...options, cacheControl: false, setHeaders: (response) => response.setHeader('cache-control', 'no-cache') })
  router.use((request, response, next) => {
    // The page as it lies on the disk has no nonce.
    if (request.path === '/index.html') next()
    else files(request, response, next)
  })
  const servePage = async (request: Request, response: Response): Promise<void> => {
    const html = wantsPage(request) ? await build.page() : undefined
    if (html === undefined) return notFound()
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('cache-control', 'no-store')
    response.end(html.replaceAll(noncePlaceholder, nonceOf(response)))
    return undefined
  }
  router.use((request, response) => servePage(request, response))
  return router
}
