import type { Task } from '@refreshboard/api-types'
import { useForm } from '@mantine/form'
import { fromCloudRecurrence, type Recurrence } from '@refreshboard/recurrence'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Whose } from '../../components/elsewhere-note.tsx'
import { failureOf, type Failure } from '../../lib/api-error.ts'
import { useCollision } from '../../lib/use-collision.ts'
import type { WriteState } from '../../lib/writes.ts'
import type { ContentRef } from './add-task.search.ts'
import { changedFields, emptyValues, fieldErrors, readChanges, readCreate, rebased, recurrenceOf, valuesOf, withField, writableTimes, type TaskErrors, type TaskValues } from './task-values.ts'
import type { Elsewhere, Field } from './task-differences.ts'
import { allTasks } from './tasks.queries.ts'

/** What the server says is wrong at which field. */
const refusedFields = (write: WriteState | undefined): TaskErrors => (write?.phase === 'not-done' ? fieldErrors(Object.entries(write.error?.problem?.fields ?? {})) : {})

interface Submitted {
  values: TaskValues
  content: ContentRef | undefined
}

/** Whether what was refused at a field is still what stands there; of the times, whichever is meant, any other one changes it. */
const stillSo = (field: string, now: Submitted, then: Submitted): boolean => {
  if (field === 'content') return now.content?.id === then.content?.id
  if (field === 'refreshType') return now.values.refreshType === then.values.refreshType
  return JSON.stringify({ ...now.values, refreshType: '' }) === JSON.stringify({ ...then.values, refreshType: '' })
}

/** What is typed, what it would change, and what is wrong with it. `opened`: the task as it was read for this form. */
export const useTaskForm = (opened: Task | undefined, content: ContentRef | undefined, write: WriteState | undefined) => {
  const client = useQueryClient()
  const [base, setBase] = useState(opened)
  const [elsewhere, setElsewhere] = useState<Elsewhere>()
  const [look, setLook] = useState<{ pending: boolean; gone: boolean; failure: Failure | undefined }>({ pending: false, gone: false, failure: undefined })
  const [newTimes, setNewTimes] = useState(false)
  /** What stood here when somebody last wanted to save it: from then on rules are told while typing. */
  const [submitted, setSubmitted] = useState<Submitted>()
  const { values, setValues } = useForm<TaskValues>({ mode: 'controlled', initialValues: base === undefined ? emptyValues : valuesOf(base) })

  const times = base === undefined ? undefined : writableTimes(base)
  const fault = times?.writable === false ? times.reason : undefined
  const timesOpen = fault === undefined || newTimes
  const { refreshType: _refreshType, ...typedTimes } = values
  const timesKey = JSON.stringify(typedTimes)
  // The same object while the same times are typed: what they mean is not worked out anew with every other field.
  const typed = useMemo((): Recurrence | undefined => {
    const recurrence = recurrenceOf(typedTimes)
    return recurrence === undefined ? undefined : fromCloudRecurrence(recurrence)
    // oxlint-disable-next-line react/exhaustive-deps -- the key is all of them
  }, [timesKey])
  const read = base === undefined ? readCreate(values, content) : readChanges(base, values, timesOpen)
  const broken: TaskErrors = submitted !== undefined && 'errors' in read ? read.errors : {}
  // What the server refused at a field holds until that field is another.
  const refused = submitted === undefined ? {} : Object.fromEntries(Object.entries(refusedFields(write)).filter(([field]) => stillSo(field, { values, content }, submitted)))

  /** Reads the task again and lays what was typed on top of it. */
  const lookAgain = async () => {
    if (base === undefined) return
    setLook({ pending: true, gone: false, failure: undefined })
    try {
      const { tasks } = await client.fetchQuery({ ...allTasks(), staleTime: 0 })
      const now = tasks.find(({ id }) => id === base.id)
      if (now !== undefined) {
        const kept = rebased(values, base, now, timesOpen)
        const times = changedFields(base, values, timesOpen).includes('recurrence')
        setElsewhere({ before: opened ?? base, now, typed: kept, collides: changedFields(now, kept, times), taken: [] })
        setValues(kept)
        // Times that were typed stay in sight, also where those that are there now cannot be written back.
        if (times) setNewTimes(true)
        setBase(now)
      }
      setLook({ pending: false, gone: now === undefined, failure: undefined })
    } catch (error) {
      setLook({ pending: false, gone: false, failure: failureOf(error) })
    }
  }

  // What was typed is laid on top of what is there now.
  useCollision(write, lookAgain)

  /** Whose value of a field shall hold. */
  const take = (field: Field, whose: Whose) => {
    if (elsewhere === undefined) return
    const { now, typed: mine, taken } = elsewhere
    setValues(withField(values, field, whose === 'mine' ? mine : valuesOf(now)))
    setElsewhere({ ...elsewhere, taken: whose === 'mine' ? taken.filter((other) => other !== field) : [...taken, field] })
    if (field === 'recurrence') setNewTimes(whose === 'mine')
  }

  return {
    /** What an edit is compared with. */
    base,
    values,
    /** What the typed times mean; `undefined` while they are not complete. */
    typed,
    errors: { ...refused, ...broken },
    read,
    dirty: base === undefined ? JSON.stringify(values) !== JSON.stringify(emptyValues) : changedFields(base, values, timesOpen).length > 0,
    times: { open: timesOpen, fault },
    elsewhere,
    look,
    change: (patch: Partial<TaskValues>) => setValues({ ...values, ...patch }),
    /** Somebody wants to save. */
    submit: () => setSubmitted({ values, content }),
    /** It goes out: what was told about another's change is answered. */
    sent: () => setElsewhere(undefined),
    setNewTimes: () => setNewTimes(true),
    lookAgain,
    take,
  }
}
