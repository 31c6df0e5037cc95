import type { AddToSchedule } from '@refreshboard/api-types'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { toast } from '../../components/toasts.tsx'
import { dismissWrite, type WriteState } from '../../lib/writes.ts'
import { addWords } from './add-task-words.ts'

interface Added {
  kind: AddToSchedule['kind']
  target: string
  write: WriteState | undefined
  scheduleId: string | undefined
  what: string
  where: string | undefined
}

/** Once it was added: says so, with what Tableau warns of, and goes to where it is shown. */
export const useAdded = ({ kind, target, write, scheduleId, what, where }: Added): void => {
  const navigate = useNavigate()
  useEffect(() => {
    if (write?.phase !== 'done' || scheduleId === undefined) return
    const warnings = write.result?.warnings ?? []
    const { title, text } = addWords[kind].done
    toast(title, [text(what, where === undefined ? 'the schedule' : `“${where}”`), ...warnings.map((warning) => `Tableau warns: ${warning}`)].join(' '))
    // The same can be added again, which then is another intention.
    dismissWrite(target)
    void navigate(kind === 'dataAcceleration' ? paths.dataAcceleration() : paths.schedule({ id: scheduleId }))
    // Once, when it is done.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [write])
}
