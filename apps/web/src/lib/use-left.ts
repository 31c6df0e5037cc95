import { useEffect, useRef, type RefObject } from 'react'

/** True once what uses it is gone from the page, for what is still told then. */
export const useLeft = (): RefObject<boolean> => {
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
    }
  }, [])
  return left
}
