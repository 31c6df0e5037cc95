import type { Handlers } from '../../http/mount.ts'

type BulkHandlers = Pick<Handlers, 'planBulk' | 'listBulk' | 'getBulk' | 'startBulk' | 'pauseBulk' | 'resumeBulk' | 'stopBulk'>

const notYet = (): never => {
  throw new Error('under construction')
}

export const bulkHandlers = (): BulkHandlers => ({ planBulk: notYet, listBulk: notYet, getBulk: notYet, startBulk: notYet, pauseBulk: notYet, resumeBulk: notYet, stopBulk: notYet })
