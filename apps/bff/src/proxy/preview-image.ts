import { Router, type Request, type Response } from 'express'
import { getWorkbook, luidSchema } from '@refreshboard/api-types'
import { isApiVersion, previewImagePath } from '@refreshboard/tableau-client'
import type { Clock } from '../clock.ts'
import { imageGuard } from '../http/guard.ts'
import { assertReadableQuery, parseInput } from '../http/input.ts'
import type { LoadLimit } from '../http/load-limit.ts'
import { ProblemError } from '../http/problem-error.ts'
import { factsOf } from '../http/request-facts.ts'
import { SessionEnded } from '../session/session-ended.ts'
import type { OpenSession, Sessions } from '../session/sessions.ts'
import type { TableauServers } from '../session/tableau-servers.ts'
import { orSessionEnded } from '../session/tableau-session.ts'
import { createImageProxy, type ImageProxy } from './image-proxy.ts'

interface PreviewImagesOptions {
  servers: TableauServers
  sessions: Sessions
  readCookie: (header: string | undefined) => string | undefined
  publicOrigin: () => string
  load: LoadLimit
  clock: Clock
}

export interface PreviewImages {
  readonly router: Router
  close(): void
}

const route = '/api/workbooks/:id/preview.png'

/** Where the picture of a workbook is at Tableau, as this session reaches it. */
const pathOf = (request: Request, { facts }: OpenSession): string => {
  assertReadableQuery(request.url)
  // The same input as that of the workbook itself.
  parseInput(getWorkbook, { params: request.params, query: request.query, body: undefined })
  if (!isApiVersion(facts.apiVersion)) throw new Error('a session has no version of the REST API')
  return previewImagePath(facts.apiVersion, { siteId: facts.site.id, workbookId: luidSchema.parse(request.params['id']) })
}

/**
 * The one thing that is passed through from Tableau: `GET /api/workbooks/:id/preview.png` (Query Workbook Preview Image),
 * with the session's token, behind the guard of images, its session and the load limit. Showing a picture is nobody's act,
 * and does not move the session's idle clock.
 */
export const createPreviewImages = ({ servers, sessions, readCookie, publicOrigin, load, clock }: PreviewImagesOptions): PreviewImages => {
  const proxies = new Map<string, ImageProxy>()
  const proxyOf = (serverId: string): ImageProxy => {
    const { server } = servers.of(serverId)
    const known = proxies.get(serverId)
    if (known) return known
    const made = createImageProxy({ operation: 'queryWorkbookPreviewImage', serverUrl: server.url, clock })
    proxies.set(serverId, made)
    return made
  }

  const answer = async (request: Request, response: Response): Promise<void> => {
    const session = await sessions.open(readCookie(request.headers.cookie), false)
    const leave = load.enter(session.id)
    try {
      const { serverId, token } = session.facts
      await proxyOf(serverId).send(request, response, { path: pathOf(request, session), token })
    } catch (error) {
      const told = await orSessionEnded(error, session.id, (id) => sessions.markEnded(id))
      throw told instanceof SessionEnded ? await sessions.endedProblem(told.sessionId) : told
    } finally {
      leave()
    }
  }

  const router = Router({ caseSensitive: true, strict: true })
  router.all(
    route,
    (request, _response, next) => {
      const facts = factsOf(request)
      facts.route = route
      facts.operation = 'workbooks.preview'
      if (request.method !== 'GET') throw new ProblemError('method_not_allowed', `${request.method} is not offered here; GET is.`, { allow: 'GET' })
      next()
    },
    imageGuard(publicOrigin),
    (request, response) => answer(request, response),
  )
  return {
    router,
    close: () => {
      for (const proxy of proxies.values()) proxy.close()
    },
  }
}
