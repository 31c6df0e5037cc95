import { sessionSchema } from '@refreshboard/api-types'
import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { aCloudTask } from '../../test/a-task.ts'
import { aSession, luid } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { tellEdit } from './tell-edit.ts'

const undo = { name: 'Undo the change of the task of “Sales”' }

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ cloud: true }))))
afterEach(() => {
  // Another identity takes what is left of the toasts away.
  act(() => sessionStarted(sessionSchema.parse(aSession({ user: 'somebody else' }))))
})

const tell = (result: { merged?: string[]; differs?: string[]; moved?: string[] }): void => {
  show(<Toasts />)
  act(() => tellEdit(aCloudTask(), { refreshType: 'IncrementalRefresh' }, { phase: 'done', evidence: 'Tableau has saved the task.', result: { taskId: luid(11), ...result } }))
}

describe('what is told of a changed task of Cloud', () => {
  it('offers the undo, and keeps what somebody else had changed', async () => {
    tell({ merged: ['The times were changed by somebody else.'] })
    expect(await screen.findByRole('button', undo)).toBeInTheDocument()
    expect(screen.getByText('To know of the task of “Sales”')).toBeInTheDocument()
  })

  it('offers it, and keeps what somebody else changed in the same moment', async () => {
    tell({ moved: ['The timing was changed in the same moment.'] })
    expect(await screen.findByRole('button', undo)).toBeInTheDocument()
    expect(screen.getByText('Tableau has saved the task. The timing was changed in the same moment.')).toBeInTheDocument()
    expect(screen.getByText('To know of the task of “Sales”')).toBeInTheDocument()
  })

  it('offers none where Tableau shows something else than was sent, and says so', () => {
    tell({ differs: ['It was to be incremental; Tableau shows a full refresh.'] })
    expect(screen.getByText('Tableau has saved the task. It was to be incremental; Tableau shows a full refresh. It cannot be undone here: Tableau did not keep what was sent.')).toBeInTheDocument()
    expect(screen.queryByRole('button', undo)).not.toBeInTheDocument()
  })
})
