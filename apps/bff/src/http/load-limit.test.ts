import { describe, expect, it } from 'vitest'
import { createLoadLimit } from './load-limit.ts'

describe('how much is worked on at once', () => {
  it('is bounded for one browser, for sign-ins and for everyone, and comes back', () => {
    const load = createLoadLimit({ total: 5, perSession: 2, signIns: 2, now: () => 0 })
    const refused = 'Too many requests'
    const first = load.enter('one')
    load.enter('one')
    expect(() => load.enter('one')).toThrow(refused)
    load.enter(undefined)
    load.enter(undefined)
    expect(() => load.enter(undefined)).toThrow(refused)
    expect(load.isFull()).toBe(false)
    load.enter('two')
    expect(load.isFull()).toBe(true)
    expect(() => load.enter('three')).toThrow(refused)
    first()
    load.enter('three')
    expect(() => load.enter('one')).toThrow(refused)
  })
})
