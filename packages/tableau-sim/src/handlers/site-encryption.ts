import type { HandlerReply, Route, SignedInCall } from '../context.ts'
import { refusals } from '../errors.ts'
import { isServerAdministrator } from '../permissions.ts'

/** Encrypt, Decrypt and Reencrypt Extracts in a Site. */
export const siteEncryptionRoutes: readonly Route[] = [
  { operation: 'encryptExtracts', on: 'server', method: 'POST', path: '/sites/:siteId/encrypt-extracts', since: '3.5', access: 'site', handle: (call) => toAll(call, true) },
  { operation: 'decryptExtracts', on: 'server', method: 'POST', path: '/sites/:siteId/decrypt-extracts', since: '3.5', access: 'site', handle: (call) => toAll(call, false) },
  { operation: 'reencryptExtracts', on: 'server', method: 'POST', path: '/sites/:siteId/reencrypt-extracts', since: '3.5', access: 'site', handle: (call) => toAll(call, undefined) },
]

/**
 * At once, without a job. New keys (`undefined`) change nothing that can be seen. What a mode in the way answers is inferred: where it
 * is `disabled` nothing is encrypted, and where it is `enforced` nothing is decrypted.
 */
function toAll(call: SignedInCall, encrypt: boolean | undefined): HandlerReply {
  const { membership, site } = call.session
  if (!isServerAdministrator(membership.siteRole)) throw refusals.forbidden('Only server administrators can encrypt or decrypt the extracts of a site.')
  call.optionalBody()
  const { extractEncryptionMode: mode } = site
  if (mode === 'disabled' || (mode === 'enforced' && encrypt === false)) throw refusals.extractOperation(`The extract encryption mode of the site is '${mode}'.`)
  if (encrypt !== undefined) for (const item of site.contents) if (item.hasExtracts) item.encryptExtracts = encrypt
  return { status: 200, applied: true }
}
