import type { Ask, Setting } from './reference-errors.setting.ts'

const request = (inner: string): string => `<tsRequest>${inner}</tsRequest>`

export const newSchedule = (attributes: string, details = '<frequencyDetails start="03:00:00"/>'): string =>
  request(`<schedule name="New" priority="50" type="Extract" frequency="Daily" executionOrder="Parallel" ${attributes}>${details}</schedule>`)
export const adding = (kind: 'workbook' | 'datasource', id: string): string => request(`<task><extractRefresh><${kind} id="${id}"/></extractRefresh></task>`)
const weekly = '<schedule frequency="Weekly"><frequencyDetails start="18:30:00"><intervals><interval weekDay="Monday"/></intervals></frequencyDetails></schedule>'
export const newCloudTask = (id: string, schedule = weekly): string => request(`<extractRefresh type="FullRefresh"><workbook id="${id}"/></extractRefresh>${schedule}`)
const everything = request('<datasources includeAll="true"/>')

/** One request for each method of the references that would do, on things laid out for it; by the method's title. */
export const requests: Readonly<Record<string, (on: Setting) => Ask>> = {
  'Add Data Source to Server Schedule': (on) => {
    const [schedule, { id }] = [on.schedule(), on.item('datasource')]
    return { method: 'PUT', path: (site) => `/sites/${site}/schedules/${schedule}/datasources`, body: adding('datasource', id) }
  },
  'Add Workbook to Server Schedule': (on) => {
    const [schedule, { id }] = [on.schedule(), on.item('workbook')]
    return { method: 'PUT', path: (site) => `/sites/${site}/schedules/${schedule}/workbooks`, body: adding('workbook', id) }
  },
  'Cancel Job': (on) => {
    const { id } = on.sim.world.addJob('', { jobType: 'refresh_extracts', held: true })
    return { method: 'PUT', path: (site) => `/sites/${site}/jobs/${id}` }
  },
  'Create Server Schedule': () => ({ method: 'POST', path: () => '/schedules', body: newSchedule('') }),
  'Delete Data Acceleration Task': (on) => {
    const { id } = on.task({ kind: 'dataAcceleration' })
    return { method: 'DELETE', path: (site) => `/sites/${site}/tasks/dataAcceleration/${id}` }
  },
  'Delete Server Schedule': (on) => {
    const schedule = on.schedule()
    return { method: 'DELETE', path: () => `/schedules/${schedule}` }
  },
  'Get Data Acceleration Tasks in a Site': () => ({ method: 'GET', path: (site) => `/sites/${site}/tasks/dataAcceleration` }),
  'Get Extract Refresh Task': (on) => {
    const { id } = on.task()
    return { method: 'GET', path: (site) => `/sites/${site}/tasks/extractRefreshes/${id}` }
  },
  'List Extract Refresh Tasks in Site': () => ({ method: 'GET', path: (site) => `/sites/${site}/tasks/extractRefreshes` }),
  'Get Server Schedule': (on) => {
    const schedule = on.schedule()
    return { method: 'GET', path: () => `/schedules/${schedule}` }
  },
  'List Extract Refresh Tasks in Server Schedule': (on) => {
    const schedule = on.schedule()
    return { method: 'GET', path: (site) => `/sites/${site}/schedules/${schedule}/extracts` }
  },
  'Query Job': (on) => {
    const { id } = on.sim.world.addJob('', { jobType: 'refresh_extracts', held: true })
    return { method: 'GET', path: (site) => `/sites/${site}/jobs/${id}` }
  },
  'Query Jobs': () => ({ method: 'GET', path: (site) => `/sites/${site}/jobs` }),
  'List Server Schedules': () => ({ method: 'GET', path: () => '/schedules' }),
  'Run Extract Refresh Task': (on) => {
    const { id } = on.task()
    return { method: 'POST', path: (site) => `/sites/${site}/tasks/extractRefreshes/${id}/runNow`, body: request('') }
  },
  'Update Server Schedule': (on) => {
    const schedule = on.schedule()
    return { method: 'PUT', path: () => `/schedules/${schedule}`, body: request('<schedule priority="51"/>') }
  },
  'Create Cloud Extract Refresh Task': (on) => ({ method: 'POST', path: (site) => `/sites/${site}/tasks/extractRefreshes`, body: newCloudTask(on.item('workbook').id) }),
  'Create Extracts for Embedded Data Sources in a Workbook': (on) => {
    const { id } = on.item('workbook', { hasExtracts: false })
    return { method: 'POST', path: (site) => `/sites/${site}/workbooks/${id}/createExtract`, body: everything }
  },
  'Create an Extract for a Data Source': (on) => {
    const { id } = on.item('datasource', { hasExtracts: false })
    return { method: 'POST', path: (site) => `/sites/${site}/datasources/${id}/createExtract` }
  },
  'Decrypt Extracts in a Site': () => ({ method: 'POST', path: (site) => `/sites/${site}/decrypt-extracts` }),
  'Delete Extracts of Embedded Data Sources from a Workbook': (on) => {
    const { id } = on.item('workbook')
    return { method: 'POST', path: (site) => `/sites/${site}/workbooks/${id}/deleteExtract`, body: everything }
  },
  'Delete the Extract from a Data Source': (on) => {
    const { id } = on.item('datasource')
    return { method: 'POST', path: (site) => `/sites/${site}/datasources/${id}/deleteExtract` }
  },
  'Delete Extract Refresh Task': (on) => {
    const { id } = on.task()
    return { method: 'DELETE', path: (site) => `/sites/${site}/tasks/extractRefreshes/${id}` }
  },
  'Encrypt Extracts in a Site': () => ({ method: 'POST', path: (site) => `/sites/${site}/encrypt-extracts` }),
  'Reencrypt Extracts in a Site': () => ({ method: 'POST', path: (site) => `/sites/${site}/reencrypt-extracts` }),
  'Update Cloud Extract Refresh Task': (on) => {
    const { id } = on.task()
    return { method: 'POST', path: (site) => `/sites/${site}/tasks/extractRefreshes/${id}`, body: request(weekly) }
  },
}
