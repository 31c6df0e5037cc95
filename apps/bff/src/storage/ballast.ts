import { randomBytes } from 'node:crypto'
import { rmSync, statSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Enough for the log of the store to be written back, and for thousands of sign-outs after that. */
const ballastBytes = 1024 * 1024

/** Room beside the store that is given up when the disk is full, so that what must not fail (a sign-out) still fits. */
export interface Ballast {
  /** Takes the room unless it is held already. False when the disk has too little. */
  hold(): boolean
  release(): void
}

const isHeld = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.size === ballastBytes

/** Not the last room there is: half of it would be used up at once. */
const hasRoom = (directory: string): boolean => {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize >= 2 * ballastBytes
}

/** The ballast of a store. The file itself is the state, so that it outlives the process. */
export const ballastOf = (databaseFile: string): Ballast => {
  const file = `${databaseFile}-ballast`
  const release = (): void => rmSync(file, { force: true })
  return {
    release,
    hold: () => {
      if (isHeld(file)) return true
      try {
        if (!hasRoom(path.dirname(file))) return false
        // Zeros could be stored as nothing.
        writeFileSync(file, randomBytes(ballastBytes), { mode: 0o600 })
        return true
      } catch {
        release()
        return false
      }
    },
  }
}
