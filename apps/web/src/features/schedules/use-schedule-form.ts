import type { Schedule } from '@refreshboard/api-types'
import { useForm } from '@mantine/form'
import { fromServerRecurrence } from '@refreshboard/recurrence'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Whose } from '../../components/elsewhere-note.tsx'
import { failureOf, type Failure } from '../../lib/api-error.ts'
import { useCollision } from '../../lib/use-collision.ts'
import type { WriteState } from '../../lib/writes.ts'
import { changedFields, emptyValues, fieldErrors, isField, readChanges, readCreate, rebased, recurrenceOf, valuesOf, withField, type ScheduleErrors, type ScheduleValues } from './schedule-values.ts'
import type { Elsewhere, Field } from './schedule-differences.ts'
import { scheduleOf } from './schedules.queries.ts'
import { timesFault } from './schedules-can.ts'

/** Tableau's code for a name that another schedule has. */
const nameTaken = '409021'

/** What the server says is wrong at which field. */
const refusedFields = (write: WriteState | undefined): ScheduleErrors => {
  if (write?.phase !== 'not-done') return {}
  const { failure, error } = write
  const named = fieldErrors(Object.entries(error?.problem?.fields ?? {}))
  return failure.tableau?.code === nameTaken ? { name: failure.tableau.detail, ...named } : named
}

/** What is typed, what it would change, and what is wrong with it. `opened`: the schedule as it was read for this form. */
export const useScheduleForm = (opened: Schedule | undefined, write: WriteState | undefined) => {
  const client = useQueryClient()
  const [base, setBase] = useState(opened)
  const [elsewhere, setElsewhere] = useState<Elsewhere>()
  const [look, setLook] = useState<{ pending: boolean; failure: Failure | undefined }>({ pending: false, failure: undefined })
  const [newTimes, setNewTimes] = useState(false)
  /** The values as they were when somebody last wanted to save them: from then on rules are told while typing. */
  const [submitted, setSubmitted] = useState<ScheduleValues>()
  const { values, setValues } = useForm<ScheduleValues>({ mode: 'controlled', initialValues: base === undefined ? emptyValues : valuesOf(base) })

  const fault = base === undefined ? undefined : timesFault(base)
  const untold = base !== undefined && base.recurrence === undefined
  const timesOpen = fault === undefined && (!untold || newTimes)
  const { frequency, start, end, every, weekDays, monthDay } = values
  // The same object while the same times are typed: what they mean is not worked out anew with every letter of the name.
  const typed = useMemo(() => {
    const recurrence = recurrenceOf({ frequency, start, end, every, weekDays, monthDay })
    return recurrence === undefined ? undefined : fromServerRecurrence(recurrence)
  }, [frequency, start, end, every, weekDays, monthDay])
  const read = base === undefined ? readCreate(values) : readChanges(base, values, timesOpen)
  const broken: ScheduleErrors = submitted !== undefined && 'errors' in read ? read.errors : {}
  // What the server refused at a field holds until that field is another.
  const refused = Object.fromEntries(Object.entries(refusedFields(write)).filter(([field]) => isField(field) && values[field] === submitted?.[field]))

  /** Reads the schedule again and lays what was typed on top of it. */
  const lookAgain = async () => {
    if (base === undefined) return
    setLook({ pending: true, failure: undefined })
    try {
      const { schedule } = await client.fetchQuery({ ...scheduleOf(base.id), staleTime: 0 })
      const kept = rebased(values, base, schedule, timesOpen)
      const touched = changedFields(base, values, timesOpen)
      setElsewhere({ before: opened ?? base, now: schedule, typed: kept, collides: changedFields(schedule, kept, touched.includes('recurrence')), taken: [] })
      setValues(kept)
      setBase(schedule)
      setLook({ pending: false, failure: undefined })
    } catch (error) {
      setLook({ pending: false, failure: failureOf(error) })
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
    times: { open: timesOpen, fault, untold },
    elsewhere,
    look,
    change: (patch: Partial<ScheduleValues>) => setValues({ ...values, ...patch }),
    /** Somebody wants to save. */
    submit: () => setSubmitted(values),
    /** It goes out: what was told about another's change is answered. */
    sent: () => setElsewhere(undefined),
    setNewTimes: () => setNewTimes(true),
    lookAgain,
    take,
  }
}
