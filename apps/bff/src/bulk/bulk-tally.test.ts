import { describe, expect, it } from 'vitest'
import { ProblemError } from '../http/problem-error.ts'
import { createTally } from './bulk-tally.ts'

const forbidden = new ProblemError('forbidden', 'Not allowed.', { tableau: { code: '403004', summary: '', detail: '' } })
const otherwise = new ProblemError('forbidden', 'Not allowed there.', { tableau: { code: '403032', summary: '', detail: '' } })
const unreached = new ProblemError('upstream_unreachable', 'The connection was refused.')

describe('what halts a run', () => {
  it('is the same refusal three times in a row', () => {
    const tally = createTally()
    expect([tally.refused(forbidden), tally.refused(forbidden)]).toEqual([undefined, undefined])
    expect(tally.refused(forbidden)).toContain('Three in a row were refused for the same reason')
  })

  it('is no refusal of another code of Tableau’s, or with a success between', () => {
    const tally = createTally()
    const told = [tally.refused(forbidden), tally.refused(forbidden), tally.refused(otherwise), tally.refused(forbidden), tally.refused(forbidden), tally.went(), tally.refused(forbidden), tally.refused(forbidden)]
    expect(told.every((why) => why === undefined)).toBe(true)
  })

  it.each(['already_queued', 'already_finished', 'not_found', 'conflict', 'changed_elsewhere'] as const)('is nothing that says something of one item alone: %s', (code) => {
    const tally = createTally()
    const problem = new ProblemError(code, 'Only this one.')
    expect(Array.from({ length: 10 }, () => tally.refused(problem)).every((why) => why === undefined)).toBe(true)
  })

  it('is twice in a row that nothing could be sent, and three times that nobody can tell what became of it', () => {
    const tally = createTally()
    expect([tally.unreached(unreached), tally.went(), tally.unreached(unreached)]).toEqual([undefined, undefined, undefined])
    expect(tally.unreached(unreached)).toContain('The connection was refused.')
    expect([tally.lost(), tally.lost()]).toEqual([undefined, undefined])
    expect(tally.lost()).toContain('could not be confirmed')
  })
})
