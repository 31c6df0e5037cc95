import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import type { Bundled } from './bundled.ts'
import { createBrowser, type Browser } from './browser.ts'
import { startProgram, type Program } from './process.ts'

/** The delivered program on a store of its own, to be killed and started again at the same address. */
export interface Killable {
  readonly program: Program
  readonly origin: string
  readonly databaseFile: string
  browser(): Browser
  /** kill −9; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again; resolves when it is ready. */
  restart(): Promise<void>
}

const isReady = async (origin: string): Promise<boolean> => {
  try {
    return (await fetch(`${origin}/api/ready`)).status === 200
  } catch {
    return false
  }
}

export const startKillable = async (bundle: Bundled, directory: string, tableau: string): Promise<Killable> => {
  const databaseFile = `${directory}/store.db`
  const environment = (port: string) => ({ TABLEAU_SERVERS: `server=${tableau}`, TABLEAU_TIME_ZONE: 'UTC', DATABASE_URL: `sqlite:${databaseFile}`, PORT: port })
  let program = startProgram(bundle.file, environment('0'))
  const [, origin = ''] = await program.prints(/"address":"([^"]+)"/)
  return {
    get program() {
      return program
    },
    origin,
    databaseFile,
    browser: () => createBrowser(() => origin),
    kill: async () => {
      program.child.kill('SIGKILL')
      await program.exited
    },
    restart: async () => {
      program = startProgram(bundle.file, environment(new URL(origin).port))
      // With pauses: it needs the processor itself.
      while (!(await isReady(origin))) {
        if (program.child.exitCode !== null) throw new Error(`it did not start again: ${program.stderr()}`)
        await delay(10)
      }
    },
  }
}

/** What SQLite says of a store that is in use. */
export const integrityOf = (databaseFile: string): unknown => {
  const database = new Database(databaseFile)
  try {
    return database.prepare('pragma integrity_check').all([])
  } finally {
    database.close()
  }
}
