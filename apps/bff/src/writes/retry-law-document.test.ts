import { describe, expect, it } from 'vitest'
import { contract, type Endpoint } from '@refreshboard/api-types'
import { operationOf, writeLaws, type WriteName } from './write-laws.ts'

// docs/retry-law.md is written from the table that decides: `npx vitest run --project bff retry-law-document --update`.

const writes = Object.entries<Endpoint>(contract).filter(([, { effect }]) => effect === 'tableau')
const isWrite = (name: string): name is WriteName => Object.hasOwn(writeLaws, name)
const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ')

const rowOf = (name: WriteName): string => {
  const { effect, guard, readBy, unseen, gone, again, certain, repeatable } = writeLaws[name]
  const cells = [
    code([operationOf(name)]),
    code(effect),
    guard === undefined ? 'none' : code([guard]),
    readBy.length === 0 ? 'nothing' : code(readBy),
    unseen,
    gone === undefined ? '—' : `${gone.means === 'done' ? 'done' : 'could not be confirmed'} (${code(gone.codes)})`,
    again,
    certain === 'all' ? 'every one' : code(certain),
    repeatable.length === 0 ? 'none' : code(repeatable),
  ]
  return `| ${cells.join(' | ')} |`
}

const document = (): string => `# The retry law

<!-- Written from apps/bff/src/writes/write-laws.ts by retry-law-document.test.ts; “npx vitest run --project bff retry-law-document --update” writes it anew. -->

What may be sent again is decided by operation, never by the HTTP verb. A call of Tableau is *not sent* (refused, no such name, TLS failed,
or an earlier call of the same write failed), *answered* (a complete, readable reply) or *unknown* (anything in between).

| what | not sent | answered | unknown |
| --- | --- | --- | --- |
| a read | tried up to two more times, unless the name is unknown or TLS fails | a refusal stands, except 5xx without a time to wait | tried up to two more times, except a reply that is too large |
| a write | said at once; the same key may send it | done or refused; see below for the refusals after which the same key may send it | **never sent again**: read back for up to 30 seconds, then done, not done, or could not be confirmed |
| a sign-in, a sign-out, a change of site | said at once | never repeated; 401 stands | never repeated; a person signs in again |

The tries of a read share one deadline (10 seconds) with random pauses, and one budget for each Tableau: a tenth of the reads may be repeated, so
that a Tableau that is down gets 1.1 times the calls and not three times. The web app repeats nothing.

Where Tableau says how long to wait, no list is read before, and no write is sent again by itself, then or later: a person is told the time (at
most an hour). A write that is being read back is looked at after the time, if that is within a minute; otherwise it could not be confirmed.

A token that Tableau no longer accepts (401002) says nothing of the write: its key is free again, and the same intention may be sent after
signing in. No other 401 ends a session, nor does one for the schedules of a server while the token is good for other calls: Tableau Cloud
answers so.

## The writes

| write | the call that has the effect | Tableau’s own guard | read back by | when no effect is seen, which proves nothing | the item is gone | a second one | refusals that are certain | the same key may be sent again after |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${writes.flatMap(([name]) => (isWrite(name) ? [rowOf(name)] : [])).join('\n')}

A refusal that is not certain is checked before it is told: if the effect is there, the write is done.
`

describe('the retry law', () => {
  it('has an entry for every write of the contract and no other', () => {
    expect(Object.keys(writeLaws).toSorted()).toEqual(writes.map(([name]) => name).toSorted())
  })

  it('stands in the document as it is in the table', async () => {
    await expect(document()).toMatchFileSnapshot('../../../../docs/retry-law.md')
  })
})
