import type { ContentItem } from './content.ts'
import type { SignedInCall } from './context.ts'
import { refusals } from './errors.ts'
import { maySetEncryption } from './permissions.ts'
import { childOf } from './xml-in.ts'

/** A boolean as clients write it: Tableau's own library for Python sends `True`. */
export const readFlag = (text: string, what: string): boolean => {
  const flag = text.toLowerCase()
  if (flag !== 'true' && flag !== 'false') throw refusals.badRequest(`'${text}' is not a value of ${what}; it must be true or false.`)
  return flag === 'true'
}

/**
 * `encryptExtracts` of Update Workbook and Update Data Source, their only attribute here. It counts where the site's mode is
 * `enabled`; what another mode answers is inferred. Returns whether anything changed.
 */
export const setEncryption = (call: SignedInCall, item: ContentItem): boolean => {
  const { membership, site } = call.session
  const wanted = childOf(call.body(), item.kind)
  if (wanted === undefined) throw refusals.badRequest(`Payload is either malformed or incomplete: the ${item.kind} is missing.`)
  const text = wanted.attributes.get('encryptExtracts')
  if (!maySetEncryption(membership, item)) throw refusals.forbidden(`You do not have the permission to set the encryption of '${item.name}'.`)
  if (text === undefined) return false
  const encrypt = readFlag(text, 'encryptExtracts')
  if (site.extractEncryptionMode !== 'enabled') throw refusals.extractOperation(`The extract encryption mode of the site is '${site.extractEncryptionMode}', so it cannot be set for one item.`)
  const applied = item.encryptExtracts !== encrypt
  item.encryptExtracts = encrypt
  return applied
}
