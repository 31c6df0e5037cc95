import type { Clock } from '../clock.ts'
import type { PrincipalKey } from '../session/principal.ts'
import type { ContentDirectory } from './content-directory.ts'
import { PrincipalDirectory } from './principal-directory.ts'

/** One directory for each principal: the names that one person may see are never shown to another. */
export interface ContentDirectories {
  /** The directory of a principal, made at the first question. */
  of(principal: PrincipalKey): ContentDirectory
  /** Drops what nobody asks for, and the longest unasked beyond the bounds. */
  tidy(): void
  readonly count: number
  close(): void
}

/** A directory that nobody asked for this long is dropped: three times as long as its names are fresh. */
export const idleDirectoryMs = 15 * 60_000

interface Bounds {
  readonly directories: number
  /** Over all directories; a row takes roughly half a kilobyte. */
  readonly rows: number
  readonly rowsOfOne: number
}

const defaultBounds: Bounds = { directories: 200, rows: 500_000, rowsOfOne: 100_000 }

export const createContentDirectories = (clock: Clock, bounds: Bounds = defaultBounds): ContentDirectories => {
  const directories = new Map<PrincipalKey, PrincipalDirectory>()
  const drop = (directory: PrincipalDirectory): void => {
    directory.close()
    directories.delete(directory.principal)
  }
  const tidy = (): void => {
    const byAge = [...directories.values()].toSorted((a, b) => a.lastAskedAt - b.lastAskedAt)
    let rows = byAge.reduce((sum, directory) => sum + directory.rowsHeld, 0)
    for (const directory of byAge) {
      const idle = clock.monotonic() - directory.lastAskedAt >= idleDirectoryMs
      const crowded = (directories.size > bounds.directories || (rows > bounds.rows && directories.size > 1)) && !directory.isReading
      if (!idle && !crowded) continue
      rows -= directory.rowsHeld
      drop(directory)
    }
  }
  return {
    of: (principal) => {
      const known = directories.get(principal)
      if (known) return known
      const made = new PrincipalDirectory({ principal, clock, maxRows: bounds.rowsOfOne })
      directories.set(principal, made)
      tidy()
      return made
    },
    tidy,
    get count() {
      return directories.size
    },
    close: () => {
      for (const directory of directories.values()) directory.close()
      directories.clear()
    },
  }
}
