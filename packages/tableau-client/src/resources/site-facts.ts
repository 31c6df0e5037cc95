import type { Site } from '@refreshboard/api-types'
import { optionalFlag, optionalText, optionalWord, requiredLuid, requiredText, requiredWord, type XmlElement } from '../xml/element.ts'

/** What Query Site tells of the session's site beyond the contract's; each is absent where the user is not told. */
export type SiteFacts = Site & {
  /** Whether refreshes can be run by hand. */
  readonly runNowEnabled?: boolean
  /** The IANA zone in which tasks of Tableau Cloud run. */
  readonly timeZone?: string
  /** `enforced`, `enabled` or `disabled` (extract and encryption reference, § About Extract Encryption); an open set. */
  readonly extractEncryptionMode?: string
}

/** A `<site>` of a list. */
export const decodeSite = (site: XmlElement): Site => ({
  id: requiredLuid(site, 'id'),
  name: requiredWord(site, 'name'),
  contentUrl: requiredText(site, 'contentUrl'),
  ...optionalText(site, 'state'),
})

/** A `<site>` by itself. */
export const decodeSiteFacts = (site: XmlElement): SiteFacts => ({
  ...decodeSite(site),
  ...optionalFlag(site, 'runNowEnabled'),
  ...optionalWord(site, 'timeZone'),
  ...optionalWord(site, 'extractEncryptionMode'),
})
