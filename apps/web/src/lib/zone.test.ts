import { sessionSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { aSession } from '../test/fake-api.ts'
import { zoneOptions } from './zone.ts'

const options = (timeZone?: { name: string; inferred: boolean }) => zoneOptions(sessionSchema.parse(aSession(timeZone === undefined ? {} : { timeZone })))

describe('the zones of a session', () => {
  it('name the server’s, and say when it is inferred', () => {
    expect(options({ name: 'America/Los_Angeles', inferred: false }).server).toEqual({ choice: 'server', name: 'America/Los_Angeles', label: 'Server time · Los Angeles' })
    expect(options({ name: 'Europe/Berlin', inferred: true }).server.label).toBe('Server time · Berlin (inferred)')
  })

  it('say why the server’s cannot be chosen', () => {
    expect(options().server.name).toBeUndefined()
    expect(options().server.reason).toMatch(/does not tell/)
    expect(options({ name: 'Mars/Olympus', inferred: false }).server.reason).toMatch(/does not know the zone Mars\/Olympus/)
  })

  it('always have this computer’s and UTC', () => {
    expect(options().utc.name).toBe('UTC')
    expect(options().mine.name).toBeDefined()
  })
})
