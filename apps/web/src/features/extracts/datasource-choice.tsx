import { luidSchema, type Content, type listWorkbookDatasources, type OutputOf } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { datasourcesOf } from './extracts.queries.ts'
import classes from './create-extract.module.css'

/** All data sources of the workbook, or those of these ids. */
export type DatasourcesWanted = 'all' | readonly string[]

interface DatasourceChoiceProps {
  workbook: Pick<Content, 'id'>
  wanted: DatasourcesWanted
  onChange: (wanted: DatasourcesWanted) => void
}

type Datasource = OutputOf<typeof listWorkbookDatasources>['datasources'][number]

const nameOf = ({ name, id }: Datasource): string => name ?? `Data source ${id}`

const Option = ({ datasource, chosen, onChange }: { datasource: Datasource; chosen: boolean; onChange: (chosen: boolean) => void }) => {
  // Tableau's own ids of embedded data sources are LUIDs; its samples hold others, which it does not accept back.
  const sendable = luidSchema.safeParse(datasource.id).success
  return (
    <label className={classes['option']}>
      <input type="checkbox" checked={chosen} disabled={!sendable} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {nameOf(datasource)} <span className={classes['dim']}>{datasource.connectionTypes.join(', ')}</span>
        {!sendable && <span className={classes['dim']}> Tableau gave it an id that it does not accept back.</span>}
      </span>
    </label>
  )
}

/** All data sources of a workbook, or some: an extract is then for this workbook alone. */
export const DatasourceChoice = ({ workbook, wanted, onChange }: DatasourceChoiceProps) => {
  const live = useIsLive()
  const { data, error, isFetching, refetch } = useQuery({ ...datasourcesOf(workbook.id), enabled: live })
  const chosen = wanted === 'all' ? [] : wanted
  return (
    <fieldset className={classes['group']}>
      <legend>Of which data sources</legend>
      <label className={classes['option']}>
        <input type="radio" name="datasources" checked={wanted === 'all'} onChange={() => onChange('all')} />
        <span>All of the workbook{data === undefined ? '' : ` (${data.datasources.length})`}</span>
      </label>
      <label className={classes['option']}>
        <input type="radio" name="datasources" checked={wanted !== 'all'} onChange={() => onChange([])} />
        <span>Those chosen here</span>
      </label>
      {wanted !== 'all' && (
        <div className={classes['list']}>
          {data?.datasources.map((datasource) => (
            <Option
              key={datasource.id}
              datasource={datasource}
              chosen={chosen.includes(datasource.id)}
              onChange={(add) => onChange(add ? [...chosen, datasource.id] : chosen.filter((id) => id !== datasource.id))}
            />
          ))}
          <output className={classes['dim']}>{data === undefined ? (error === null ? 'Reading the data sources …' : '') : data.datasources.length === 0 ? 'Tableau tells no data source of this workbook.' : ''}</output>
          {error !== null && !isSessionEnd(error) && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} retrying={isFetching} />}
        </div>
      )}
    </fieldset>
  )
}
