import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { pageBounds, paginationElement, parsePaging } from '../paging.ts'
import { isAdministrator } from '../permissions.ts'
import { parseQuery } from '../query-string.ts'
import type { Site } from '../site.ts'
import { membershipOf } from '../world.ts'
import { element, fragment } from '../xml-out.ts'
import type { Xml } from '../xml-out.ts'

/** Query Sites and Query Site. */
export const siteRoutes: readonly Route[] = [
  { operation: 'querySites', on: 'server', method: 'GET', path: '/sites', since: '2.0', access: 'session', handle: querySites },
  { operation: 'querySite', method: 'GET', path: '/sites/:siteKey', since: '2.0', access: 'session', handle: querySite },
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

const siteElement = (call: SignedInCall, site: Site): Xml => {
  const membership = membershipOf(call.session.account, site)
  const forAdministrators =
    membership !== undefined && isAdministrator(membership.siteRole)
      ? { adminMode: 'ContentAndUsers', runNowEnabled: site.runNowEnabled, autoSuspendRefreshEnabled: true, extractEncryptionMode: 'enabled', timeZone: call.server.timeZone }
      : {}
  return element('site', { id: site.id, name: site.name, contentUrl: site.contentUrl, state: 'Active', disableSubscriptions: false, ...forAdministrators })
}
