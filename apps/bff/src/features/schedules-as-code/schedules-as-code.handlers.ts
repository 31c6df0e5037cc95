import type { Handlers } from '../../http/mount.ts'

const notYet = (): never => {
  throw new Error('under construction')
}

export const schedulesAsCodeHandlers = (): Pick<Handlers, 'exportSchedules' | 'planSchedules'> => ({ exportSchedules: notYet, planSchedules: notYet })
