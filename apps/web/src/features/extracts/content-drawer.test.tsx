import { sessionSchema, type ContentDetail } from '@refreshboard/api-types'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../app/paths.ts'
import { Toasts } from '../../components/toasts.tsx'
import { sessionStarted } from '../../lib/session-store.ts'
import { anOutcome, aTask, aTaskList } from '../../test/a-task.ts'
import { aDetail, aSite } from '../../test/an-extract.ts'
import { aJob, aSession, fakeApi, json, luid, problem, type Sent } from '../../test/fake-api.ts'
import { show } from '../../test/render.tsx'
import { ContentDrawer } from './content-drawer.tsx'
// What the drawer loads when it is needed is there before its tests begin.
import './create-extract-dialog.tsx'
import './extract-dialogs.tsx'

const workbook = aDetail({ hasExtracts: false })
const datasource = aDetail({ kind: 'datasource', id: luid(23), name: 'Orders', hasExtracts: false })
const create = `POST /api/workbooks/${workbook.id}/extract`
const remove = `DELETE /api/workbooks/${workbook.id}/extract`
const update = `PATCH /api/workbooks/${workbook.id}`
const jobId = luid(91)
const sources = [
  { id: luid(61), name: 'Orders', connectionTypes: ['sqlserver'] },
  { id: luid(62), name: 'Targets', connectionTypes: ['excel-direct'] },
  { id: 'legacy', connectionTypes: [] },
]

beforeEach(() => sessionStarted(sessionSchema.parse(aSession({ timeZone: { name: 'UTC', inferred: false } }))))
afterEach(() => vi.unstubAllGlobals())

const open = async (detail: ContentDetail, more: Parameters<typeof fakeApi>[0] = {}) => {
  const api = fakeApi({
    [`GET /api/${detail.kind}s/${detail.id}`]: () => json(detail),
    'GET /api/site': () => json(aSite()),
    'GET /api/tasks': () => json(aTaskList([aTask()])),
    [`GET /api/workbooks/${workbook.id}/datasources`]: () => json({ datasources: sources }),
    ...more,
  })
  const onClose = vi.fn<() => void>()
  const router = createMemoryRouter([{ path: '*', element: <ContentDrawer item={detail} row={undefined} clock={undefined} zone="UTC" onClose={onClose} /> }], { initialEntries: ['/extracts'] })
  show(
    <>
      <RouterProvider router={router} />
      <Toasts />
    </>,
  )
  await screen.findByRole('heading', { level: 2, name: detail.name ?? '' })
  const drawer = screen.getByRole('complementary', { name: 'Content' })
  const action = (name: string) => within(drawer).getByRole('button', { name })
  return { api, drawer, action, user: userEvent.setup() }
}
type Opened = Awaited<ReturnType<typeof open>>
const ask = async ({ user, action }: Opened, name: string) => {
  await waitFor(() => expect(action(name)).not.toHaveAttribute('aria-disabled', 'true'))
  await user.click(action(name))
  return await screen.findByRole('dialog')
}
const send = (dialog: HTMLElement, name: string) => within(dialog).getByRole('button', { name })

describe('the drawer of a workbook or data source', () => {
  it('tells what stands behind it and what refreshes it, which leads on', async () => {
    const { drawer } = await open(aDetail({ encryptExtracts: true }))
    expect(within(drawer).getByText('Extract')).toBeInTheDocument()
    expect(within(drawer).getByText('Encrypted')).toBeInTheDocument()
    expect(within(drawer).getByText('Owned by Ada Lovelace')).toBeInTheDocument()
    expect(await within(drawer).findByRole('link', { name: 'Weekday early' })).toHaveAttribute('href', paths.tasks({ task: luid(11) }))
    expect(within(drawer).getByRole('link', { name: 'Open in Tableau' })).toHaveAttribute('href', workbook.webpageUrl)
  })

  it('offers a schedule where nothing refreshes its extract', async () => {
    const { drawer } = await open(aDetail(), { 'GET /api/tasks': () => json(aTaskList([])) })
    expect(await within(drawer).findByRole('link', { name: 'Add it to a schedule' })).toHaveAttribute('href', paths.addTask({ content: workbook }))
  })

  it('says that only one’s own tasks are told, and asks for none where this version has none', async () => {
    const own = await open(aDetail(), { 'GET /api/tasks': () => json(aTaskList([], { scope: 'own' })) })
    expect(await within(own.drawer).findByText(/None of your tasks refreshes it/)).toBeInTheDocument()
    sessionStarted(sessionSchema.parse(aSession({ user: 'old', cans: { listTasks: { allowed: false, reason: 'Since API version 2.6 only.' } } })))
    expect(await screen.findByText('Since API version 2.6 only.')).toBeInTheDocument()
    expect(own.api.of('GET /api/tasks')).toHaveLength(1)
  })

  it('says each reason once where nothing may be done', async () => {
    const no = { allowed: false, reason: 'Only its owner may.' } as const
    const { drawer, action } = await open(aDetail({ manage: no, setEncryption: no }))
    for (const name of ['Create extract …', 'Encrypt …', 'Delete extract …']) expect(action(name)).toHaveAttribute('aria-disabled', 'true')
    expect(within(drawer).getAllByText(/Only its owner may\./)).toHaveLength(1)
  })

  it('says why nothing can be made where the site runs nothing by hand', async () => {
    const { drawer, action } = await open(workbook, { 'GET /api/site': () => json(aSite({ runNow: { allowed: false, reason: 'Run now is switched off.' } })) })
    expect(await within(drawer).findByText(/Run now is switched off\./)).toBeInTheDocument()
    expect(action('Create extract …')).toHaveAttribute('aria-disabled', 'true')
  })

  it('says that it is gone', async () => {
    fakeApi({ [`GET /api/workbooks/${luid(99)}`]: () => problem('not_found') })
    show(<ContentDrawer item={{ kind: 'workbook', id: luid(99) }} row={undefined} clock={undefined} zone="UTC" onClose={() => undefined} />)
    expect(await screen.findByText('This workbook is not there any more.')).toBeInTheDocument()
  })
})

