import type { ContentSpec } from '../content.ts'
import type { Catalog, CatalogItem } from './catalog.ts'

/** Content to lay out. What is left out is drawn by chance. */
export interface ContentPlan extends Pick<ContentSpec, 'kind' | 'name' | 'id' | 'hasExtracts' | 'encryptExtracts' | 'isCertified' | 'tags' | 'description' | 'connectionType' | 'datasources'> {
  /** The path of its project; undefined in a personal space. */
  readonly project: string | undefined
  /** An account name. */
  readonly owner?: string
}

/** What `creator` owns, and nobody else. */
const ownedByCreator = new Set([
  'Campaign Performance',
  'Web Traffic & Conversion',
  'Ticket Backlog',
  'CSAT by Queue',
  'Web Events',
  'Google Ads Spend',
  'Cash Forecast',
])

/** The content that the jobs of a scenario work on, with the ids that those jobs have. */
export const plansOf = (items: readonly (CatalogItem | undefined)[]): ContentPlan[] =>
  items.flatMap((item): ContentPlan[] => {
    const kind = item?.content.kind
    if (item === undefined || (kind !== 'workbook' && kind !== 'datasource')) return []
    const { id, name } = item.content
    return [{ kind, id, name, project: item.project, hasExtracts: true, isCertified: item.project === 'Certified Data', ...(ownedByCreator.has(name) && { owner: 'creator' }) }]
  })

export const everyItem = ({ workbooks, datasources, bridged }: Catalog): CatalogItem[] => [...workbooks, ...datasources, ...bridged]

const workbook = (name: string, project: string | undefined, more: Partial<ContentPlan> = {}): ContentPlan => ({ kind: 'workbook', name, project, ...more })
const datasource = (name: string, project: string | undefined, more: Partial<ContentPlan> = {}): ContentPlan => ({ kind: 'datasource', name, project, ...more })

/** 120 characters: as long as a table can be expected to bear. */
const longName = 'Consolidated Quarterly Revenue, Cost and Contribution by Region, Segment, Channel and Product Family (Restated, Audited)'

/** Names that a page must bear, live connections, personal spaces, namesakes. */
const awkward: readonly ContentPlan[] = [
  workbook('Superstore', '実験室 🧪', { owner: 'ytanaka' }),
  workbook('Regional Sales', 'Sales/Archive', { owner: 'kfrey' }),
  workbook('Regional Sales', 'Marketing/Archive', { owner: 'kfrey', hasExtracts: false }),
  datasource('Orders (Snowflake)', 'Certified Data/Staging', { owner: 'svc-publish', connectionType: 'snowflake' }),
  workbook('“Top 10” — what’s hot', 'Marketing'),
  workbook(`"Straight" and 'single' quotes`, 'default'),
  workbook('Müller & Söhne <beta>', 'Sales/EMEA/DACH', { owner: 'mbauer', tags: ['Größe & Maß', 'beta'] }),
  workbook('Überfällige Rechnungen', 'Sales/EMEA/DACH', { owner: 'mbauer', hasExtracts: true, encryptExtracts: true, datasources: [{ name: 'Rechnungen (Köln)' }, { name: 'Mahnstufen & Fristen' }] }),
  workbook('売上ダッシュボード（週次）', '実験室 🧪', { owner: 'ytanaka' }),
  datasource('顧客マスタ', '実験室 🧪', { owner: 'ytanaka', connectionType: 'postgres' }),
  workbook('Launch readiness 🚀👩‍🚀', 'Leadership', { tags: ['🚀', 'board'] }),
  workbook('لوحة مبيعات الربع الأول', 'Sales/EMEA', { owner: 'lhaddad' }),
  workbook('דוח מלאי (Q1)', 'Supply Chain', { owner: 'lhaddad' }),
  workbook(longName, 'Leadership', { owner: 'afonseca' }),
  workbook('A/B tests; 50%? [draft]', 'Marketing', { owner: 'afonseca', hasExtracts: false }),
  workbook('Costs: plan, actuals + outlook', 'Leadership', { description: 'Second line\nfollows the first; a tab\tand “quotes” too.' }),
  workbook('Line status (live)', 'Manufacturing', { owner: 'dnovak', hasExtracts: false, connectionType: 'postgres' }),
  workbook('Call centre now (live)', 'Customer Support', { hasExtracts: false }),
  datasource('Inventory snapshot (live)', 'Supply Chain', { owner: 'dnovak', hasExtracts: false, connectionType: 'oracle' }),
  datasource('Salary Bands', 'People', { owner: 'rpatel', encryptExtracts: true, tags: ['confidential'] }),
  workbook('Carla’s scratchpad', undefined, { owner: 'creator', hasExtracts: true, datasources: [{ name: 'Plan & actuals' }, { name: 'Outlook (live)', hasExtract: false }] }),
  workbook('مسودة', undefined, { owner: 'lhaddad', hasExtracts: false }),
]

