import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { pageBounds, paginationElement, parsePaging } from '../paging.ts'
import { isAdministrator, isServerAdministrator } from '../permissions.ts'
import { parseQuery } from '../query-string.ts'
import { extractEncryptionModes } from '../site.ts'
import type { Site } from '../site.ts'
import { isAtLeast } from '../versions.ts'
import { membershipOf } from '../world.ts'
import { childOf } from '../xml-in.ts'
import { element, fragment } from '../xml-out.ts'
import type { Xml } from '../xml-out.ts'

/** Query Sites, Query Site and Update Site. */
export const siteRoutes: readonly Route[] = [
  { operation: 'querySites', on: 'server', method: 'GET', path: '/sites', since: '2.0', access: 'session', handle: querySites },
  { operation: 'querySite', method: 'GET', path: '/sites/:siteKey', since: '2.0', access: 'session', handle: querySite },
  { operation: 'updateSite', on: 'server', method: 'PUT', path: '/sites/:siteKey', since: '3.5', access: 'session', handle: updateSite },
]

/** The sites that the caller is on; an administrator of the server is on all of them. */
function querySites(call: SignedInCall): HandlerReply {
  const page = parsePaging(parseQuery(call.query))
  const visible = call.world.sites.filter((site) => membershipOf(call.session.account, site) !== undefined)
  const { from, to } = pageBounds(page, visible.length)
  const rows = visible.slice(from, to).map((site) => siteElement(call, site))
  return { status: 200, content: fragment([paginationElement(page, visible.length), element('sites', {}, ...rows)]) }
}

/** By id, or by `?key=name|contentUrl`; only the session's own site. */
function querySite(call: SignedInCall): HandlerReply {
  const key = parseQuery(call.query).get('key')?.value ?? 'id'
  const wanted = call.params['siteKey'] ?? ''
  if (key !== 'id' && key !== 'name' && key !== 'contentUrl') throw refusals.badRequest(`'${key}' is not a key of a site.`)
  const site = call.world.sites.find((candidate) => (key === 'id' ? candidate.id === wanted.toLowerCase() : candidate[key] === wanted))
  if (site === undefined) throw refusals.siteNotFound(`Site '${wanted}' could not be found.`)
  if (site !== call.session.site) throw refusals.deadToken()
  return { status: 200, content: siteElement(call, site) }
}

/** The extract encryption mode alone, which came with 3.5; other attributes are left as they are. */
function updateSite(call: SignedInCall): HandlerReply {
  const wanted = call.params['siteKey'] ?? ''
  const site = call.world.sites.find(({ id }) => id === wanted.toLowerCase())
  if (site === undefined) throw refusals.siteNotFound(`Site '${wanted}' could not be found.`)
  if (site !== call.session.site) throw refusals.deadToken()
  if (!isServerAdministrator(call.session.membership.siteRole)) throw refusals.forbidden('Only server administrators can set the extract encryption mode of a site.')
  const given = childOf(call.body(), 'site')
  if (given === undefined) throw refusals.badRequest('Payload is either malformed or incomplete: the site is missing.')
  const text = given.attributes.get('extractEncryptionMode')
  const mode = extractEncryptionModes.find((known) => known === text)
  if (text !== undefined && mode === undefined) throw refusals.badRequest(`'${text}' is not an extract encryption mode.`)
  const applied = mode !== undefined && mode !== site.extractEncryptionMode
  if (mode !== undefined) site.extractEncryptionMode = mode
  return { status: 200, content: siteElement(call, site), applied }
}

const siteElement = (call: SignedInCall, site: Site): Xml => {
  const membership = membershipOf(call.session.account, site)
  const encryption = call.server.flavor === 'server' && isAtLeast(call.version, '3.5') ? { extractEncryptionMode: site.extractEncryptionMode } : {}
  const forAdministrators =
    membership !== undefined && isAdministrator(membership.siteRole)
      ? { adminMode: 'ContentAndUsers', runNowEnabled: site.runNowEnabled, autoSuspendRefreshEnabled: true, ...encryption, timeZone: call.server.timeZone }
      : {}
  return element('site', { id: site.id, name: site.name, contentUrl: site.contentUrl, state: 'Active', disableSubscriptions: false, ...forAdministrators })
}