describe('creating an extract', () => {
  const made = (sent: Sent) => anOutcome(sent, 'done', { result: { jobId } })
  const job = { [`GET /api/jobs/${jobId}`]: () => json({ job: aJob.running({ id: jobId }), source: 'list', statusNotes: [] }) }

  it('of all data sources is sent once under a double click, and followed in the drawer', async () => {
    const opened = await open(workbook, { [create]: made, ...job })
    const dialog = await ask(opened, 'Create extract …')
    await opened.user.dblClick(send(dialog, 'Create extract'))
    expect(await within(opened.drawer).findByText('Running')).toBeInTheDocument()
    expect(within(opened.drawer).getByRole('link', { name: 'Open the job' })).toHaveAttribute('href', paths.jobs({ job: jobId }))
    expect(opened.api.of(create).map(({ body }) => body)).toEqual([{ encrypt: false }])
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('of chosen ones wants one to be chosen', async () => {
    const opened = await open(workbook, { [create]: made, ...job })
    const dialog = await ask(opened, 'Create extract …')
    await opened.user.click(within(dialog).getByRole('radio', { name: 'Those chosen here' }))
    expect(within(dialog).getByText('Choose at least one data source.')).toBeInTheDocument()
    await opened.user.click(send(dialog, 'Create extract'))
    expect(opened.api.of(create)).toEqual([])
    expect(within(dialog).getByRole('checkbox', { name: /Data source legacy/ })).toBeDisabled()
    await opened.user.click(await within(dialog).findByRole('checkbox', { name: /Targets excel-direct/ }))
    await opened.user.click(within(dialog).getByRole('checkbox', { name: 'Encrypt the extract' }))
    await opened.user.click(send(dialog, 'Create extract'))
    await waitFor(() => expect(opened.api.of(create).map(({ body }) => body)).toEqual([{ datasourceIds: [luid(62)], encrypt: true }]))
  })

  it('explains 409070, and keeps the form', async () => {
    const opened = await open(workbook, { [create]: () => problem('conflict', { tableau: { code: '409070', summary: 'Invalid request method', detail: 'It is file based.' } }) })
    const dialog = await ask(opened, 'Create extract …')
    await opened.user.click(within(dialog).getByRole('radio', { name: 'Those chosen here' }))
    await opened.user.click(await within(dialog).findByRole('checkbox', { name: /Targets/ }))
    await opened.user.click(send(dialog, 'Create extract'))
    expect(await within(dialog).findByText(/No extract can be made of data that comes from a file/)).toBeInTheDocument()
    expect(within(dialog).getByRole('checkbox', { name: /Targets/ })).toBeChecked()
    expect(opened.api.of(create)).toHaveLength(1)
  })

  it.each([
    ['enforced', /The site enforces encryption/],
    ['disabled', /Extract encryption is disabled on this site/],
  ])('leaves no choice of encryption where the mode is %s, and says why', async (mode, words) => {
    const opened = await open(datasource, { 'GET /api/site': () => json(aSite({ extractEncryptionMode: mode })), [`POST /api/datasources/${datasource.id}/extract`]: made, ...job })
    expect(await within(opened.drawer).findByText(words)).toBeInTheDocument()
    expect(within(opened.drawer).queryByRole('button', { name: 'Encrypt …' })).not.toBeInTheDocument()
    const dialog = await ask(opened, 'Create extract …')
    expect(within(dialog).getByText(words)).toBeInTheDocument()
    expect(within(dialog).queryByRole('checkbox')).not.toBeInTheDocument()
    await opened.user.click(send(dialog, 'Create extract'))
    await waitFor(() => expect(opened.api.of(`POST /api/datasources/${datasource.id}/extract`).map(({ body }) => body)).toEqual([{}]))
  })
})

describe('on Tableau Cloud', () => {
  it('nothing is told or offered of encryption', async () => {
    sessionStarted(sessionSchema.parse(aSession({ cloud: true, timeZone: { name: 'UTC', inferred: false } })))
    const own = `POST /api/datasources/${datasource.id}/extract`
    const opened = await open(datasource, { 'GET /api/site': () => json(aSite({ extractEncryptionMode: undefined })), 'GET /api/tasks': () => json(aTaskList([])), [own]: (sent) => anOutcome(sent, 'unconfirmed') })
    expect(within(opened.drawer).queryByText('Encryption')).not.toBeInTheDocument()
    expect(within(opened.drawer).queryByRole('button', { name: /crypt …$/ })).not.toBeInTheDocument()
    const dialog = await ask(opened, 'Create extract …')
    expect(within(dialog).queryByRole('checkbox')).not.toBeInTheDocument()
    await opened.user.click(send(dialog, 'Create extract'))
    await waitFor(() => expect(opened.api.of(own).map(({ body }) => body)).toEqual([{}]))
  })
})

describe('deleting an extract', () => {
  it('says what happens and how many tasks would fail, and is sent once', async () => {
    const opened = await open(aDetail(), { [remove]: (sent) => anOutcome(sent, 'done') })
    await within(opened.drawer).findByRole('link', { name: 'Weekday early' })
    const dialog = await ask(opened, 'Delete extract …')
    expect(dialog).toHaveTextContent('the workbook asks its data live from then on')
    expect(dialog).toHaveTextContent('1 refresh task is on it and would fail from then on')
    await opened.user.dblClick(send(dialog, 'Delete extract'))
    expect(await screen.findByText('Extract of “Sales” deleted')).toBeInTheDocument()
    expect(opened.api.of(remove)).toHaveLength(1)
  })

  it('names no task where there is none', async () => {
    const opened = await open(aDetail(), { 'GET /api/tasks': () => json(aTaskList([])) })
    await within(opened.drawer).findByText(/Nothing refreshes it/)
    expect(await ask(opened, 'Delete extract …')).not.toHaveTextContent(/refresh task/)
  })

  it('tells that it could not be confirmed, and sends nothing again', async () => {
    const opened = await open(aDetail(), { [remove]: (sent) => anOutcome(sent, 'unconfirmed') })
    const dialog = await ask(opened, 'Delete extract …')
    await opened.user.click(send(dialog, 'Delete extract'))
    expect(await within(dialog).findByText('It could not be confirmed whether the extract was deleted.')).toBeInTheDocument()
    expect(within(dialog).queryByRole('button', { name: 'Delete extract' })).not.toBeInTheDocument()
    expect(opened.api.of(remove)).toHaveLength(1)
  })
})

describe('the encryption of one item', () => {
  it('is changed from what was seen', async () => {
    const opened = await open(aDetail({ encryptExtracts: true }), { [update]: (sent) => anOutcome(sent, 'done') })
    const dialog = await ask(opened, 'Decrypt …')
    expect(dialog).toHaveTextContent('encrypted → not encrypted')
    await opened.user.click(send(dialog, 'Decrypt'))
    await waitFor(() => expect(opened.api.of(update).map(({ body }) => body)).toEqual([{ encryptExtracts: false, seen: { encryptExtracts: true } }]))
  })

  it('is changed without what was never told', async () => {
    const opened = await open(aDetail({ encryptExtracts: undefined }), { [update]: (sent) => anOutcome(sent, 'done') })
    await opened.user.click(send(await ask(opened, 'Encrypt …'), 'Encrypt'))
    await waitFor(() => expect(opened.api.of(update).map(({ body }) => body)).toEqual([{ encryptExtracts: true }]))
  })

  it('that somebody else changed meanwhile is refused in words', async () => {
    const opened = await open(aDetail(), { [update]: () => problem('changed_elsewhere') })
    const dialog = await ask(opened, 'Encrypt …')
    await opened.user.click(send(dialog, 'Encrypt'))
    expect(await within(dialog).findByText('Somebody else changed it in the meantime.')).toBeInTheDocument()
  })
})
