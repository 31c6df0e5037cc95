import { describe, expect, it } from 'vitest'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { datasourceId, workbookId } from '../testing/ids.ts'
import { updateDatasource } from './datasources.ts'
import { decryptExtracts, encryptExtracts, reencryptExtracts, updateSite } from './site-encryption.ts'
import { updateWorkbook } from './workbooks.ts'

describe('the encryption of a site', () => {
  it('is read from the reply of its update', () => {
    expect(answer(updateSite, fixture('sites/one-enforced')).value).toStrictEqual({
      id: 'dad65087-b08b-4603-af4e-2887b8aafc67',
      name: 'Finance & Controlling',
      contentUrl: 'finance',
      state: 'Active',
      runNowEnabled: true,
      extractEncryptionMode: 'enforced',
    })
  })

  it('passes a mode on that nobody knows yet, and none as none', () => {
    const withMode = (mode: string) => answer(updateSite, Buffer.from(fixture('sites/one-enforced').toString().replace('"enforced"', `"${mode}"`))).value
    expect(withMode('customer-managed')).toMatchObject({ extractEncryptionMode: 'customer-managed' })
    expect(withMode('')).not.toHaveProperty('extractEncryptionMode')
  })

  it.each([encryptExtracts, decryptExtracts, reencryptExtracts])('is worked on without a body either way, and always of the session’s site (%#)', (endpoint) => {
    expect([endpoint.encode({}), answer(endpoint, Buffer.from('')).value, endpoint.operation]).toStrictEqual([{}, undefined, 'write'])
    expect(endpoint.path).toContain('/sites/{siteId}/')
    expect(thrownBy(() => answer(endpoint, fixture('sites/not-found'), { status: 404 }))).toMatchObject({ code: '404000' })
  })

  it('cannot be set on Cloud', () => {
    expect(thrownBy(() => answer(updateSite, fixture('sites/cloud-refuses'), { status: 403 }))).toMatchObject({ code: '403069' })
  })
})

describe('the encryption of content', () => {
  it('is all that is sent of it', () => {
    expect(updateWorkbook.encode({ workbookId, encryptExtracts: true })).toStrictEqual({ params: { workbookId }, body: '<tsRequest><workbook encryptExtracts="true"/></tsRequest>' })
    expect(updateDatasource.encode({ datasourceId, encryptExtracts: false })).toStrictEqual({ params: { datasourceId }, body: '<tsRequest><datasource encryptExtracts="false"/></tsRequest>' })
  })

  it('is read from the reply', () => {
    expect(answer(updateWorkbook, fixture('workbooks/one')).value).toMatchObject({ kind: 'workbook', id: workbookId, encryptExtracts: false })
    expect(answer(updateDatasource, fixture('datasources/one')).value).toMatchObject({ kind: 'datasource', id: datasourceId, encryptExtracts: false })
  })
})
