import { useEffect, useState } from 'react'

/** A value once it has stood still for a moment: what is typed is asked for between the words, not between the letters. */
export const useSettled = <T>(value: T, settleMs = 250): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value, settleMs])
  return settled
}
