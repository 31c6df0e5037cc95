import type { listWorkbookDatasources, OutputOf } from '@refreshboard/api-types'
import type { WorkbookConnection } from '@refreshboard/tableau-client'

type Datasource = OutputOf<typeof listWorkbookDatasources>['datasources'][number]

/** A row for each data source, in the order of Tableau's connections, of which one data source can have several. */
export const datasourcesOf = (connections: readonly WorkbookConnection[]): Datasource[] => {
  const byId = new Map<string, Datasource>()
  for (const { datasource, type } of connections) {
    if (datasource === undefined) continue
    const row = byId.get(datasource.id) ?? { ...datasource, connectionTypes: [] }
    if (type !== undefined && !row.connectionTypes.includes(type)) row.connectionTypes.push(type)
    byId.set(datasource.id, row)
  }
  return [...byId.values()]
}
