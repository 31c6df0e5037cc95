import { adding, newCloudTask, newSchedule, requests } from './reference-errors.requests.ts'
import { common, nowhere } from './reference-errors.setting.ts'
import type { Ask, Provocation, Setting } from './reference-errors.setting.ts'

const requestOf = (title: string) => (on: Setting): Ask => {
  const make = requests[title]
  if (make === undefined) throw new Error(`There is no request for “${title}”.`)
  return make(on)
}

/** The request of a method by somebody else. */
const by =
  (name: string, title: string): Provocation =>
  async (on) =>
    on.ask(requestOf(title)(on), { token: (await on.as(name)).token })

/** The request of a method with something else in it. */
const but =
  (title: string, change: (ask: Ask, on: Setting) => Partial<Ask>): Provocation =>
  (on) => {
    const ask = requestOf(title)(on)
    return on.ask({ ...ask, ...change(ask, on) })
  }

/** The request of a method for an id that nothing has. */
const forNobody = (title: string): Provocation => but(title, (ask) => ({ path: (site) => ask.path(site).replace(/[\da-f-]{36}(?=[^/]*(\/[A-Za-z]+)?$)/, nowhere) }))
const page = (title: string, search: string): Provocation => but(title, (ask) => ({ path: (site) => `${ask.path(site)}?${search}` }))

const addWorkbook = 'Add Workbook to Server Schedule'
const addDatasource = 'Add Data Source to Server Schedule'
const create = 'Create Server Schedule'
const update = 'Update Server Schedule'
const remove = 'Delete Server Schedule'
const extractsOf = 'List Extract Refresh Tasks in Server Schedule'
const list = 'List Server Schedules'
const run = 'Run Extract Refresh Task'
const createTask = 'Create Cloud Extract Refresh Task'
const updateTask = 'Update Cloud Extract Refresh Task'
const deleteAcceleration = 'Delete Data Acceleration Task'
const workbookExtract = 'Create Extracts for Embedded Data Sources in a Workbook'
const datasourceExtract = 'Create an Extract for a Data Source'
const deleteWorkbookExtract = 'Delete Extracts of Embedded Data Sources from a Workbook'
const deleteDatasourceExtract = 'Delete the Extract from a Data Source'

const connection = { kind: 'virtualConnection', id: nowhere, name: 'Orders' } as const
/** Half an hour too many between start and end. */
const uneven = '<schedule frequency="Daily"><frequencyDetails start="18:30:00" end="23:00:00"><intervals><interval hours="4"/><interval weekDay="Sunday"/></intervals></frequencyDetails></schedule>'
const renamed = (name: string): string => `<tsRequest><schedule name="${name}"/></tsRequest>`
const fileBased = { connectionType: 'excel-direct', hasExtracts: false } as const

const withTask = (title: string, taskId: (on: Setting) => string): Provocation =>
  (on) => {
    const ask = requestOf(title)(on)
    const id = taskId(on)
    return on.ask({ ...ask, path: (site) => ask.path(site).replace(/extractRefreshes\/[\da-f-]{36}/, `extractRefreshes/${id}`) })
  }

