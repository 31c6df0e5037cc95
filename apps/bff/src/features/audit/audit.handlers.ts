import { queryUserOnSite, TableauApiError } from '@refreshboard/tableau-client'
import { auditRecordOf } from '../../audit/audit-record.ts'
import type { AuditStore } from '../../audit/audit-store.ts'
import { signedIn, type Handlers } from '../../http/handler.ts'
import { isAdministrator } from '../../session/roles.ts'
import type { TableauSession } from '../../session/tableau-session.ts'

/** Tableau is asked each time: who was an administrator at the sign-in may be none any more. */
const seesAll = async (tableau: TableauSession): Promise<boolean> => {
  try {
    return isAdministrator((await tableau.call(queryUserOnSite, { userId: tableau.user.id })).value.siteRole)
  } catch (error) {
    if (error instanceof TableauApiError && /^40[34]/.test(error.code)) return false
    throw error
  }
}

const millis = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text))

export const auditHandlers = ({ audit }: { audit: AuditStore }): Pick<Handlers, 'listAudit'> => ({
  listAudit: signedIn(async ({ input: { query }, session, tableau }) => {
    const all = await seesAll(tableau)
    const { facts, principal } = session
    const { entries, total, operations } = await audit.list(
      {
        serverId: facts.serverId,
        siteId: facts.site.id,
        ...(all ? {} : { principal }),
        q: query.q,
        operations: query.operation,
        states: query.state,
        from: millis(query.from),
        to: millis(query.to),
        bulkId: query.bulk,
        before: query.before,
      },
      query,
    )
    return { body: { rows: entries.map(auditRecordOf), total, scope: all ? 'site' : 'own', operations, chain: await audit.follow() } }
  }),
})
