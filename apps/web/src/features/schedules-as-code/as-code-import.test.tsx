import { sessionSchema } from '@refreshboard/api-types'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { sessionStarted } from '../../lib/session-store.ts'
import { aSession } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { AsCodeImport } from './as-code-import.tsx'

beforeEach(() => sessionStarted(sessionSchema.parse(aSession())))

const Page = () => {
  const [yaml, setYaml] = useState('')
  return <AsCodeImport yaml={yaml} onYaml={setYaml} onStarted={() => undefined} />
}

const open = async () => {
  const { container } = show(<Page />)
  const user = userEvent.setup()
  const field = screen.getByRole('textbox')
  await user.type(field, 'typed by hand')
  const input = container.querySelector<HTMLInputElement>('input[data-file]')
  if (input === null) throw new Error('no field for a file')
  const choose = async (text: string) => {
    await user.upload(input, new File([text], 'nightly.yaml', { type: 'application/yaml' }))
    await waitFor(() => expect(field).toHaveValue(text))
  }
  return { user, field, choose, back: () => screen.getByRole('button', { name: 'Put back what was here before' }) }
}

describe('a file that takes the place of what was typed', () => {
  it('may be chosen twice: what was typed can still be put back', async () => {
    const { user, field, choose, back } = await open()
    await choose('refreshboard: 1')
    await choose('refreshboard: 1')
    await user.click(back())
    expect(field).toHaveValue('typed by hand')
  })

  it('changes places with it: what was edited since is not lost either', async () => {
    const { user, field, choose, back } = await open()
    await choose('refreshboard: 1')
    await user.type(field, '# edited')
    await user.click(back())
    expect(field).toHaveValue('typed by hand')
    await user.click(back())
    expect(field).toHaveValue('refreshboard: 1# edited')
  })
})
