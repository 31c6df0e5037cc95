import type { Clock } from '../../clock.ts'
import type { ContentDirectory, DirectoryView } from '../../directory/content-directory.ts'
import { longestMs, notYet } from './not-yet.ts'

/** The names that one person sees, as one session reads them. */
export interface NamesReader {
  readonly directory: Pick<ContentDirectory, 'expire'>
  readonly read: (wanted: { freshMs: number }) => Promise<DirectoryView>
}

const pollMs = 200

/** Names that were read longer ago are read again. */
const namesFreshMs = 30_000
const namesOldestMs = 120_000

/** Reads until all names are there and good; `overloaded` when that takes longer than a request that came at `askedAt` waits. */
const readUntil = async (clock: Clock, { read }: NamesReader, askedAt: number, isGood: (view: DirectoryView) => boolean): Promise<DirectoryView> => {
  const until = askedAt + longestMs
  for (;;) {
    const view = await read({ freshMs: namesFreshMs })
    if (view.failure !== undefined) throw view.failure
    if (view.complete && isGood(view)) return view
    if (clock.monotonic() >= until) throw notYet(clock, 'The names of the workbooks and data sources are still being read.')
    await clock.delay(pollMs)
  }
}

/** All names, as they were two minutes ago at the most; `askedAt` by the monotonic clock. */
export const wholeDirectory = (clock: Clock, reader: NamesReader, askedAt: number): Promise<DirectoryView> => readUntil(clock, reader, askedAt, ({ ageMs }) => ageMs <= namesOldestMs)

/** Who was told to ask again is still asking the same, so long. */
const sameQuestionMs = 5 * 60_000

interface Wanted {
  readonly since: number
  readonly askedAt: number
}

/** Names that a request could not wait for: a slow Tableau is read in peace, and who goes on asking gets what was read since the first. */
const wanted = new WeakMap<NamesReader['directory'], Wanted>()

/** Somebody asks, or asks again. Call it before anything else is waited for, which may fail as well. */
export const askAgain = ({ directory }: NamesReader, askedAt: number): void => {
  const before = wanted.get(directory)
  if (before === undefined) return
  if (askedAt - before.askedAt > sameQuestionMs) wanted.delete(directory)
  else wanted.set(directory, { ...before, askedAt })
}

/** All names, of a reading that began at `askedAt` (by the monotonic clock) or later, or since they were first asked for in vain. */
export const anewDirectory = async (clock: Clock, reader: NamesReader, askedAt: number): Promise<DirectoryView> => {
  const { directory } = reader
  askAgain(reader, askedAt)
  const begunBy = wanted.get(directory)?.since ?? askedAt
  wanted.set(directory, { since: begunBy, askedAt })
  // An age is told in whole milliseconds.
  const isAnew = ({ ageMs }: DirectoryView): boolean => clock.monotonic() - ageMs + 1 >= begunBy
  directory.expire()
  const view = await readUntil(clock, reader, askedAt, isAnew)
  wanted.delete(directory)
  return view
}
