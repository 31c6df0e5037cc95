import { createScheduleSchema, luidSchema, type CreateSchedule, type Schedule, type WriteResult } from '@refreshboard/api-types'
import { createServerSchedule } from '@refreshboard/tableau-client'
import { z } from 'zod'
import { ProblemError } from '../../http/problem-error.ts'
import type { ScheduleShelf } from '../../shelves/schedule-shelf.ts'
import type { Shelves } from '../../shelves/shelves.ts'
import { fromStoredText, type Intention, type IntentionRequest, type ReadBack, type Seen } from '../../writes/intention.ts'
import { unreadableRecord, type Resumable } from '../../writes/read-backs.ts'
import { againOf, unseenOf } from '../../writes/write-laws.ts'
import { missingOf, nameOf, wordsOf } from './schedule-values.ts'

const write = 'createSchedule'

/** Dates are printed in whole seconds, and the nodes of a server need not agree on them. */
const clockMarginMs = 5000

/** What of the server's schedules was seen before sending: who bore the name, and Tableau's clock. */
const beforeSchema = z.object({ sameName: z.array(z.string()), at: z.number() })

/** What bears the name now says whether a create whose reply was lost was applied: names are unique on a server (409021). */
const readBack =
  (shelf: ScheduleShelf, input: CreateSchedule): ReadBack =>
  async (tableau, remembered): Promise<Seen> => {
    const before = beforeSchema.safeParse(remembered).data
    const { rows } = await shelf.readRowsNow(tableau)
    const row = rows.find(({ name }) => name === input.name)
    if (row === undefined) {
      return { state: 'checking', evidence: `Tableau lists no schedule “${input.name}” yet; ${unseenOf(write)}` }
    }
    if (before?.sameName.includes(row.id) === true) {
      const evidence = `Another schedule already had the name “${input.name}”, so Tableau did not make a second one.`
      return { state: 'not_done', evidence, problem: new ProblemError('conflict', `${evidence} Choose another name.`, { fields: { name: 'is the name of another schedule' } }) }
    }
    const { schedule, timesAreTold } = await shelf.readOne(tableau, luidSchema.parse(row.id))
    const missing = missingOf(input, schedule, timesAreTold)
    const isNew = before !== undefined && schedule.createdAt !== undefined && Date.parse(schedule.createdAt) >= before.at - clockMarginMs
    if (isNew && missing.length === 0 && schedule.type === input.type) {
      shelf.made(schedule)
      return { state: 'done', evidence: `Tableau lists the schedule “${input.name}”, made at ${schedule.createdAt ?? ''} as it was sent.`, result: { scheduleId: schedule.id } }
    }
    const differences = missing.map((field) => `its ${nameOf(field)} is ${wordsOf(field, schedule)}`)
    const why = isNew && differences.length > 0 ? `, but ${differences.join(', ')}` : '; it cannot be told whether this is the one that was sent'
    return { state: 'unconfirmed', evidence: `Tableau lists a schedule “${input.name}”${why}. Look at it before sending again; ${againOf(write)}.` }
  }

const resultOf = (schedule: Schedule, warnings: string[]): WriteResult => ({ scheduleId: schedule.id, ...(warnings.length === 0 ? {} : { warnings }) })

/** Makes a schedule. Sent once; the list shows it at once, though Tableau's own runs behind. */
export const createIntention = (shelf: ScheduleShelf, input: CreateSchedule, request: IntentionRequest): Intention => ({
  ...request,
  write,
  target: input.name,
  input,
  send: async (tableau, remember) => {
    const { rows, date } = await shelf.readRowsNow(tableau)
    await remember({ sameName: rows.filter(({ name }) => name === input.name).map(({ id }) => id), at: date })
    const { value, warnings } = await tableau.call(createServerSchedule, input)
    shelf.made(value)
    const state = value.state === 'Active' ? '' : ` It is ${value.state}.`
    return { evidence: `Tableau has made the schedule.${state}`, result: resultOf(value, warnings) }
  },
  readBack: readBack(shelf, input),
})

export const createResumable = (shelves: Shelves): Resumable => ({
  write,
  readBack: (principal, record) => {
    const input = createScheduleSchema.safeParse(fromStoredText(record.input)).data
    return input === undefined ? unreadableRecord : readBack(shelves.of(principal).schedules, input)
  },
})
