import type { Call, HandlerReply, Route, ServerFacts, SignedInCall } from './context.ts'
import { refusals } from './errors.ts'
import type { Session } from './sessions.ts'
import type { World } from './world.ts'
import { isJsonType, readJsonBody } from './json-in.ts'
import { readRequestBody } from './xml-in.ts'

export interface ApiRequest {
  readonly version: string
  readonly params: Readonly<Record<string, string>>
  readonly query: string
  readonly origin: string
  readonly token: string | undefined
  readonly body: Uint8Array
  /** Looked at on Cloud alone: whatever comes to a Server here is read as XML. */
  readonly contentType: string | undefined
}

/** Runs one method: session, then site, then the method itself. Throws a TableauRefusal. */
export const dispatch = (world: World, server: ServerFacts, route: Route, request: ApiRequest): HandlerReply => {
  const read = server.flavor === 'cloud' && isJsonType(request.contentType) ? readJsonBody : readRequestBody
  const call: Call = {
    world,
    server,
    version: request.version,
    params: request.params,
    query: request.query,
    origin: request.origin,
    body: () => read(request.body),
    optionalBody: () => (request.body.length === 0 ? undefined : read(request.body)),
  }
  if (route.access === 'anyone') return route.handle(call)
  const session = sessionOf(world, request.token)
  if (route.access === 'site') checkSite(world, session, request.params['siteId'] ?? '')
  const signedIn: SignedInCall = { ...call, session }
  return route.handle(signedIn)
}

const sessionOf = (world: World, token: string | undefined): Session => {
  if (token === undefined || token === '') throw refusals.noToken()
  const session = world.sessions.use(token)
  if (session === undefined) throw refusals.deadToken()
  return session
}

/** A token is good for one site; for another one it is as good as dead (401002). */
const checkSite = (world: World, session: Session, siteId: string): void => {
  const site = world.sites.find((candidate) => candidate.id === siteId.toLowerCase())
  if (site === undefined) throw refusals.siteNotFound(`Site '${siteId}' could not be found.`)
  if (site !== session.site) throw refusals.deadToken()
}
