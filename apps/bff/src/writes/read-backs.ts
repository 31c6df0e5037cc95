import type { PrincipalKey } from '../session/principal.ts'
import type { WriteRow } from '../storage/database.ts'
import type { ReadBack } from './intention.ts'
import { operationOf, writeLaws, type WriteName } from './write-laws.ts'

/** How the records of one operation are read back by a process that did not send them. */
export interface Resumable {
  readonly write: WriteName
  /** Undefined when the record holds too little. */
  readonly readBack: (principal: PrincipalKey, record: WriteRow) => ReadBack | undefined
}

export type ReadBackOf = (principal: PrincipalKey, record: WriteRow) => ReadBack | undefined

/** Finds the read-back of a record by its operation; undefined for one that is no longer offered. */
export const createReadBacks = (resumables: readonly Resumable[]): ReadBackOf => {
  const byOperation = new Map(resumables.map((resumable) => [operationOf(resumable.write), resumable]))
  if (byOperation.size !== resumables.length || resumables.length !== Object.keys(writeLaws).length) throw new Error('each write is read back by one feature')
  return (principal, record) => byOperation.get(record.operation)?.readBack(principal, record)
}

/** For a record that does not hold what was sent. */
export const unreadableRecord: ReadBack = () =>
  Promise.resolve({ state: 'unconfirmed', evidence: 'The record of this write does not hold what was sent, so it cannot be compared with what is there. Look at the item before sending it again.' })
