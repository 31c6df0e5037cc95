import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HandlerReply, ServerFacts } from './context.ts'
import { dispatch } from './dispatch.ts'
import { refusals, TableauRefusal } from './errors.ts'
import { applyFault, throttled, waitFor } from './fault-reply.ts'
import type { DueFault, Faults } from './faults.ts'
import { toJsonReply, wantsJson } from './json-out.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'
import { mayAdministerJobs } from './permissions.ts'
import type { RateLimits } from './rate-limits.ts'
import { htmlPage, imageReply, refusalReply, xmlReply } from './reply.ts'
import type { Reply } from './reply.ts'
import { matchRoute } from './routes.ts'
import type { RouteMatch } from './routes.ts'
import { deliver } from './deliver.ts'
import type { World } from './world.ts'
import { maxBodyBytes } from './xml-in.ts'

export interface ServerOptions extends ServerFacts {
  readonly world: World
  readonly ledger: Ledger
  readonly faults: Faults
  readonly rateLimits: RateLimits
  readonly host: string
  readonly port: number
  readonly latencyMs: number
}

/** The HTTP side: reads a request, notes it, lets faults have their way, answers. */
export const listen = async (options: ServerOptions): Promise<{ port: number; close(): Promise<void> }> => {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      // A bug of the simulator must be loud: the connection breaks and the reason is on stderr.
      process.stderr.write(`The simulator failed on ${request.method ?? ''} ${request.url ?? ''}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  // A TCP server that listens has an AddressInfo (node:net, § server.address()).
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const answer = async (options: ServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { world, ledger, faults } = options
  const method = request.method ?? 'GET'
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const token = request.headers['x-tableau-auth']
  const entry = ledger.open({
    at: new Date(world.clock.now()).toISOString(),
    method,
    path,
    query: mark < 0 ? '' : url.slice(mark + 1),
    token: typeof token === 'string' ? token : null,
  })
  // Node joins repeated headers of this name with a comma; such a token is none that was given out.
  response.sendDate = false
  const match = tryMatch(method, path, options)
  if (!(match instanceof TableauRefusal) && match.kind === 'route') entry.operation = match.route.operation
  const session = entry.token === null ? undefined : world.sessions.find(entry.token)
  entry.user = session?.account.name ?? null
  entry.site = session?.site.name ?? null

  const body = await readBody(request)
  if (body === 'aborted') return
  if (body !== 'too large') entry.body = body.toString('utf8')
  if (options.latencyMs > 0) await waitFor(options.latencyMs)

  const due: DueFault[] = faults.take({ operation: entry.operation, path, user: entry.user })
  const behaviour = behaviourOf(entry, match, world)
  if (behaviour !== undefined) due.push(behaviour)

  let reply: Reply | undefined
  for (const fault of due.filter((candidate) => candidate.when === 'before' && candidate.action.kind !== 'truncate')) {
    entry.faults.push(fault.action.kind)
    reply = await applyFault(fault.action, entry, options)
    if (reply !== undefined) break
  }
  if (reply === undefined) {
    reply = limited(options, entry, match) ?? handle(options, entry, match, body, { origin: `http://${request.headers.host ?? 'localhost'}`, contentType: request.headers['content-type'] })
    for (const fault of due.filter((candidate) => candidate.when === 'after' || candidate.action.kind === 'truncate')) {
      entry.faults.push(fault.action.kind)
      if (fault.action.kind === 'truncate') reply = { ...reply, cut: { bytes: fault.action.bytes, close: fault.action.close ?? 'clean' } }
      else reply = (await applyFault(fault.action, entry, options)) ?? reply
    }
  }
  // A Server here answers in XML whatever is asked for.
  if (options.flavor === 'cloud' && wantsJson(request.headers.accept)) reply = toJsonReply(reply)
  deliver(reply, entry, response, world.clock.now())
}

/** 429000 where the site has had its calls of that kind. Who has no session on it is refused as ever. */
const limited = (options: ServerOptions, entry: LedgerEntry, match: RouteMatch | TableauRefusal): Reply | undefined => {
  if (match instanceof TableauRefusal || match.kind !== 'route' || entry.token === null) return undefined
  const { world, rateLimits } = options
  const session = world.sessions.find(entry.token)
  const seconds = session && rateLimits.take(session.site, match.route, world.clock.now())
  if (session === undefined || seconds === undefined) return undefined
  world.sessions.use(session.token)
  return throttled(seconds, 'text', match.version)
}

const tryMatch = (method: string, path: string, facts: ServerFacts): RouteMatch | TableauRefusal => {
  try {
    return matchRoute(method, path, facts)
  } catch (error) {
    if (error instanceof TableauRefusal) return error
    throw error
  }
}

/** What a job's own title asks for, when an administrator of its site asks about it. */
const behaviourOf = (entry: LedgerEntry, match: RouteMatch | TableauRefusal, world: World): DueFault | undefined => {
  if (match instanceof TableauRefusal || match.kind !== 'route' || entry.token === null) return undefined
  const { params, route } = match
  const session = world.sessions.find(entry.token)
  if (session === undefined || session.site.id !== params['siteId']?.toLowerCase() || !mayAdministerJobs(session.membership.siteRole)) return undefined
  const behaviour = session.site.job(params['jobId'] ?? '')?.behaviour
  return behaviour?.operation === route.operation ? behaviour : undefined
}

interface Surroundings {
  readonly origin: string
  readonly contentType: string | undefined
}

const handle = (options: ServerOptions, entry: LedgerEntry, match: RouteMatch | TableauRefusal, body: Uint8Array | 'too large', around: Surroundings): Reply => {
  if (body === 'too large') return refusalReply(options.apiVersion, refusals.tooLarge('The body is too large.'))
  if (match instanceof TableauRefusal) return refusalReply(options.apiVersion, match)
  if (match.kind === 'page') return htmlPage(entry.path === '/' ? 200 : 404)
  if (match.kind === 'unknown') return refusalReply(match.version ?? options.apiVersion, refusals.unknownResource())
  if (match.kind === 'wrong verb') {
    const refusal = refusals[match.code === '40500' ? 'wrongVerbOfTasks' : 'wrongVerb'](`The HTTP method '${entry.method}' is not supported for this resource.`)
    return { ...refusalReply(match.version, refusal), headers: { allow: match.allowed.join(', ') } }
  }
  const { version, params, route } = match
  try {
    const result = dispatch(options.world, options, route, { version, params, query: entry.query, token: entry.token ?? undefined, body, ...around })
    note(entry, result)
    return result.image === undefined ? xmlReply(version, result.status, result.content) : imageReply(result.status, result.image)
  } catch (error) {
    if (error instanceof TableauRefusal) return refusalReply(version, error)
    throw error
  }
}

const note = (entry: LedgerEntry, result: HandlerReply): void => {
  entry.applied = result.applied ?? false
  if (result.opened === undefined) return
  entry.user = result.opened.account.name
  entry.site = result.opened.site.name
}

const readBody = async (request: IncomingMessage): Promise<Buffer | 'too large' | 'aborted'> => {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue
      bytes += chunk.length
      // The rest is still read, so that the client gets the refusal instead of a reset.
      if (bytes <= maxBodyBytes) chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks) : 'too large'
}
