import { placesOf, type Logger } from './http/logger.ts'
import { StartFault } from './start-fault.ts'

const print = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** One line for each reason, and out. */
export const refuseToStart = (reasons: readonly string[]): never => {
  for (const reason of reasons) print(reason.replaceAll(/\s+/g, ' '))
  process.exit(1)
}

/** What an error at the start says to whoever runs the server; never a stack. */
export const reasonOf = (error: unknown): string =>
  error instanceof StartFault ? error.message : `The application could not start: ${error instanceof Error ? error.message : 'for an unknown reason'}`

/** Ends everything at the first SIGTERM or SIGINT, and the process with 0. */
export const endOnSignal = (close: () => Promise<void>): void => {
  let ending = false
  const end = (): void => {
    if (ending) return
    ending = true
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** A promise that nobody looked after is a fault to find in the log, and no reason to end everybody's session. */
export const outliveRejections = (log: Logger): void => {
  process.on('unhandledRejection', (reason) => {
    log.error('a promise was rejected and nobody looked after it', reason instanceof Error ? { error: reason.name, at: placesOf(reason) } : {})
  })
}
