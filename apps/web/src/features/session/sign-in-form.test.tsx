import { tableauServerSchema, type SignIn } from '@refreshboard/api-types'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '../../lib/api-error.ts'
import { show } from '../../test/render.tsx'
import { SignInForm } from './sign-in-form.tsx'

const servers = [tableauServerSchema.parse({ id: 'main', host: 'tableau.example.com' })]
const two = [...servers, tableauServerSchema.parse({ id: 'cloud', host: '10ax.online.tableau.com' })]

const setup = (props: Partial<Parameters<typeof SignInForm>[0]> = {}) => {
  const onSubmit = vi.fn<(body: SignIn) => void>()
  const { rerender } = show(<SignInForm servers={servers} initial={{}} error={null} pending={false} onSubmit={onSubmit} {...props} />)
  return { onSubmit, rerender, user: userEvent.setup() }
}
const submit = () => screen.getByRole('button', { name: 'Sign in' })
const password = () => screen.getByLabelText('Password', { selector: 'input[name="password"]' })

describe('the sign-in form', () => {
  it('says under the field what is missing, and sends nothing', async () => {
    const { onSubmit, user } = setup()
    await user.click(submit())
    expect(screen.getByLabelText('User name')).toHaveAccessibleDescription('Enter your user name')
    expect(password()).toHaveAccessibleDescription('Enter your password')
    expect(screen.getByLabelText('User name')).toHaveFocus()
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('sends name and password as they were typed', async () => {
    const { onSubmit, user } = setup()
    await user.type(screen.getByLabelText('Site'), 'finance')
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.type(password(), ' pass word ')
    await user.click(submit())
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({ serverId: 'main', site: 'finance', method: 'password', name: 'admin', password: ' pass word ' })
  })

  it('signs in by token, and keeps what was typed for the other way', async () => {
    const { onSubmit, user } = setup()
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.click(screen.getByRole('radio', { name: 'Personal access token' }))
    await user.type(screen.getByLabelText('Token name'), 'demo-pat')
    await user.type(screen.getByLabelText('Token secret', { selector: 'input[name="personalAccessTokenSecret"]' }), 'secret')
    await user.click(submit())
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({ serverId: 'main', site: '', method: 'pat', personalAccessTokenName: 'demo-pat', personalAccessTokenSecret: 'secret' })
    await user.click(screen.getByRole('radio', { name: 'Name and password' }))
    expect(screen.getByLabelText('User name')).toHaveValue('admin')
  })

  it('understands a pasted address: server and site', async () => {
    const { user } = setup({ servers: two })
    await user.click(screen.getByLabelText('Site'))
    await user.paste('https://10ax.online.tableau.com/#/site/marketing/home')
    expect(screen.getByLabelText('Site')).toHaveValue('marketing')
    expect(screen.getByText('Read from the address: site “marketing” on 10ax.online.tableau.com')).toBeInTheDocument()
    expect(screen.getByLabelText('Server')).toHaveValue('cloud')
  })

  it('understands a typed address when it is left, and refuses a server that is not configured', async () => {
    const { onSubmit, user } = setup()
    await user.type(screen.getByLabelText('Site'), 'other.example.com/t/x')
    await user.tab()
    expect(screen.getByText(/other\.example\.com is not a server that Refreshboard may talk to/)).toBeInTheDocument()
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.type(password(), 'admin')
    await user.click(submit())
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('refuses a site that cannot be one, before anything is sent', async () => {
    const { onSubmit, user } = setup()
    await user.type(screen.getByLabelText('Site'), 'my site!')
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.type(password(), 'admin')
    await user.click(submit())
    expect(screen.getByText(/letters, digits/)).toBeInTheDocument()
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('shows Tableau’s refusal in its own words and keeps what was typed', () => {
    const tableau = { code: '401001', summary: 'Signin Error', detail: 'Error signing in to Tableau Server' }
    const error = new ApiError({
      code: 'sign_in_refused',
      received: 'yes',
      problem: { code: 'sign_in_refused', title: 't', detail: 'It was not accepted.', status: 401, requestId: 'abc', tableau },
    })
    setup({ error, initial: { name: 'admin', password: 'wrong' } })
    expect(screen.getByRole('alert')).toHaveTextContent('Tableau says: “Signin Error: Error signing in to Tableau Server” (401001)')
    expect(screen.getByText('abc')).toBeInTheDocument()
    expect(screen.getByLabelText('User name')).toHaveValue('admin')
    expect(password()).toHaveValue('wrong')
  })

  it('puts what the server says about a field at the field, and nowhere else', () => {
    const error = new ApiError({
      code: 'validation',
      received: 'yes',
      problem: { code: 'validation', title: 't', detail: 'd', status: 422, requestId: 'abc', fields: { 'body.site': 'must be a site' } },
    })
    setup({ error })
    expect(screen.getByText('must be a site')).toBeInTheDocument()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  it('offers the token first on Cloud, and the right autocompletion', () => {
    setup({ servers: two.slice(1) })
    expect(screen.getAllByRole('radio').map((radio) => radio.getAttribute('value'))).toEqual(['pat', 'password'])
    expect(screen.getByLabelText('User name')).toHaveAttribute('autocomplete', 'username')
    expect(password()).toHaveAttribute('autocomplete', 'current-password')
  })

  it('shows a single server as text, and keeps it when signing in again', () => {
    setup({ fixed: true })
    expect(screen.queryByLabelText('Site')).not.toBeInTheDocument()
    expect(screen.queryByLabelText('Server')).not.toBeInTheDocument()
  })
})
