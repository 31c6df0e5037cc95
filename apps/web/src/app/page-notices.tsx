import { getBuild } from '@refreshboard/api-types'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { IconRefresh, IconWifiOff } from '../components/icons.ts'
import { useOnline } from '../lib/online.ts'
import { readOf } from '../lib/query.ts'
import classes from './page-notices.module.css'

const everyFiveMinutes = 5 * 60_000

/** The build that this page was loaded with: the first one that the BFF names. */
const useNewVersion = (): boolean => {
  const { data } = useQuery({ ...readOf(getBuild, undefined), refetchInterval: everyFiveMinutes, staleTime: everyFiveMinutes })
  const [loadedWith, setLoadedWith] = useState<string>()
  if (loadedWith === undefined && data !== undefined) setLoadedWith(data.id)
  return data !== undefined && loadedWith !== undefined && data.id !== loadedWith
}

/** What concerns the whole page, along its lower edge: the network is away, or a newer version is there. */
export const PageNotices = () => {
  const online = useOnline()
  const newer = useNewVersion()
  return (
    <div aria-live="polite" className={classes['notices']}>
      {!online && (
        <div className={classes['offline']}>
          <IconWifiOff size={18} aria-hidden />
          <span>
            <strong>This computer is offline.</strong> What you see is the last that arrived. Changes are refused until the network is back.
          </span>
        </div>
      )}
      {online && newer && (
        <div className={classes['newer']}>
          <IconRefresh size={18} aria-hidden />
          <span>A new version of Refreshboard is there.</span>
          <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
            Load it
          </Button>
        </div>
      )}
    </div>
  )
}
