import { Button } from '@mantine/core'
import { AgeBadge } from '../../components/age-badge.tsx'
import { IconPlayerPause, IconPlayerPlay } from '../../components/icons.ts'
import { liveState, sinceReceipt, type LiveState } from '../../lib/live.ts'
import { useNow } from '../../lib/now.ts'
import { formatAge } from '../../lib/time.ts'
import type { HeldWindow } from './jobs.queries.ts'
import classes from './live-status.module.css'

const words: Record<LiveState, string> = { reading: 'reading', live: 'live', late: 'late', 'not-live': 'not live' }

const count = new Intl.NumberFormat('en-US')

/** `What you see was read 3 min ago.`, going on every second. */
export const ReadAgo = ({ data }: { data: HeldWindow }) => {
  useNow()
  return <>What you see was read {formatAge(data.age.ageMs + sinceReceipt(data.receipt))}.</>
}

interface LiveStatusProps {
  data: HeldWindow | undefined
  paused: boolean
  onPause: (paused: boolean) => void
}

/** How old the figures are, going on every second whatever happens to the network; both legs on hover and focus. */
export const LiveStatus = ({ data, paused, onPause }: LiveStatusProps) => {
  useNow()
  const [PauseIcon, pauseLabel] = paused ? ([IconPlayerPlay, 'Resume'] as const) : ([IconPlayerPause, 'Pause'] as const)
  const pause = (
    <Button variant="subtle" color="gray" size="compact-sm" aria-label={pauseLabel} leftSection={<PauseIcon size={14} aria-hidden />} onClick={() => onPause(!paused)}>
      <span className={classes['pause']}>{pauseLabel}</span>
    </Button>
  )
  if (data === undefined) return <div className={classes['live']}>{pause}</div>
  const { age } = data
  const received = sinceReceipt(data.receipt)
  const ageMs = age.ageMs + received
  const state = liveState({ ageMs, everyMs: age.everyMs, complete: age.complete })
  const progress = age.available === undefined ? count.format(age.read) : `${count.format(age.read)} of ${count.format(age.available)}`
  const text = state === 'reading' ? `read ${progress}` : `${paused && state === 'live' ? 'paused' : words[state]} · ${formatAge(ageMs)}`
  return (
    <div className={classes['live']}>
      <AgeBadge state={paused && state === 'live' ? 'paused' : state} text={text}>
        Refreshboard read Tableau {formatAge(ageMs)}.
        <br />
        This page heard from Refreshboard {formatAge(received)}.
        <br />
        It is read every {Math.round(age.everyMs / 1000)} s{paused ? ', but this page is paused' : ''}.
      </AgeBadge>
      {pause}
    </div>
  )
}
