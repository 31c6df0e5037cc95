import { describe, expect, it } from 'vitest'
import { aBareTask, aTask } from '../../test/a-task.ts'
import { canAdd, canDelete, canRun } from './tasks-can.ts'

const yes = { allowed: true } as const
const no = { allowed: false, reason: 'This site does not let refreshes be run by hand.' } as const

describe('what can be done with a task', () => {
  it('is everything, as far as can be known: Tableau decides', () => {
    expect(canRun(aTask(), yes)).toBe(true)
    expect(canDelete(aTask())).toBe(true)
    expect(canAdd(aTask())).toBe(true)
  })

  it('is nothing with a virtual connection’s, and the reason says so', () => {
    for (const can of [canRun(aBareTask(), yes), canDelete(aBareTask()), canAdd(aBareTask())]) expect(can).toMatch(/does not manage the refresh of a virtual connection/)
  })

  it('is no run where the site does not allow it, but a deletion', () => {
    expect(canRun(aTask(), no)).toBe(no.reason)
    expect(canDelete(aTask())).toBe(true)
  })

  it('is nothing with an id that Tableau would not accept back', () => {
    expect(canRun(aTask({ id: 'x' }), yes)).toMatch(/an id that it does not accept back/)
    expect(canDelete(aTask({ id: 'x' }))).toMatch(/an id that it does not accept back/)
  })
})
