import { jobDetailSchema } from '@refreshboard/api-types'
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aJob } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { JobFacts } from './job-facts.tsx'

const job = aJob.failed()

const facts = (more: Record<string, unknown>) => {
  const detail = jobDetailSchema.parse({ job, source: 'query', statusNotes: [], ...more })
  show(<JobFacts job={job} detail={detail} clock={undefined} zone="UTC" />)
}
const notes = () => within(screen.getByRole('list')).getAllByRole('listitem').map(({ textContent }) => textContent.trim())

describe('what is known of a job', () => {
  it('tells its status notes in words, with Tableau’s own beside them', () => {
    facts({
      statusNotes: [
        { type: 'CountOfUsersAddedToGroup', value: '5', text: '5 users were added.' },
        { type: 'CountOfUsersSkipped', value: '2' },
        { type: 'CountOfMoons', value: '3', text: 'Three moons.' },
      ],
    })
    expect(notes()).toEqual(['Users added to the group: 5 5 users were added.', 'Users skipped: 2', 'CountOfMoons: 3 Three moons.'])
  })

  it('tells equal notes, each', () => {
    const note = { type: 'CountOfUsersSkipped', value: '2' }
    facts({ statusNotes: [note, note] })
    expect(notes()).toHaveLength(2)
  })

  it.each([
    [0, /^Success/],
    [1, /^Error/],
    [2, /^Cancelled/],
    [3, /^Completed by Tableau Bridge/],
    [7, /^Finish code 7, which Refreshboard does not know/],
  ])('tells finish code %i in words once it is complete', (finishCode, words) => {
    facts({ finishCode, completedAt: '2025-11-23T10:04:24Z' })
    expect(screen.getByText('Result').nextSibling).toHaveTextContent(words)
  })

  it('tells no result while it runs: 1 then is no error', () => {
    facts({ finishCode: 1 })
    expect(screen.queryByText('Result')).not.toBeInTheDocument()
  })
})