const targets = { name: 'Targets 2026.xlsx', connectionType: 'excel-direct' } as const

/** What somebody may want an extract of, or cannot have one of: in the project that `leader` leads, of `creator`, of others. */
const live: readonly ContentPlan[] = [
  workbook('Sell-through by Partner', 'Sales', { owner: 'cobrien', hasExtracts: false, connectionType: 'snowflake', datasources: [{ name: 'Partner Orders' }, { name: 'Partner Master' }, targets] }),
  datasource('Partner Orders (live)', 'Sales', { owner: 'cobrien', hasExtracts: false, connectionType: 'snowflake' }),
  datasource('Sales Targets.xlsx', 'Sales', { owner: 'lhaddad', hasExtracts: false, connectionType: 'excel-direct' }),
  workbook('Campaign Calendar', 'Marketing', { owner: 'creator', hasExtracts: false, connectionType: 'postgres', datasources: [{ name: 'Campaigns' }, { name: '“Always on” <budget>' }] }),
  workbook('Event Budget', 'Marketing', { owner: 'creator', hasExtracts: false, connectionType: 'excel-direct' }),
  datasource('Ad Impressions (live)', 'Marketing', { owner: 'creator', hasExtracts: false, connectionType: 'bigquery' }),
  workbook('Shift Planner', 'Manufacturing', { owner: 'dnovak', hasExtracts: false, connectionType: 'textscan', datasources: [{ name: 'Shifts.csv' }, { name: 'Absences.csv' }] }),
]

const regions = ['North America', 'LATAM', 'UK & Ireland', 'Nordics', 'DACH', 'France', 'Iberia', 'Japan', 'ANZ', 'India'] as const
const inEurope = new Set<string>(['UK & Ireland', 'Nordics', 'France', 'Iberia'])
const salesProject = (region: string): string => (region === 'DACH' ? 'Sales/EMEA/DACH' : inEurope.has(region) ? 'Sales/EMEA' : 'Sales')

/** What a company of ten regions has ten times. */
const regional: readonly ContentPlan[] = regions.flatMap((region, index) => [
  workbook(`Margin Bridge – ${region}`, salesProject(region), { tags: ['margin'] }),
  workbook(`Demand Forecast – ${region}`, 'Supply Chain', { tags: ['forecast', 'weekly'] }),
  workbook(`Churn – ${region}`, 'Customer Support'),
  workbook(`Service Level – ${region}`, 'Customer Support', { tags: ['weekly'] }),
  workbook(`Spend by Channel – ${region}`, 'Marketing'),
  datasource(`Bookings ${region}`, salesProject(region)),
  datasource(`Line ${index + 1} Telemetry`, 'Manufacturing', { connectionType: 'postgres' }),
])

/** More of the Default site than its jobs speak of. What is added goes to the end: the rest then stays as it was. */
export const furtherContent: readonly ContentPlan[] = [...awkward, ...regional, ...live]

export const furtherFinanceContent: readonly ContentPlan[] = [
  datasource('General Ledger', 'Accounting', { encryptExtracts: true, isCertified: true, connectionType: 'sapbw' }),
  datasource('FX Rates', 'Treasury', { owner: 'mbauer' }),
  workbook('Closing Calendar', 'Controlling/Month end', { owner: 'lhaddad', hasExtracts: false }),
  workbook('Accruals & Provisions', 'Controlling/Month end', { owner: 'creator' }),
]
