import type { JobContent } from '../jobs.ts'
import type { Random } from '../random.ts'

/** Something on a site that jobs work on. */
export interface CatalogItem {
  readonly content: JobContent
  readonly project: string
}

const workbooks: readonly (readonly [string, string])[] = [
  ['Superstore', 'Samples'],
  ['Regional Sales', 'Sales'],
  ['Pipeline by Stage', 'Sales'],
  ['Win–Loss Analysis', 'Sales'],
  ['Territory Coverage', 'Sales'],
  ['Quota Attainment', 'Sales'],
  ['Campaign Performance', 'Marketing'],
  ['Web Traffic & Conversion', 'Marketing'],
  ['Email Engagement', 'Marketing'],
  ['Attribution Model', 'Marketing'],
  ['On-Time Delivery', 'Supply Chain'],
  ['Inventory Turns', 'Supply Chain'],
  ['Warehouse Utilisation', 'Supply Chain'],
  ['Supplier Scorecard', 'Supply Chain'],
  ['Freight Cost per Lane', 'Supply Chain'],
  ['Headcount Overview', 'People'],
  ['Attrition & Hiring', 'People'],
  ['Engagement Survey 2026', 'People'],
  ['Ticket Backlog', 'Customer Support'],
  ['First Response Time', 'Customer Support'],
  ['CSAT by Queue', 'Customer Support'],
  ['Plant OEE', 'Manufacturing'],
  ['Scrap & Rework', 'Manufacturing'],
  ['Energy Consumption', 'Manufacturing'],
  ['Executive Summary', 'Leadership'],
  ['Board Pack “Q1”', 'Leadership'],
  ['Weekly Business Review', 'Leadership'],
  ['Server Health', 'Admin Insights'],
  ['Ventas México y España', 'Sales'],
  ['Lieferfähigkeit Werk Köln', 'Supply Chain'],
]

const datasources: readonly (readonly [string, string])[] = [
  ['Orders (Snowflake)', 'Certified Data'],
  ['Customers 360', 'Certified Data'],
  ['Product Master', 'Certified Data'],
  ['Web Events', 'Marketing'],
  ['Google Ads Spend', 'Marketing'],
  ['Salesforce Opportunities', 'Sales'],
  ['Shipments', 'Supply Chain'],
  ['Purchase Orders (SAP)', 'Supply Chain'],
  ['Sensor Readings', 'Manufacturing'],
  ['Zendesk Tickets', 'Customer Support'],
  ['Workday Employees', 'People'],
  ['TS Background Tasks', 'Admin Insights'],
]

const bridged: readonly (readonly [string, string])[] = [
  ['Plant Historian (on-prem SQL Server)', 'Manufacturing'],
  ['Warehouse Scans (Oracle)', 'Supply Chain'],
  ['Shared Drive Forecast.xlsx', 'Sales'],
  ['AS/400 Price List', 'Certified Data'],
]

const flows: readonly (readonly [string, string])[] = [
  ['Clean Orders', 'Data Preparation'],
  ['Merge Web & CRM', 'Data Preparation'],
  ['Deduplicate Customers', 'Data Preparation'],
  ['Currency Conversion', 'Data Preparation'],
  ['Nightly Snapshot', 'Data Preparation'],
]

const finance: readonly (readonly [string, string])[] = [
  ['P&L by Cost Center', 'Controlling'],
  ['Cash Forecast', 'Treasury'],
  ['Accounts Receivable Aging', 'Controlling'],
  ['Budget vs. Actuals', 'Controlling'],
  ['Month-End Close', 'Accounting'],
]

export interface Catalog {
  readonly workbooks: readonly CatalogItem[]
  readonly datasources: readonly CatalogItem[]
  readonly bridged: readonly CatalogItem[]
  readonly flows: readonly CatalogItem[]
  readonly finance: readonly CatalogItem[]
}

/** The content of the simulated server, with ids from the seed. */
export const createCatalog = (random: Random): Catalog => {
  const items = (kind: JobContent['kind'], names: readonly (readonly [string, string])[]): CatalogItem[] =>
    names.map(([name, project]) => ({ content: { kind, id: random.luid(), name }, project }))
  return {
    workbooks: items('workbook', workbooks),
    datasources: items('datasource', datasources),
    bridged: items('datasource', bridged),
    flows: items('flow', flows),
    finance: items('workbook', finance),
  }
}

/** `args` of a job as Tableau keeps it: YAML with the kind, a number and the name. */
export const argsOf = (content: JobContent): string => `---\n- ${content.kind === 'datasource' ? 'Datasource' : content.kind === 'flow' ? 'Flow' : 'Workbook'}\n- ${parseInt(content.id.slice(0, 6), 16)}\n- ${content.name}\n`
