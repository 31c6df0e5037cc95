import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { toast } from '../../components/toasts.tsx'
import { dismissWrite, type WriteState } from '../../lib/writes.ts'

interface Added {
  target: string
  write: WriteState | undefined
  scheduleId: string | undefined
  what: string
  where: string | undefined
}

/** Once it was added: says so, with what Tableau warns of, and goes to the schedule. */
export const useAdded = ({ target, write, scheduleId, what, where }: Added): void => {
  const navigate = useNavigate()
  useEffect(() => {
    if (write?.phase !== 'done' || scheduleId === undefined) return
    const warnings = write.result?.warnings ?? []
    toast('Added to the schedule', [`“${what}” is refreshed by ${where === undefined ? 'the schedule' : `“${where}”`} from now on.`, ...warnings.map((warning) => `Tableau warns: ${warning}`)].join(' '))
    // The same can be added again, which then is another intention.
    dismissWrite(target)
    void navigate(paths.schedule({ id: scheduleId }))
    // Once, when it is done.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [write])
}
