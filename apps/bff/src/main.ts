import path from 'node:path'
import { readerFor } from './features/schedules-as-code/read-text.ts'
import { readConfig } from './config.ts'
import { createLogger } from './http/logger.ts'
import { endOnSignal, outliveRejections, reasonOf, refuseToStart } from './run.ts'
import { startBff } from './start-bff.ts'

const read = readConfig(process.env)
if (!read.ok) refuseToStart(read.faults)
else {
  try {
    const log = createLogger(read.config.logLevel)
    outliveRejections(log)
    const starting = startBff({ config: read.config, log, webDir: path.resolve(import.meta.dirname, '../../web/dist'), readText: readerFor(import.meta.filename) })
    // Before it says that it listens: who reads that may end it at once.
    endOnSignal(async () => (await starting).close())
    await starting
  } catch (error) {
    refuseToStart([reasonOf(error)])
  }
}
