import path from 'node:path'
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
    const bff = await startBff({ config: read.config, log, webDir: path.resolve(import.meta.dirname, '../../web/dist') })
    endOnSignal(() => bff.close())
  } catch (error) {
    refuseToStart([reasonOf(error)])
  }
}
