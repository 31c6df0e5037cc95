import type { Shelves } from '../../shelves/shelves.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { siteWideResumables } from './site-wide.ts'
import { updateSiteResumable } from './update-site.ts'

/** The writes of this feature, as they are read back after a restart. */
export const siteResumables = (shelves: Shelves): Resumable[] => [updateSiteResumable(shelves), ...siteWideResumables()]
