import path from 'node:path'
import { readConfig } from './config.ts'
import { endOnSignal, reasonOf, refuseToStart } from './run.ts'
import { startBff } from './start-bff.ts'

const read = readConfig(process.env)
if (!read.ok) refuseToStart(read.faults)
else {
  try {
    const bff = await startBff({ config: read.config, webDir: path.resolve(import.meta.dirname, '../../web/dist') })
    endOnSignal(() => bff.close())
  } catch (error) {
    refuseToStart([reasonOf(error)])
  }
}
