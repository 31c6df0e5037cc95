import { executionOrders, scheduleStates, scheduleTypes, type Schedule, type Session } from '@refreshboard/api-types'
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Choice, type FieldsProps } from '../../components/form-fields.tsx'
import { useSession } from '../../lib/session-store.ts'
import type { ScheduleValues } from './schedule-values.ts'
import { orderInWords, typeInWords } from './schedule-words.ts'
import classes from '../../components/form.module.css'

/** Data acceleration is not everywhere. */
const typesOf = ({ can }: Pick<Session, 'can'>) =>
  scheduleTypes.filter((type) => type !== 'DataAcceleration' || can.dataAcceleration.allowed).map((value) => ({ value, label: typeInWords(value) }))
const states = scheduleStates.map((value) => ({ value, label: value }))
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const orders = executionOrders.map((value) => ({ value, label: capital(orderInWords(value)) }))

interface ScheduleFieldsProps extends FieldsProps<ScheduleValues> {
  /** The schedule that is changed; absent for a new one. */
  base: Schedule | undefined
  /** The fields of its times, or why they are not there. */
  children: ReactNode
}

const ofType: Readonly<Record<string, string>> = {
  Extract: 'Refreshes extracts of workbooks and data sources.',
  Subscription: 'Sends subscriptions.',
  Flow: 'Runs flows.',
  DataAcceleration: 'Accelerates workbooks.',
}

/** Every field of a schedule, in the order in which one thinks of them. */
export const ScheduleFields = ({ values, errors, disabled, onChange, base, children }: ScheduleFieldsProps) => {
  const session = useSession()
  return (
    <>
      <TextInput
        label="Name"
        name="name"
        maxLength={300}
        autoComplete="off"
        value={values.name}
        error={errors.name}
        disabled={disabled}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {base === undefined ? (
        <Choice name="type" legend="Type" value={values.type} choices={typesOf(session)} error={errors.type} hint={ofType[values.type]} disabled={disabled} onChange={(type) => onChange({ type })} />
      ) : (
        <div>
          <div className={classes['legend']}>Type</div>
          <div className={classes['fixed']}>
            <strong>{typeInWords(base.type)}</strong>. Tableau cannot change the type of a schedule: make another one, and move its content.
          </div>
        </div>
      )}
      {children}
      {base !== undefined && (
        <Choice name="state" legend="State" value={values.state} choices={states} error={errors.state} hint="A suspended schedule keeps its tasks and runs none of them." disabled={disabled} onChange={(state) => onChange({ state })} />
      )}
      <TextInput
        label="Priority"
        name="priority"
        inputMode="numeric"
        description="1 to 100; 1 runs first"
        value={values.priority}
        error={errors.priority}
        disabled={disabled}
        onChange={(event) => onChange({ priority: event.currentTarget.value })}
      />
      <Choice
        name="executionOrder"
        legend="Its tasks run"
        value={values.executionOrder}
        choices={orders}
        error={errors.executionOrder}
        hint={values.executionOrder === '' ? 'Tableau does not tell in which order they run at present.' : undefined}
        disabled={disabled}
        onChange={(executionOrder) => onChange({ executionOrder })}
      />
    </>
  )
}
