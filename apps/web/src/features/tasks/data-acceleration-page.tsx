import type { Task } from '@refreshboard/api-types'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { paths } from '../../app/paths.ts'
import { DataAge } from '../../components/data-age.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { GatedButton } from '../../components/gated-button.tsx'
import { whereAllowed } from '../../components/gated-page.tsx'
import { IconBolt, IconPlus } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'
import { ReadAgo } from '../../components/read-ago.tsx'
import { WriteNote } from '../../components/write-note.tsx'
import { SubPage } from '../../components/sub-page.tsx'
import { failureOf, failureOfProblem, isSessionEnd } from '../../lib/api-error.ts'
import { useOnline } from '../../lib/online.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { useTitle } from '../../lib/title.ts'
import { dismissWrite, useWriteState } from '../../lib/writes.ts'
import { useZone } from '../../lib/zone.ts'
import { accelerationTargetOf } from './acceleration-delete.ts'
import { DataAccelerationTable } from './data-acceleration-table.tsx'
import { allAccelerations } from './data-acceleration.queries.ts'
import classes from './data-acceleration.module.css'

const DeleteAccelerationDialog = lazy(async () => ({ default: (await import('./delete-acceleration-dialog.tsx')).DeleteAccelerationDialog }))

const title = 'Data acceleration'

const AddButton = () => (
  <div className={classes['primary']}>
    <GatedButton size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} to={paths.addTask({ kind: 'dataAcceleration' })}>
      Accelerate a workbook
    </GatedButton>
  </div>
)

const Accelerations = () => {
  useTitle(title)
  const live = useIsLive()
  const online = useOnline()
  const zone = useZone().name
  const { data, error, isFetching, refetch } = useQuery({ ...allAccelerations(), enabled: live })
  const [last, setLast] = useState<Task>()
  const [asking, setAsking] = useState(false)
  const deletion = useWriteState(accelerationTargetOf(last?.id ?? ''))
  const clock = data === undefined ? undefined : { base: Date.parse(data.age.tableauNow), receipt: data.receipt }
  const failure = error !== null && !isSessionEnd(error) ? failureOf(error) : data?.age.failure === undefined ? undefined : failureOfProblem(data.age.failure)
  const ask = (task: Task) => {
    // What became of an earlier one was read; a write that is still under way stays.
    dismissWrite(accelerationTargetOf(task.id))
    setLast(task)
    setAsking(true)
  }
  return (
    <SubPage
      title={title}
      count={data?.tasks.length}
      back={{ to: paths.tasks(), label: 'Tasks' }}
      busy={data === undefined && error === null}
      beside={
        <>
          <DataAge held={data} />
          <AddButton />
        </>
      }
    >
      <div className={classes['content']}>
        {!asking && <WriteNote state={deletion} what="the task was deleted" />}
        {failure !== undefined && online && (
          <FailureNotice failure={failure} onRetry={() => void refetch()} retrying={isFetching}>
            {data !== undefined && <ReadAgo held={data} />}
          </FailureNotice>
        )}
        {data === undefined ? (
          error === null && <div className={classes['bones']} aria-hidden />
        ) : data.tasks.length === 0 ? (
          <Message icon={IconBolt} title="No workbook is accelerated yet">
            A task appears here once a workbook is added to a schedule of the type Data acceleration.
          </Message>
        ) : (
          <DataAccelerationTable data={data} clock={clock} zone={zone} reason={online ? undefined : 'This computer is offline: nothing can be deleted now.'} onDelete={ask} />
        )}
      </div>
      {asking && last !== undefined && (
        <Suspense fallback={null}>
          <DeleteAccelerationDialog task={last} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </SubPage>
  )
}

/** What Tableau Server accelerates, from API 3.8 to 3.15. */
export const DataAccelerationPage = whereAllowed(
  { permissionOf: ({ dataAcceleration }) => dataAcceleration, title, words: 'Data acceleration is not there', icon: IconBolt, tasks: paths.tasks() },
  Accelerations,
)
