import { contentKinds, createScheduleSchema, luidSchema, recurrenceSchema, scheduleChangesSchema, updateScheduleSchema, type BulkItem, type BulkStep, type Content, type Schedule } from '@refreshboard/api-types'
import { z } from 'zod'

/** A workbook or a data source of the site, with its project from the top (“Finance/EMEA”) where that is known. */
export interface NamedContent {
  readonly kind: Content['kind']
  readonly id: string
  readonly name: string
  readonly project?: string
}

/** An extract refresh task of the site on a schedule. */
export interface CurrentTask {
  readonly id: string
  readonly scheduleId: string
  readonly kind: Content['kind']
  readonly contentId: string
  /** Absent where Tableau does not tell it. */
  readonly refresh?: 'full' | 'incremental'
  /** Its own, or its schedule's. */
  readonly priority?: number
}

/** What there is at Tableau, as far as one person sees it. */
export interface Current {
  /** Tableau's clock when it was read, in milliseconds since 1970. */
  readonly now: number
  readonly schedules: readonly Schedule[]
  /** False on a server before API 3.8, which tells neither times nor order. */
  readonly timesAreTold: boolean
  readonly tasks: readonly CurrentTask[]
  readonly contents: readonly NamedContent[]
  /** Why this server has no schedules for data acceleration; absent when it has. */
  readonly noDataAcceleration?: string
  /** Why nothing can be added to a schedule of this server, in a sentence; absent when it can. */
  readonly noAdds?: string
  /** Why no task can be deleted on this server, in a sentence; absent when one can. */
  readonly noTaskDeletes?: string
}

/**
 * A schedule that is deleted, as the plan saw it: a change in the meantime makes another plan of it. Of when it was changed
 * nothing is said, since Tableau moves that by itself.
 */
const seenSchedule = z.object({
  state: z.string(),
  priority: z.number().optional(),
  executionOrder: z.string().optional(),
  frequency: z.string(),
  recurrence: recurrenceSchema.optional(),
  endScheduleAt: z.string().optional(),
  /** Of the tasks of this site on it, in one order. */
  taskIds: z.array(z.string()),
})

/** What a step needs to be carried out, as JSON. */
export const stepInputSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('createSchedule'), schedule: createScheduleSchema, suspended: z.boolean() }),
  z.object({ do: z.literal('changeSchedule'), id: luidSchema, changes: scheduleChangesSchema, seen: updateScheduleSchema.shape.seen }),
  /** `madeBy`: the number of the step that makes the schedule. */
  z.object({ do: z.literal('addContent'), schedule: z.union([z.object({ id: luidSchema }), z.object({ madeBy: z.int() })]), kind: z.enum(contentKinds), contentId: luidSchema }),
  z.object({ do: z.literal('deleteTask'), id: luidSchema }),
  /** `seen` is absent in a run that was planned before there was one. */
  z.object({ do: z.literal('deleteSchedule'), id: luidSchema, seen: seenSchedule.optional() }),
  z.object({ do: z.literal('nothing') }),
])
type StepInput = z.input<typeof stepInputSchema>

/** One thing that applying a text does, or does not do for a `reason`. */
export interface Step extends Pick<BulkItem, 'id' | 'name' | 'about' | 'will' | 'changes' | 'reason'> {
  readonly step: BulkStep
  readonly input: StepInput
}

/** A step that does nothing, and why. */
export const idle = (step: 'unchanged' | 'cannot', { id, name, about }: { id: string; name: string; about?: string | undefined }, reason: string): Step => ({
  id,
  name,
  ...(about === undefined ? {} : { about }),
  step,
  will: step === 'unchanged' ? 'Stays as it is' : 'Is left as it is',
  reason,
  input: { do: 'nothing' },
})
