import { sessionSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aBareTask, aTask } from '../../test/a-task.ts'
import { aSession } from '../../test/fake-api.ts'
import { canAdd, canDelete, canRun } from './tasks-can.ts'

const yes = { allowed: true } as const
const session = sessionSchema.parse(aSession())
const no = { allowed: false, reason: 'This site does not let refreshes be run by hand.' } as const

describe('what can be done with a task', () => {
  it('is everything, as far as can be known: Tableau decides', () => {
    expect(canRun(aTask(), yes)).toBe(true)
    expect(canDelete(aTask(), session)).toBe(true)
    expect(canAdd(aTask(), session)).toBe(true)
  })

  it('is nothing with a virtual connection’s, and the reason says so', () => {
    for (const can of [canRun(aBareTask(), yes), canDelete(aBareTask(), session), canAdd(aBareTask(), session)]) expect(can).toMatch(/does not manage the refresh of a virtual connection/)
  })

  it('is no run where the site does not allow it, but a deletion', () => {
    expect(canRun(aTask(), no)).toBe(no.reason)
    expect(canDelete(aTask(), session)).toBe(true)
  })

  it('is no deletion and no other schedule where this version of Tableau has neither', () => {
    const old = sessionSchema.parse(aSession({ cans: { deleteTasks: { allowed: false, reason: 'Since API version 3.6 only.' }, addToSchedules: { allowed: false, reason: 'Since API version 2.8 only.' } } }))
    expect(canDelete(aTask(), old)).toBe('Since API version 3.6 only.')
    expect(canAdd(aTask(), old)).toBe('Since API version 2.8 only.')
  })

  it('is nothing with an id that Tableau would not accept back', () => {
    expect(canRun(aTask({ id: 'x' }), yes)).toMatch(/an id that it does not accept back/)
    expect(canDelete(aTask({ id: 'x' }), session)).toMatch(/an id that it does not accept back/)
  })
})
