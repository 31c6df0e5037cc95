import { auditStates } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import type { Ref } from 'react'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { TimeFilter } from '../../components/time-filter.tsx'
import { AuditExport } from './audit-export.tsx'
import { operationWords, stateWords } from './audit-words.ts'
import type { AuditFilter } from './audit.search.ts'
import classes from './audit-page.module.css'

interface AuditToolbarProps {
  searchRef: Ref<HTMLInputElement>
  filter: AuditFilter
  /** Those that there are records of. */
  operations: readonly string[]
  zone: { name: string; label: string }
  onFilter: (patch: Partial<AuditFilter>, replace?: boolean) => void
}

const states = auditStates.map((key) => ({ key, label: stateWords[key] }))

/** Who, what, when and with what answer; and everything that matches as a file. */
export const AuditToolbar = ({ searchRef, filter, operations, zone, onFilter }: AuditToolbarProps) => {
  // What is chosen keeps its words where there is no record of it any more.
  const choices = [...new Set([...operations, ...filter.operation])].map((key) => ({ key, label: operationWords(key) })).toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <section className={classes['bar']} aria-label="Filters">
      <ChoiceFilter label="What" many="kinds of change" chosen={filter.operation} choices={choices} onChange={(operation) => onFilter({ operation })} />
      <ChoiceFilter
        label="Answer"
        many="answers"
        chosen={filter.state}
        choices={states}
        onChange={(keys) => onFilter({ state: auditStates.filter((state) => keys.includes(state)) })}
      />
      <TimeFilter from={filter.from} to={filter.to} zone={zone} now={() => Date.now()} onChange={(range) => onFilter(range)} />
      {filter.bulk !== undefined && (
        <Button size="compact-sm" variant="light" onClick={() => onFilter({ bulk: undefined })} aria-label="Show all, not only those of one run of many">
          Of one run of many ✕
        </Button>
      )}
      <SearchField ref={searchRef} label="Search the audit" q={filter.q} onChange={(q) => onFilter({ q }, true)} />
      <AuditExport filter={filter} />
    </section>
  )
}
