import type { AuditRecord } from '@refreshboard/api-types'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { formatFull, formatInstant } from '../../lib/time.ts'
import { AuditState } from './audit-state.tsx'
import { operationWords } from './audit-words.ts'
import type { AuditSearch } from './audit.search.ts'
import classes from './audit-page.module.css'

interface AuditTableProps {
  rows: readonly AuditRecord[]
  search: AuditSearch
  zone: string
  /** Other records are being read; these are still those of before. */
  dim: boolean
  /** When they were read, milliseconds since 1970: times of that day are told without their date. */
  now: number
}

/** What a target is called, or at least its id. */
export const targetName = ({ target }: Pick<AuditRecord, 'target'>): string => target.name ?? target.id

/** What Tableau said, the code first, or what else is known of the write. */
const answer = ({ tableau, evidence }: AuditRecord): string => (tableau === undefined ? evidence : `${tableau.code} ${tableau.summary}: ${tableau.detail}`)

/** One window of the records, newest first; the link of a row opens it. */
export const AuditTable = ({ rows, search, zone, dim, now }: AuditTableProps) => {
  return (
    <table className={classes['table']} aria-label="Audit" data-dim={dim || undefined}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">To</th>
          <th scope="col">Answer</th>
          <th scope="col" className={classes['wideOnly']}>
            What was seen
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((record) => (
          <tr key={record.seq} data-open={record.seq === search.record || undefined}>
            <td className={classes['when']}>
              <time dateTime={record.at} title={formatFull(Date.parse(record.at), zone)}>
                {formatInstant(Date.parse(record.at), zone, now)}
              </time>
            </td>
            <td>{record.who.name}</td>
            <td>
              <Link to={paths.audit({ ...search, record: record.seq })} preventScrollReset data-record={record.seq} aria-label={`${operationWords(record.operation)}: ${targetName(record)}, record ${record.seq}`}>
                {operationWords(record.operation)}
              </Link>
            </td>
            <td className={classes['target']}>{targetName(record)}</td>
            <td>
              <AuditState state={record.state} />
            </td>
            <td className={classes['wideOnly']} data-said>
              {answer(record)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
