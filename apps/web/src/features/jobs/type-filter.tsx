import type { JobsWindow } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { Dropdown } from '../../components/dropdown.tsx'
import { typeInWords } from '../../lib/job-words.ts'
import classes from './filters.module.css'

interface TypeFilterProps {
  chosen: readonly string[]
  types: JobsWindow['types']
  onChange: (types: string[]) => void
}

const count = new Intl.NumberFormat('en-US')

const summary = (chosen: readonly string[]): string => {
  const [only] = chosen
  if (only === undefined) return 'Type'
  return chosen.length === 1 ? typeInWords(only) : `${chosen.length} types`
}

/** Any of the chosen types; in words, Tableau's own name on hover. */
export const TypeFilter = ({ chosen, types, onChange }: TypeFilterProps) => {
  const absent = chosen.filter((type) => !types.some(({ jobType }) => jobType === type)).map((jobType) => ({ jobType, count: 0 }))
  return (
    <Dropdown kind="panel" look={chosen.length > 0 ? 'light' : 'default'} ariaLabel={`Type: ${chosen.length === 0 ? 'all' : summary(chosen)}`} label={summary(chosen)}>
      {() => (
        <div className={classes['body']}>
          {[...absent, ...types].map(({ jobType, count: jobs }) => (
            <label key={jobType} className={classes['type']} title={jobType}>
              <input
                type="checkbox"
                checked={chosen.includes(jobType)}
                onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, jobType] : chosen.filter((type) => type !== jobType))}
              />
              <span>{typeInWords(jobType)}</span>
              <span className={classes['dim']}>{count.format(jobs)}</span>
            </label>
          ))}
          {types.length === 0 && absent.length === 0 && <span className={classes['dim']}>No jobs, so no types.</span>}
          {chosen.length > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => onChange([])}>
              All types
            </Button>
          )}
        </div>
      )}
    </Dropdown>
  )
}