/** What only one method answers so, by its title and what is printed there. Two rows that are the same take two ways. */
const special: Readonly<Record<string, readonly Provocation[]>> = {
  [`${addDatasource} 403 403032`]: [by('creator', addDatasource)],
  [`${addDatasource} 404 404004`]: [but(addDatasource, () => ({ body: adding('datasource', nowhere) }))],
  [`${addDatasource} 500 500000`]: [forNobody(addDatasource)],
  [`${addWorkbook} 403 403032`]: [by('creator', addWorkbook)],
  [`${addWorkbook} 404 404006`]: [but(addWorkbook, () => ({ body: adding('workbook', nowhere) }))],
  [`${addWorkbook} 500 500000`]: [forNobody(addWorkbook)],
  'Cancel Job 403 403032': [by('creator', 'Cancel Job')],
  'Cancel Job 403 403091': [
    (on) => {
      const { id } = on.sim.world.addJob('', { jobType: 'refresh_extracts', status: 'Success' })
      return on.ask({ method: 'PUT', path: (site) => `/sites/${site}/jobs/${id}` })
    },
  ],
  [`${create} 400 400064`]: [but(create, () => ({ body: newSchedule('').replace('name="New"', 'name="Simulated: 400064"') }))],
  [`${create} 400 409004`]: [but(create, () => ({ body: newSchedule('').replace('frequency="Daily"', 'frequency="Hourly"') }))],
  [`${create} 409 409021`]: [
    (on) => {
      on.schedule({ name: 'New' })
      return on.ask(requestOf(create)(on))
    },
  ],
  [`${deleteAcceleration} 403 409087`]: [by('viewer', deleteAcceleration), by('creator', deleteAcceleration)],
  [`${deleteAcceleration} 404 404026`]: [forNobody(deleteAcceleration)],
  [`${remove} 400 400059`]: [
    (on) => {
      const id = on.schedule({ name: 'Simulated: 400059' })
      return on.ask({ method: 'DELETE', path: () => `/schedules/${id}` })
    },
  ],
  [`${remove} 404 404023`]: [forNobody(remove)],
  'Get Data Acceleration Tasks in a Site 403 409087': [by('creator', 'Get Data Acceleration Tasks in a Site')],
  'Get Extract Refresh Task 403 403004': [by('creator', 'Get Extract Refresh Task')],
  'Get Extract Refresh Task 404 404026': [withTask('Get Extract Refresh Task', (on) => on.task({ content: connection }).id)],
  'Get Server Schedule 404 404027': [forNobody('Get Server Schedule')],
  [`${extractsOf} 400 400006`]: [page(extractsOf, 'pageNumber=9')],
  [`${extractsOf} 400 400007`]: [page(extractsOf, 'pageSize=0')],
  [`${extractsOf} 400 400047`]: [
    (on) => {
      const id = on.schedule({ type: 'Subscription' })
      return on.ask({ method: 'GET', path: (site) => `/sites/${site}/schedules/${id}/extracts` })
    },
  ],
  [`${extractsOf} 403 403014`]: [page(extractsOf, 'pageSize=1001')],
  [`${extractsOf} 404 404`]: [forNobody(extractsOf)],
  'Query Job 404 404018': [forNobody('Query Job')],
  [`${list} 400 400006`]: [page(list, 'pageNumber=x')],
  [`${list} 400 400007`]: [page(list, 'pageSize=x')],
  [`${list} 403 403014`]: [page(list, 'pageSize=1001')],
  [`${run} 403 403004`]: [by('creator', run)],
  [`${run} 403 403047`]: [withTask(run, (on) => on.task({ kind: 'runFlow' }).id)],
  [`${run} 404 404026`]: [forNobody(run)],
  [`${run} 409 409093`]: [
    async (on) => {
      const ask = requestOf(run)(on)
      await on.ask(ask)
      return await on.ask(ask)
    },
  ],
  [`${update} 400 400008`]: [but(update, () => ({ body: '<tsRequest><schedule priority="101"/></tsRequest>' }))],
  [`${update} 400 400071`]: [but(update, () => ({ body: renamed('Simulated: 400071') }))],
  [`${update} 404 404023`]: [forNobody(update)],
  [`${update} 409 409021`]: [
    but(update, (_ask, on) => {
      on.schedule({ name: 'Taken' })
      return { body: renamed('Taken') }
    }),
  ],
  [`${createTask} 404 404026`]: [but(createTask, (_ask, on) => ({ body: newCloudTask(on.item('workbook', { hasExtracts: false }).id) }))],
  [`${createTask} 409 409004`]: [but(createTask, (_ask, on) => ({ body: newCloudTask(on.item('workbook').id, uneven) }))],
  [`${updateTask} 403 403004`]: [by('creator', updateTask)],
  [`${updateTask} 404 404026`]: [forNobody(updateTask)],
  [`${updateTask} 409 409004`]: [but(updateTask, () => ({ body: `<tsRequest>${uneven}</tsRequest>` }))],
  'Delete Extract Refresh Task 404 404026': [forNobody('Delete Extract Refresh Task')],
  'Delete Extract Refresh Task 405 405000': [but('Delete Extract Refresh Task', () => ({ method: 'PUT' }))],
  [`${workbookExtract} 409 409070`]: [
    (on) => {
      const { id } = on.item('workbook', fileBased)
      return on.ask({ method: 'POST', path: (site) => `/sites/${site}/workbooks/${id}/createExtract`, body: '<tsRequest><datasources includeAll="true"/></tsRequest>' })
    },
  ],
  [`${datasourceExtract} 409 409070`]: [
    (on) => {
      const { id } = on.item('datasource', fileBased)
      return on.ask({ method: 'POST', path: (site) => `/sites/${site}/datasources/${id}/createExtract` })
    },
  ],
  [`${deleteWorkbookExtract} 409 409070`]: [
    (on) => {
      const { id } = on.item('workbook', { ...fileBased, hasExtracts: true })
      return on.ask({ method: 'POST', path: (site) => `/sites/${site}/workbooks/${id}/deleteExtract`, body: '<tsRequest><datasources includeAll="true"/></tsRequest>' })
    },
  ],
  [`${deleteDatasourceExtract} 409 409070`]: [
    (on) => {
      const { id } = on.item('datasource', { ...fileBased, hasExtracts: true })
      return on.ask({ method: 'POST', path: (site) => `/sites/${site}/datasources/${id}/deleteExtract` })
    },
  ],
}

const ofAll: Readonly<Record<string, (request: (on: Setting) => Ask) => Provocation>> = {
  '400 400000': common.malformed,
  '401 401002': common.deadToken,
  '404 404000': common.unknownSite,
  '404 405000': common.wrongVerb,
  '405 40500': common.wrongVerb,
  '405 405000': common.wrongVerb,
}

/** The ways to get an error of a method, as often as it is printed. */
export const provocationsOf = (title: string, printed: string): readonly Provocation[] => {
  const own = special[`${title} ${printed}`]
  if (own !== undefined) return own
  const shared = ofAll[printed]
  return shared === undefined ? [] : [shared(requestOf(title))]
}

/** Those that are for one row alone, so that none is left over. */
export const specialRows: readonly string[] = Object.keys(special)
