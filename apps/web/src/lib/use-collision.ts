import { useEffect, useRef } from 'react'
import type { WriteState } from './writes.ts'

/** Looks at once at what is there now, each time an edit was refused because somebody else was there first. */
export const useCollision = (write: WriteState | undefined, look: () => Promise<void>): void => {
  const collided = write?.phase === 'not-done' && write.failure.code === 'changed_elsewhere' ? write.failure : undefined
  const looking = useRef(look)
  useEffect(() => {
    looking.current = look
  })
  useEffect(() => {
    if (collided !== undefined) void looking.current()
  }, [collided])
}
