import { luidSchema, type ContentDetail, type Permission, type Session, type SiteDetail } from '@refreshboard/api-types'
import { kindWords } from '../../lib/task-words.ts'

/** Why not, in a sentence for people; absent where it can be done. It only shapes the page: Tableau decides again on every call. */
type WhyNot = string | undefined

const refusal = (permission: Permission): WhyNot => (permission.allowed ? undefined : permission.reason)

type Item = Pick<ContentDetail, 'id' | 'kind' | 'hasExtracts' | 'manage' | 'setEncryption'>

const managed = (item: Item, { can }: Pick<Session, 'can'>): WhyNot =>
  refusal(can.manageExtracts) ?? refusal(item.manage) ?? (luidSchema.safeParse(item.id).success ? undefined : 'Tableau gave it an id that it does not accept back.')

/** A workbook may have extracts of some of its data sources and not of others; a data source has one or none. */
export const whyNotCreate = (item: Item, session: Pick<Session, 'can'>, site: Pick<SiteDetail, 'runNow'> | undefined): WhyNot =>
  managed(item, session) ?? (site === undefined ? undefined : refusal(site.runNow)) ?? (item.kind === 'datasource' && item.hasExtracts === true ? 'It has its extract already.' : undefined)

export const whyNotDelete = (item: Item, session: Pick<Session, 'can'>): WhyNot =>
  managed(item, session) ?? (item.hasExtracts === false ? `It has no extract: the ${kindWords[item.kind].toLowerCase()} asks its data live.` : undefined)

/** By a mode other than `enabled` it is settled for every item (extract reference, § About Extract Encryption). */
export const settledByMode = (mode: string | undefined): WhyNot => {
  if (mode === 'enforced') return 'The site enforces encryption: every extract is encrypted, and no single one can be left out.'
  return mode === 'disabled' ? 'Extract encryption is disabled on this site: no extract is encrypted, and no single one can be.' : undefined
}

export const whyNotSetEncryption = ({ id, setEncryption }: Pick<ContentDetail, 'id' | 'setEncryption'>): WhyNot =>
  refusal(setEncryption) ?? (luidSchema.safeParse(id).success ? undefined : 'Tableau gave it an id that it does not accept back.')
