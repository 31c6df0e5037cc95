import type { AuditRecord } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Drawer } from '../../components/drawer.tsx'
import { Fact, Facts, Id } from '../../components/facts.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { formatFull } from '../../lib/time.ts'
import { AuditState } from './audit-state.tsx'
import { targetName } from './audit-table.tsx'
import { operationWords } from './audit-words.ts'
import { auditRecord } from './audit.queries.ts'
import classes from './audit-page.module.css'
import form from '../../components/form.module.css'

/** What was read before and afterwards, by label; what is the same in both is dim. */
const BeforeAfter = ({ before = {}, after }: Pick<AuditRecord, 'before' | 'after'>) => {
  const labels = [...new Set([...Object.keys(before), ...Object.keys(after ?? {})])]
  if (labels.length === 0) return <p className={classes['dim']}>What it was before and afterwards was not read.</p>
  return (
    <table className={form['compared']}>
      <caption className={classes['caption']}>{after === undefined ? 'What was known of it before; afterwards nothing was read.' : 'Before and afterwards, as far as it was read'}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {labels.map((label) => {
          const [old, now] = [before[label], after?.[label]]
          return (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{old ?? '–'}</td>
              <td>{now === undefined ? '–' : now === old ? now : <strong>{now}</strong>}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const Told = ({ record, zone }: { record: AuditRecord; zone: string }) => {
  const { request, tableau, target } = record
  return (
    <>
      <Facts>
        <Fact label="When">{formatFull(Date.parse(record.at), zone)}</Fact>
        <Fact label="Who">{record.who.name}</Fact>
        <Fact label="Where">
          {record.site === '' ? 'The Default site' : `The site “${record.site}”`} of {record.serverId}
        </Fact>
        <Fact label="To">
          {target.name !== undefined && <div>{target.name}</div>}
          <Id id={target.id} what="the id" />
        </Fact>
        <Fact label="Answer">
          <AuditState state={record.state} />
        </Fact>
        {tableau !== undefined && (
          <Fact label="Tableau says">
            {tableau.summary}: {tableau.detail} ({tableau.code})
          </Fact>
        )}
        <Fact label="What was seen">{record.evidence}</Fact>
        {record.knownAt !== undefined && <Fact label="Known since">{formatFull(Date.parse(record.knownAt), zone)}</Fact>}
        {record.bulkId !== undefined && (
          <Fact label="Run of many">
            <Link to={paths.run({ id: record.bulkId })}>See the run it belongs to</Link>
          </Fact>
        )}
        <Fact label="Request id">
          <Id id={record.requestId} what="the request id" />
        </Fact>
        <Fact label="Record">{record.seq}</Fact>
      </Facts>
      <BeforeAfter before={record.before} after={record.after} />
      {request !== undefined && (
        <section aria-label="What was sent">
          <h3 className={classes['small']}>What was sent</h3>
          <code className={classes['path']}>
            {request.method} {request.path}
          </code>
          {request.xml === undefined ? <p className={classes['dim']}>It had no body.</p> : <pre className={classes['xml']}>{request.xml}</pre>}
        </section>
      )}
    </>
  )
}

interface AuditDrawerProps {
  seq: number
  /** As its row has it, where that is in sight. */
  row: AuditRecord | undefined
  zone: string
  onClose: () => void
}

/** One record in full: who sent what, what it was before and afterwards, and what is known of it. */
export const AuditDrawer = ({ seq, row, zone, onClose }: AuditDrawerProps) => {
  const live = useIsLive()
  const { data, error, isFetching, refetch } = useQuery({ ...auditRecord(seq), enabled: live && row === undefined })
  const record = row ?? data?.rows.find((found) => found.seq === seq)
  if (record !== undefined) {
    return (
      <Drawer label="Record" title={`${operationWords(record.operation)}: ${targetName(record)}`} onClose={onClose}>
        <Told record={record} zone={zone} />
      </Drawer>
    )
  }
  return (
    <Drawer label="Record" title={`Record ${seq}`} onClose={onClose}>
      {error !== null && !isSessionEnd(error) ? (
        <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <output>{data === undefined ? 'Reading it …' : 'There is no such record among those that you may see. The oldest are let go beyond about 50,000.'}</output>
      )}
    </Drawer>
  )
}
