import type { BulkContext } from '../../bulk/bulk-action.ts'
import type { Clock } from '../../clock.ts'
import type { ContentDirectories } from '../../directory/content-directories.ts'
import type { ContentDirectory, DirectoryView } from '../../directory/content-directory.ts'
import { longestMs, notYet } from './not-yet.ts'

interface DirectoryDeps {
  readonly directories: ContentDirectories
  readonly clock: Clock
}

const pollMs = 200

/** Names that were read longer ago are read again. */
const namesFreshMs = 30_000
const namesOldestMs = 120_000

/** Reads until all names are there and good; `overloaded` when that takes longer than a request waits. */
const readUntil = async ({ directories, clock }: DirectoryDeps, { principal, tableau }: BulkContext, isGood: (view: DirectoryView) => boolean): Promise<DirectoryView> => {
  const until = clock.monotonic() + longestMs
  for (;;) {
    const view = await directories.of(principal).read(tableau, { freshMs: namesFreshMs })
    if (view.failure !== undefined) throw view.failure
    if (view.complete && isGood(view)) return view
    if (clock.monotonic() >= until) throw notYet(clock, 'The names of the workbooks and data sources are still being read.')
    await clock.delay(pollMs)
  }
}

/** All names, as they were two minutes ago at the most. */
export const wholeDirectory = (deps: DirectoryDeps, context: BulkContext): Promise<DirectoryView> => readUntil(deps, context, ({ ageMs }) => ageMs <= namesOldestMs)

/** Who was told to ask again is still asking the same, so long. */
const sameQuestionMs = 5 * 60_000

/** Since when names are wanted that a request could not wait for: a slow Tableau is read in peace, and the next request gets the fruit. */
const wantedSince = new WeakMap<ContentDirectory, number>()

/** All names, of a reading that began at `askedAt` (by the monotonic clock) or later, or since they were first asked for in vain. */
export const anewDirectory = async (deps: DirectoryDeps, context: BulkContext, askedAt: number): Promise<DirectoryView> => {
  const directory = deps.directories.of(context.principal)
  const since = wantedSince.get(directory)
  const begunBy = since === undefined || askedAt - since > sameQuestionMs ? askedAt : since
  wantedSince.set(directory, begunBy)
  // An age is told in whole milliseconds.
  const isAnew = ({ ageMs }: DirectoryView): boolean => deps.clock.monotonic() - ageMs + 1 >= begunBy
  directory.expire()
  const view = await readUntil(deps, context, isAnew)
  wantedSince.delete(directory)
  return view
}
