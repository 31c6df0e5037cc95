import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { saveFile } from '../../components/save-file.ts'
import { failureOf, isSessionEnd, type Failure } from '../../lib/api-error.ts'
import { formatCount } from '../../lib/count.ts'
import { auditCsv, jsonOf } from './audit-files.ts'
import { collectAudit } from './audit.queries.ts'
import type { AuditFilter } from './audit.search.ts'
import classes from './audit-page.module.css'

type Kind = 'CSV' | 'JSON'

/** How far one export is; what is said stays until the next. */
type State = { phase: 'reading'; kind: Kind; held: number; total: number | undefined } | { phase: 'saved'; kind: Kind; records: number } | { phase: 'stopped' } | { phase: 'failed'; kind: Kind; failure: Failure }

const kinds: readonly Kind[] = ['CSV', 'JSON']

const words = (state: State | undefined): string => {
  switch (state?.phase) {
    case 'reading':
      return state.total === undefined ? 'Reading …' : `Reading: ${formatCount(state.held)} of ${formatCount(state.total)}`
    case 'saved':
      return `Saved ${formatCount(state.records)} records as ${state.kind}.`
    case 'stopped':
      return 'Stopped; nothing was saved.'
    case 'failed':
    case undefined:
      break
  }
  return ''
}

/** Everything that matches as a file, read window by window. */
export const AuditExport = ({ filter }: { filter: AuditFilter }) => {
  const [state, setState] = useState<State>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const reading = state?.phase === 'reading'
  const save = async (kind: Kind) => {
    if (reading) return
    const { signal } = (running.current = new AbortController())
    setState({ phase: 'reading', kind, held: 0, total: undefined })
    try {
      const all = await collectAudit({ filter, signal, onProgress: (held, total) => setState({ phase: 'reading', kind, held, total }) })
      if (kind === 'CSV') saveFile('refreshboard-audit.csv', 'text/csv', auditCsv(all.rows))
      else saveFile('refreshboard-audit.json', 'application/json', jsonOf(all, filter))
      setState({ phase: 'saved', kind, records: all.rows.length })
    } catch (error) {
      if (signal.aborted || isSessionEnd(error)) setState({ phase: 'stopped' })
      else setState({ phase: 'failed', kind, failure: failureOf(error) })
    }
  }
  return (
    <div className={classes['export']}>
      <output className={classes['progress']}>{words(state)}</output>
      {reading ? (
        <Button size="compact-sm" variant="default" onClick={() => running.current?.abort()}>
          Stop
        </Button>
      ) : (
        kinds.map((kind) => (
          <Button key={kind} size="compact-sm" variant="default" onClick={() => void save(kind)}>
            Export {kind}
          </Button>
        ))
      )}
      {state?.phase === 'failed' && <FailureNotice failure={state.failure} onRetry={() => void save(state.kind)} />}
    </div>
  )
}
