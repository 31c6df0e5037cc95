import { Button } from '@mantine/core'
import { useCallback, useRef } from 'react'
import { useBeforeUnload, useBlocker } from 'react-router'
import { Dialog } from './dialog.tsx'
import dialog from './dialog-buttons.module.css'

/**
 * Asks once before what was typed is left behind. `release` lets the next navigation pass: what was typed is saved. `underWay`: it was
 * sent, and may be saved by the time it is left.
 */
export const useLeaveGuard = (dirty: boolean, underWay = false) => {
  const released = useRef(false)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !released.current && currentLocation.pathname !== nextLocation.pathname)
  useBeforeUnload(
    useCallback(
      (event) => {
        if (dirty && !released.current) event.preventDefault()
      },
      [dirty],
    ),
  )
  return {
    release: () => {
      released.current = true
    },
    dialog:
      blocker.state === 'blocked' ? (
        <Dialog title={underWay ? 'Leave before it is saved?' : 'Leave without saving?'} onClose={blocker.reset}>
          <p>{underWay ? 'It was sent, and is saved unless Tableau refuses it. If it does, what you have typed here is gone.' : 'What you have typed here is not saved, and goes.'}</p>
          <div className={dialog['buttons']}>
            <Button variant="default" onClick={blocker.reset} data-autofocus>
              Stay
            </Button>
            <Button color="red" onClick={blocker.proceed}>
              Leave
            </Button>
          </div>
        </Dialog>
      ) : null,
  }
}
