import { pauseBulk, resumeBulk, stopBulk, type BulkRun, type BulkRunState } from '@refreshboard/api-types'
import { Button, Loader } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { progressOf, stands } from '../../components/bulk/bulk-words.ts'
import dialog from '../../components/dialog-buttons.module.css'
import { Dialog } from '../../components/dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconBan, IconPlayerPause, IconPlayerPlay } from '../../components/icons.ts'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { call } from '../../lib/api.ts'
import { plural } from '../../lib/count.ts'
import { useIsLive } from '../../lib/session-store.ts'
import classes from './run.module.css'

const endpoints = { pause: pauseBulk, resume: resumeBulk, stop: stopBulk } as const
type Order = keyof typeof endpoints

const canPause: readonly BulkRunState[] = ['running', 'waiting']
const canStop = (state: BulkRunState): boolean => canPause.includes(state) || stands(state) || state === 'pausing'

/** One button, so that who pressed it by keyboard still has it under their fingers: it stays in its place, and is never disabled. */
const PauseOrGoOn = ({ state, busy, onOrder }: { state: BulkRunState; busy: boolean; onOrder: (order: Order) => void }) => {
  const order = stands(state) ? 'resume' : 'pause'
  const off = busy || state === 'pausing'
  const Icon = order === 'pause' ? IconPlayerPause : IconPlayerPlay
  return (
    <Button
      size="compact-sm"
      {...(order === 'pause' ? { variant: 'default' } : {})}
      leftSection={busy ? <Loader size={14} aria-hidden color="currentColor" /> : <Icon size={14} aria-hidden />}
      aria-disabled={off || undefined}
      {...(off ? { 'data-disabled': true } : {})}
      onKeyDown={(event) => {
        // A held key is one press: the button means the opposite once the first was answered.
        if (event.repeat) event.preventDefault()
      }}
      onClick={(event) => {
        if (event.detail <= 1 && !off) onOrder(order)
      }}
    >
      {state === 'pausing' ? 'Pausing …' : order === 'pause' ? 'Pause' : 'Go on'}
    </Button>
  )
}

/** The buttons go when the run is over; the focus would fall to nothing with the one that has it. */
const useFocusAfter = (shown: boolean): void => {
  const before = useRef(shown)
  useEffect(() => {
    if (before.current && !shown && document.activeElement === document.body) document.querySelector<HTMLElement>('#main')?.focus()
    before.current = shown
  }, [shown])
}

const StopDialog = ({ run, busy, onStop, onClose }: { run: BulkRun; busy: boolean; onStop: () => void; onClose: () => void }) => {
  const { known, total } = progressOf(run)
  return (
    <Dialog title={`Stop “${run.title}” for good?`} onClose={onClose} active={useIsLive()}>
      <p>What is under way is finished first. {plural(total - known, 'item')} may be left as they are; what was done stays done. A run that was stopped cannot go on.</p>
      <div className={dialog['buttons']}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Let it be
        </Button>
        <Button color="red" loading={busy} onClick={onStop}>
          Stop for good
        </Button>
      </div>
    </Dialog>
  )
}

/** Pause, go on, stop. Each can be asked for twice and is done once. */
export const RunActions = ({ run }: { run: BulkRun }) => {
  const [stopping, setStopping] = useState(false)
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: async (order: Order) => await call(endpoints[order], { params: { id: run.id } }),
    meta: { invalidates: ['bulk'] },
    onSettled: () => setStopping(false),
  })
  useFocusAfter(canStop(run.state))
  const busy = (order: Order): boolean => isPending && variables === order
  const failure = error === null || isSessionEnd(error) ? undefined : failureOf(error)
  return (
    <>
      <div className={classes['orders']}>
        {canStop(run.state) && <PauseOrGoOn state={run.state} busy={busy('pause') || busy('resume')} onOrder={mutate} />}
        {canStop(run.state) && (
          <Button size="compact-sm" variant="default" leftSection={<IconBan size={14} aria-hidden />} onClick={() => setStopping(true)}>
            Stop …
          </Button>
        )}
      </div>
      {failure !== undefined && (
        <div className={classes['wide']}>
          <FailureNotice failure={failure} />
        </div>
      )}
      {stopping && canStop(run.state) && <StopDialog run={run} busy={busy('stop')} onStop={() => mutate('stop')} onClose={() => setStopping(false)} />}
    </>
  )
}
