import type { ExtractEncryptionMode } from '@refreshboard/api-types'
import { defineEndpoint, type NoInput } from '../endpoint.ts'
import { requiredChild } from '../xml/element.ts'
import { writeRequest } from '../xml/writer.ts'
import { decodeSiteFacts, type SiteFacts } from './site-facts.ts'

/**
 * Update Site: the extract encryption mode of the session's site, and nothing else of it. Server administrators only (403004);
 * `disabled` decrypts every encrypted extract of the site. 403069 on Tableau Cloud.
 */
export const updateSite = defineEndpoint({
  name: 'updateSite',
  method: 'PUT',
  path: '/sites/{siteId}',
  since: '3.5',
  reference: 'REST API reference, § Update Site; extract and encryption reference, § About Extract Encryption',
  auth: 'session',
  operation: 'write',
  reply: 'body',
  encode: ({ extractEncryptionMode }: { readonly extractEncryptionMode: ExtractEncryptionMode }) => ({
    body: writeRequest({ name: 'site', attributes: { extractEncryptionMode } }),
  }),
  decode: (root): SiteFacts => decodeSiteFacts(requiredChild(root, 'site')),
})

/**
 * Encrypt Extracts in a Site: all of the session's site, which is always named, since Tableau takes the default site otherwise. No
 * body, no job, no progress. Server administrators of a Tableau Server only.
 */
export const encryptExtracts = defineEndpoint({
  name: 'encryptExtracts',
  method: 'POST',
  path: '/sites/{siteId}/encrypt-extracts',
  since: '3.5',
  reference: 'extract and encryption reference, § Encrypt Extracts in a Site',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: (_input: NoInput) => ({}),
  decode: () => undefined,
})

/** Decrypt Extracts in a Site: otherwise as {@link encryptExtracts}. */
export const decryptExtracts = defineEndpoint({
  name: 'decryptExtracts',
  method: 'POST',
  path: '/sites/{siteId}/decrypt-extracts',
  since: '3.5',
  reference: 'extract and encryption reference, § Decrypt Extracts in a Site',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: (_input: NoInput) => ({}),
  decode: () => undefined,
})

/** Reencrypt Extracts in a Site, with new keys: otherwise as {@link encryptExtracts}. */
export const reencryptExtracts = defineEndpoint({
  name: 'reencryptExtracts',
  method: 'POST',
  path: '/sites/{siteId}/reencrypt-extracts',
  since: '3.5',
  reference: 'extract and encryption reference, § Reencrypt Extracts in a Site',
  auth: 'session',
  operation: 'write',
  reply: 'none',
  encode: (_input: NoInput) => ({}),
  decode: () => undefined,
})
