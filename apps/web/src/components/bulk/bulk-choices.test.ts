import { sessionSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aSession } from '../../test/fake-api.ts'
import { bulkChoices } from './bulk-choices.ts'

const session = (more: Parameters<typeof aSession>[0] = {}) => sessionSchema.parse(aSession(more))

describe('what can be done to many', () => {
  it('is what the session allows, with the reason where it does not', () => {
    expect(bulkChoices('jobs', session({ can: false })).map(({ action, reason }) => [action, reason])).toEqual([['jobs.cancel', 'Only administrators may cancel jobs.']])
    expect(bulkChoices('schedules', session()).map(({ action, reason }) => [action, reason])).toEqual([
      ['schedules.suspend', undefined],
      ['schedules.resume', undefined],
    ])
  })

  it('moves tasks between schedules where there are any', () => {
    expect(bulkChoices('tasks', session()).map(({ action }) => action)).toEqual(['tasks.run', 'tasks.move', 'tasks.delete'])
    expect(bulkChoices('tasks', session({ cloud: true })).map(({ action }) => action)).toEqual(['tasks.run', 'tasks.delete'])
  })

  it('needs both rights to move, and the site’s consent to run by hand', () => {
    const [run, move] = bulkChoices('tasks', session({ cans: { deleteTasks: { allowed: false, reason: 'Since API version 3.6 only.' } } }), { allowed: false, reason: 'Run Now is off.' })
    expect([run?.reason, move?.reason]).toEqual(['Run Now is off.', 'Since API version 3.6 only.'])
  })
})
