import type { JobContent, JobSpec } from '../jobs.ts'
import type { Random } from '../random.ts'
import { failureCauses } from './failures.ts'
import type { FailureCause } from './failures.ts'

/** Something that makes jobs again and again. */
export interface PlanItem {
  readonly jobType: string
  readonly everyMs: number
  /** Its first firing after midnight UTC. */
  readonly phaseMs: number
  readonly priority: number
  readonly seconds: readonly [number, number]
  readonly title?: string
  readonly subtitle?: string
  readonly content?: JobContent
  readonly args?: string
  /** 0 to 1. */
  readonly failureRate: number
  readonly causes: readonly [FailureCause, ...FailureCause[]]
}

const { login, timeout, disk, missingColumn, memory, tls } = failureCauses
export const refreshCauses: readonly [FailureCause, ...FailureCause[]] = [login, missingColumn, disk, memory, tls]
/** Two hours is too long for a job that somebody watches, so a timeout happens in the past alone. */
const pastRefreshCauses: readonly [FailureCause, ...FailureCause[]] = [...refreshCauses, timeout]

/** The firings of an item in (from, to], oldest first. */
export const firingsBetween = (item: PlanItem, from: number, to: number): number[] => {
  const firings: number[] = []
  for (let at = nextFiring(item, from); at <= to; at += item.everyMs) firings.push(at)
  return firings
}

/** The first firing after that instant. */
export const nextFiring = (item: PlanItem, after: number): number =>
  (Math.floor((after - item.phaseMs) / item.everyMs) + 1) * item.everyMs + item.phaseMs

type Drawn = JobSpec & { readonly runsForMs: number }

// One literal, no spreading: a scenario draws tens of thousands of these.
const draw = (item: PlanItem, random: Random, over: Pick<JobSpec, 'status' | 'startedAt' | 'endedAt' | 'outcome' | 'notes'> & { readonly createdAt: number }, runsForMs: number): Drawn => ({
  jobType: item.jobType,
  title: item.title,
  subtitle: item.subtitle,
  content: item.content,
  args: item.args,
  priority: item.priority,
  runsForMs,
  runningFinishCode: random.chance(0.4),
  contentFirst: random.chance(0.5),
  status: over.status ?? 'Pending',
  outcome: over.outcome ?? 'Success',
  createdAt: over.createdAt,
  startedAt: over.startedAt,
  endedAt: over.endedAt,
  notes: over.notes,
})

const drawRunTime = (item: PlanItem, random: Random): number => random.between(item.seconds[0] * 1000, item.seconds[1] * 1000)

// One formatter for all: making one costs more than a whole job.
const grouped = new Intl.NumberFormat('en-US')

const failureNotes = (item: PlanItem, random: Random, causes: PlanItem['causes']): string =>
  random.pick(causes)(random, item.content ?? { kind: 'workbook', id: '', name: item.title ?? item.jobType })

const successNotes = (item: PlanItem, random: Random): string | undefined => {
  if (item.content === undefined || item.content.kind === 'flow' || random.chance(0.3)) return undefined
  const rows = grouped.format(random.between(1_000, 9_000_000))
  return `Finished refresh of extracts (new extract id:{${random.luid().toUpperCase()}}) for ${item.content.name}\n${rows} rows, ${random.between(1, 900)} MB`
}

/** A job that is still to run. */
export const upcomingJob = (item: PlanItem, random: Random, createdAt: number): JobSpec => {
  const runsForMs = drawRunTime(item, random)
  return random.chance(item.failureRate)
    ? draw(item, random, { outcome: 'Failed', createdAt, notes: failureNotes(item, random, item.causes) }, runsForMs)
    : draw(item, random, { createdAt, notes: successNotes(item, random) }, runsForMs)
}

const timeLimitMs = 7_200_000

/** The same job, had it been created then and ended since. */
export const pastJob = (item: PlanItem, random: Random, createdAt: number): JobSpec & { readonly endedAt: number } => {
  const runsForMs = drawRunTime(item, random)
  const startedAt = createdAt + random.between(1, 18) * 1000
  const ended = (status: 'Success' | 'Failed' | 'Cancelled', afterMs: number, notes: string | undefined) => {
    const endedAt = startedAt + afterMs
    return Object.assign(draw(item, random, { status, createdAt, startedAt, endedAt, notes }, afterMs), { endedAt })
  }
  if (random.chance(0.008)) return ended('Cancelled', Math.ceil(runsForMs / 2), undefined)
  if (!random.chance(item.failureRate)) return ended('Success', runsForMs, successNotes(item, random))
  const notes = failureNotes(item, random, item.causes === refreshCauses ? pastRefreshCauses : item.causes)
  return ended('Failed', notes.includes('7200 seconds') ? timeLimitMs : runsForMs, notes)
}
