import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { readSchedules } from '@refreshboard/schedules-as-code'
import { ProblemError } from '../../http/problem-error.ts'
import { createLocks } from '../../writes/locks.ts'

type Reading = ReturnType<typeof readSchedules>

/** Reads a text of schedules: all of it, or everything that is wrong with it. Rejects with a ProblemError where it cannot be read at all. */
export type ReadText = (yaml: string) => Promise<Reading>

/** In this thread, which answers nobody meanwhile: a second or two for the longest text. */
export const readHere: ReadText = (yaml) => Promise.resolve(readSchedules(yaml))

interface Bounds {
  readonly deadlineMs: number
  readonly megabytes: number
  /** So many texts wait for their turn; each is read by itself. */
  readonly mostWaiting: number
}

const usualBounds: Bounds = { deadlineMs: 20_000, megabytes: 512, mostWaiting: 8 }

/** How a text that is too much is given. A part with pruning would delete all that is in the other parts. */
export const inParts = (verb: 'Apply' | 'Give'): string => `${verb} it in parts, each with fewer schedules, and without deleting what it does not name (without --prune).`

const tooMuch = (what: string, cause?: unknown): ProblemError => {
  const detail = `The text takes more ${what} to read than it is given. ${inParts('Give')}`
  return new ProblemError('validation', detail, { fields: { yaml: detail } }, { cause })
}

const readOnce = (file: string, yaml: string, { deadlineMs, megabytes }: Bounds): Promise<Reading> =>
  new Promise((resolve, reject) => {
    // It is given the text and nothing of this process's environment.
    const worker = new Worker(file, { workerData: yaml, env: {}, resourceLimits: { maxOldGenerationSizeMb: megabytes } })
    worker.unref()
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      settle()
      void worker.terminate()
    }
    const timer = setTimeout(() => end(() => reject(tooMuch('time'))), deadlineMs)
    worker.once('message', (reading: Reading) => end(() => resolve(reading)))
    worker.once('error', (error: Error & { code?: string }) => end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch('memory', error) : error)))
    worker.once('exit', () => end(() => reject(new Error('the reader of texts ended without an answer'))))
  })

/** In a thread of its own, one text at a time. `file`: text-reader.ts, bundled. */
export const readInWorker = (file: string, given: Partial<Bounds> = {}): ReadText => {
  const bounds = { ...usualBounds, ...given }
  let waiting = 0
  const turns = createLocks()
  return async (yaml) => {
    if (waiting > bounds.mostWaiting) throw new ProblemError('overloaded', 'Other texts of schedules are being read. Nothing was planned; try again in a moment.')
    waiting += 1
    try {
      return await turns.run(file, () => readOnce(file, yaml, bounds))
    } finally {
      waiting -= 1
    }
  }
}

/** For the program that is run from `file`: what is bundled has the thread beside it; what runs from its sources, watched, has none. */
export const readerFor = (file: string): ReadText => (path.extname(file) === '.js' ? readInWorker(path.join(path.dirname(file), 'text-reader.js')) : readHere)

/** The last text is not read again: a plan asks for the same twice and its start once more. */
export const rememberingLast = (read: ReadText): ReadText => {
  let last: { readonly yaml: string; readonly reading: Promise<Reading> } | undefined
  return (yaml) => {
    if (last?.yaml === yaml) return last.reading
    const mine = { yaml, reading: read(yaml) }
    last = mine
    mine.reading.catch(() => {
      if (last === mine) last = undefined
    })
    return mine.reading
  }
}
