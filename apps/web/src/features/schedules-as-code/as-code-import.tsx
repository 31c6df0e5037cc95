import { maxSchedulesYaml, planSchedules, type BulkRun, type BulkRunWithItems, type OutputOf } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type ChangeEvent, type DragEvent } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { call } from '../../lib/api.ts'
import { formatCount, plural } from '../../lib/count.ts'
import { useOnline } from '../../lib/online.ts'
import { useSession } from '../../lib/session-store.ts'
import { AsCodeApply } from './as-code-apply.tsx'
import { AsCodeFindings } from './as-code-findings.tsx'
import { showLine } from './as-code-lines.ts'
import { AsCodePlan } from './as-code-plan.tsx'
import classes from './as-code.module.css'

interface Wanted {
  yaml: string
  prune: boolean
}

/** What was planned, and of which text. */
interface Planned extends OutputOf<typeof planSchedules> {
  wanted: Wanted
  changes?: string[]
}

interface AsCodeImportProps {
  yaml: string
  onYaml: (yaml: string) => void
  onStarted: (run: BulkRun) => void
}

/** Reads a file as UTF-8, or says why it cannot be one of these. */
const textOf = async (file: File): Promise<{ text: string } | { why: string }> => {
  if (file.size > 4 * maxSchedulesYaml) return { why: `“${file.name}” is larger than ${formatCount(maxSchedulesYaml)} characters.` }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) }
  } catch {
    return { why: `“${file.name}” cannot be read as text (UTF-8).` }
  }
}

/** A text of schedules: what is wrong with it, what applying it would do, and the button that does it. Nothing typed is lost. */
export const AsCodeImport = ({ yaml, onYaml, onStarted }: AsCodeImportProps) => {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const online = useOnline()
  const { writeSchedules } = useSession().can
  const [prune, setPrune] = useState(false)
  const [planned, setPlanned] = useState<Planned>()
  const [said, setSaid] = useState<string>()
  const [replaced, setReplaced] = useState<string>()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (wanted: Wanted): Promise<Planned> => ({ ...(await call(planSchedules, { body: wanted })), wanted }),
    meta: { invalidates: [] },
    onSuccess: setPlanned,
  })
  const latest = useRef(yaml)
  useEffect(() => {
    latest.current = yaml
  })
  const failure = error === null || isSessionEnd(error) ? undefined : failureOf(error)
  const same = planned !== undefined && planned.wanted.yaml === yaml && planned.wanted.prune === prune
  const run = planned?.run

  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    const read = await textOf(chosen)
    if ('why' in read) return setSaid(read.why)
    // What is there once the file was read; the same text again takes nothing away.
    const here = latest.current
    if (here !== '' && here !== read.text) setReplaced(here)
    setSaid(`The text of “${chosen.name}” is here.`)
    return onYaml(read.text)
  }
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    void take(event.dataTransfer.files[0])
  }
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    void take(event.currentTarget.files?.[0])
    // The same file can be chosen again after it was changed.
    event.currentTarget.value = ''
  }
  const show = (line: number) => {
    if (field.current !== null) showLine(field.current, line)
  }
  const tooLong = yaml.length > maxSchedulesYaml ? `At most ${formatCount(maxSchedulesYaml)} characters; it has ${formatCount(yaml.length)}.` : undefined
  return (
    <section className={classes['part']} aria-labelledby="as-code-import">
      <h2 id="as-code-import" className={classes['heading']}>
        Import
      </h2>
      <label htmlFor={id} className={classes['dim']}>
        Type or paste a text of schedules, drop a file on it, or choose one. Planning sends nothing to Tableau.
      </label>
      <textarea
        ref={field}
        id={id}
        className={classes['text']}
        wrap="off"
        spellCheck={false}
        rows={16}
        value={yaml}
        aria-invalid={(planned !== undefined && planned.faults.length > 0) || undefined}
        onChange={(event) => onYaml(event.currentTarget.value)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      />
      <input ref={file} type="file" accept=".yaml,.yml,text/yaml,application/yaml,text/plain" hidden onChange={choose} data-file />
      {said !== undefined && (
        <output>
          {said}{' '}
          {replaced !== undefined && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                // The two change places: what was typed since is not lost either.
                setReplaced(yaml === '' ? undefined : yaml)
                onYaml(replaced)
                setSaid('What was here before is back.')
              }}
            >
              Put back what was here before
            </Button>
          )}
        </output>
      )}
      <label className={classes['check']}>
        <input type="checkbox" checked={prune} onChange={(event) => setPrune(event.currentTarget.checked)} />
        <span>
          Delete what the text does not name
          <span className={classes['hint']}>Schedules of the server, for all of its sites, and tasks of this site that are not in the text. Otherwise they are kept.</span>
        </span>
      </label>
      <div className={classes['row']}>
        <Button variant="default" onClick={() => file.current?.click()}>
          Choose a file …
        </Button>
        <Button loading={isPending} disabled={yaml.trim() === '' || tooLong !== undefined || !online} onClick={() => mutate({ yaml, prune })}>
          Plan
        </Button>
        {tooLong !== undefined && <span className={classes['fault']}>{tooLong}</span>}
      </div>
      {failure !== undefined && <FailureNotice failure={failure}>Your text is kept.</FailureNotice>}
      {planned !== undefined && (
        <div className={classes['outcome']} aria-live="polite">
          <AsCodeFindings title={`${plural(planned.faults.length, 'fault')}: nothing can be planned before ${planned.faults.length === 1 ? 'it is' : 'they are'} mended`} look="fault" findings={planned.faults} onShow={show} />
          <AsCodeFindings title={`${plural(planned.lint.length, 'doubt')}: it can be applied all the same`} look="lint" findings={planned.lint} onShow={show} />
        </div>
      )}
      {planned !== undefined && run !== undefined && (
        <div className={classes['outcome']} data-stale={!same || undefined}>
          <h3 className={classes['small']}>What applying it would do</h3>
          <AsCodePlan run={run} changes={planned.changes} />
          <AsCodeApply
            key={run.id}
            run={run}
            reason={writeSchedules.allowed ? (same ? undefined : 'The text has changed since it was planned: plan it again.') : writeSchedules.reason}
            onStarted={onStarted}
            onChanged={(next: BulkRunWithItems, changes) => setPlanned({ ...planned, run: next, changes })}
          />
        </div>
      )}
    </section>
  )
}
