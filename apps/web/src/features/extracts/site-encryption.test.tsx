import { sessionSchema, siteDetailSchema } from '@refreshboard/api-types'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Toasts } from '../../components/toasts.tsx'
import { ApiError, failureOf } from '../../lib/api-error.ts'
import { sessionStarted } from '../../lib/session-store.ts'
import { anOutcome } from '../../test/a-task.ts'
import { aSite } from '../../test/an-extract.ts'
import { aSession, fakeApi } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { SiteEncryption } from './site-encryption.tsx'

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ site: 'finance', timeZone: { name: 'UTC', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

const card = (more: Record<string, unknown> = {}) => {
  const user = userEvent.setup()
  show(
    <>
      <SiteEncryption site={siteDetailSchema.parse(aSite(more))} failure={undefined} onRetry={() => undefined} />
      <Toasts />
    </>,
  )
  return { user, unfold: () => user.click(screen.getByRole('button', { name: /^Extract encryption of “finance”/ })) }
}
const dialogOf = () => screen.findByRole('dialog')
const type = (dialog: HTMLElement) => within(dialog).getByRole('textbox', { name: 'Type “finance” to go on' })

describe('the extract encryption of the site', () => {
  it.each([
    ['enforced', /: enforced.*every extract of the site is encrypted/],
    ['enabled', /: enabled.*each workbook and data source says/],
    ['disabled', /: disabled.*no extract of the site is encrypted/],
    ['quantum', /: quantum.*a mode that Refreshboard does not know/],
    [undefined, /: not told$/],
  ])('tells the mode %s in words', (extractEncryptionMode, words) => {
    card({ extractEncryptionMode })
    expect(screen.getByRole('button', { name: words })).toHaveAttribute('aria-expanded', 'false')
  })

  it('says that it could not be read, and why', async () => {
    const user = userEvent.setup()
    const onRetry = vi.fn<() => void>()
    show(<SiteEncryption site={undefined} failure={failureOf(new ApiError({ code: 'unreachable', received: 'unknown' }))} onRetry={onRetry} />)
    await user.click(screen.getByRole('button', { name: 'Extract encryption of “finance”: could not be read' }))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onRetry).toHaveBeenCalledTimes(1)
  })

  it('offers nothing but the reason to who is no server administrator', async () => {
    sessionStarted(sessionSchema.parse(aSession({ site: 'finance', user: 'viewer', can: false })))
    const { unfold } = card()
    await unfold()
    for (const name of ['Encrypt all …', 'Decrypt all …', 'Re-encrypt all …']) expect(screen.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true')
    expect(screen.getByText('Only server administrators may change how a site encrypts its extracts.')).toBeInTheDocument()
  })

  it('is a sentence on Tableau Cloud', () => {
    sessionStarted(sessionSchema.parse(aSession({ site: 'finance', cloud: true })))
    card({ extractEncryptionMode: undefined })
    expect(screen.getByText('Tableau Cloud encrypts every extract by itself.')).toBeInTheDocument()
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })
})

describe('changing the mode', () => {
  it('to disabled says what it costs, and wants the name of the site typed', async () => {
    const api = fakeApi({ 'PATCH /api/site': (sent) => anOutcome(sent, 'done') })
    const { user, unfold } = card()
    await unfold()
    await user.click(screen.getByRole('radio', { name: 'Disabled' }))
    await user.click(screen.getByRole('button', { name: 'Change to disabled …' }))
    const dialog = await dialogOf()
    expect(dialog).toHaveTextContent('Every encrypted extract of the site is decrypted')
    expect(dialog).toHaveTextContent('may consume significant server resources: consider doing it outside of business hours')
    const send = within(dialog).getByRole('button', { name: 'Change to disabled' })
    for (const wrong of ['', 'Finance', 'financ']) {
      await user.clear(type(dialog))
      if (wrong !== '') await user.type(type(dialog), wrong)
      await user.click(send)
      expect(send).toHaveAttribute('aria-disabled', 'true')
    }
    expect(api.sent).toEqual([])
    await user.clear(type(dialog))
    await user.type(type(dialog), 'finance')
    await user.dblClick(send)
    await waitFor(() => expect(api.of('PATCH /api/site').map(({ body }) => body)).toEqual([{ extractEncryptionMode: 'disabled', seen: { extractEncryptionMode: 'enabled' } }]))
    expect(await screen.findByText('Extract encryption of “finance”: disabled')).toBeInTheDocument()
  })

  it('to enabled wants nothing typed: no extract changes by it', async () => {
    const api = fakeApi({ 'PATCH /api/site': (sent) => anOutcome(sent, 'done') })
    const { user, unfold } = card({ extractEncryptionMode: 'disabled' })
    await unfold()
    await user.click(screen.getByRole('radio', { name: 'Enabled' }))
    await user.click(screen.getByRole('button', { name: 'Change to enabled …' }))
    const dialog = await dialogOf()
    expect(within(dialog).queryByRole('textbox')).not.toBeInTheDocument()
    await user.click(within(dialog).getByRole('button', { name: 'Change to enabled' }))
    await waitFor(() => expect(api.of('PATCH /api/site')).toHaveLength(1))
  })
})

describe('all extracts of the site at once', () => {
  it.each([
    ['Encrypt all …', 'Encrypt all', 'POST /api/site/extracts/encrypt'],
    ['Decrypt all …', 'Decrypt all', 'POST /api/site/extracts/decrypt'],
    ['Re-encrypt all …', 'Re-encrypt all', 'POST /api/site/extracts/reencrypt'],
  ])('%s names the site and the cost, wants it typed, and is sent once', async (name, action, route) => {
    const api = fakeApi({ [route]: (sent) => anOutcome(sent, 'done') })
    const { user, unfold } = card()
    await unfold()
    await user.click(screen.getByRole('button', { name }))
    const dialog = await dialogOf()
    expect(dialog).toHaveTextContent('the whole site “finance” of tableau.example.com')
    expect(dialog).toHaveTextContent('Tableau names no job for it and tells no progress.')
    await user.click(within(dialog).getByRole('button', { name: action }))
    expect(api.sent).toEqual([])
    await user.type(type(dialog), 'finance')
    await user.dblClick(within(dialog).getByRole('button', { name: action }))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(api.of(route)).toHaveLength(1)
  })

  it('whose reply was lost could not be confirmed; it stays to be read, and is not repeated', async () => {
    const route = 'POST /api/site/extracts/reencrypt'
    const api = fakeApi({ [route]: (sent) => anOutcome(sent, 'unconfirmed') })
    const { user, unfold } = card()
    await unfold()
    await user.click(screen.getByRole('button', { name: 'Re-encrypt all …' }))
    const dialog = await dialogOf()
    await user.type(type(dialog), 'finance')
    await user.click(within(dialog).getByRole('button', { name: 'Re-encrypt all' }))
    expect(await within(dialog).findByText('It could not be confirmed whether the extracts were re-encrypted.')).toBeInTheDocument()
    await user.click(within(dialog).getAllByRole('button', { name: 'Close' })[0] ?? dialog)
    expect(await screen.findByText('It could not be confirmed whether the extracts were re-encrypted.')).toBeInTheDocument()
    expect(api.of(route)).toHaveLength(1)
  })

  it.each([
    ['disabled', ['Encrypt all …', 'Decrypt all …', 'Re-encrypt all …'], /Extract encryption is disabled on this site/],
    ['enforced', ['Decrypt all …'], /The site enforces encryption: to decrypt/],
  ])('is not offered where the mode is %s, and the reason says so', async (extractEncryptionMode, names, reason) => {
    const { unfold } = card({ extractEncryptionMode })
    await unfold()
    for (const name of names) expect(screen.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true')
    expect(screen.getByText(reason)).toBeInTheDocument()
  })
})
