import type { Handlers } from '../../http/mount.ts'

const notYet = (): never => {
  throw new Error('under construction')
}

export const auditHandlers = (): Pick<Handlers, 'listAudit'> => ({ listAudit: notYet })
