import type { ContentSpec } from './content.ts'
import type { RefreshTask, ScheduleSpec, TableauSim, TaskSpec } from './index.ts'
import { readCredentials, send, signInBody, startStill, startStillCloud } from './test-client.ts'
import type { RawReply, SignedIn } from './test-client.ts'

export const nowhere = '00000000-0000-4000-8000-000000000000'

/** A request as any client could write it, below `/api/{version}`. */
export interface Ask {
  readonly method: string
  readonly path: (siteId: string) => string
  readonly body?: string
}

/** What a provocation needs: an empty server, and things to put on it. */
export interface Setting {
  readonly sim: TableauSim
  readonly admin: SignedIn
  /** Signs somebody else in. */
  readonly as: (name: string) => Promise<SignedIn>
  readonly ask: (request: Ask, by?: { readonly token?: string; readonly siteId?: string }) => Promise<RawReply>
  readonly schedule: (spec?: Partial<ScheduleSpec>) => string
  readonly item: (kind: 'workbook' | 'datasource', spec?: Partial<ContentSpec>) => ReturnType<ReturnType<TableauSim['world']['site']>['addContent']>
  readonly task: (spec?: Partial<TaskSpec>) => RefreshTask
}

/** One way to get an error, by the method's own title. */
export type Provocation = (on: Setting) => Promise<RawReply>

const nightly = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }

export const createSetting = async (flavor: 'server' | 'cloud', apiVersion: string): Promise<Setting> => {
  const sim = await (flavor === 'cloud' ? startStillCloud({ scenario: 'empty', apiVersion }) : startStill({ scenario: 'empty', apiVersion }))
  const contentUrl = flavor === 'cloud' ? 'demo' : ''
  const { world } = sim
  const site = world.site()
  const userId = (name: string): string => world.account(name).memberships.find((membership) => membership.site === site)?.userId ?? ''
  const project = site.addProject({ name: 'Open', ownerId: userId('admin') })
  const signIn = async (name: string): Promise<SignedIn> =>
    readCredentials((await send(sim, `/api/${apiVersion}/auth/signin`, { method: 'POST', body: signInBody(name, contentUrl) })).text)
  const admin = await signIn('admin')
  const item: Setting['item'] = (kind, spec = {}) => site.addContent({ kind, name: `A ${kind}`, ownerId: userId('admin'), project, ...spec })
  return {
    sim,
    admin,
    as: signIn,
    ask: ({ method, path, body }, { token = admin.token, siteId = admin.siteId } = {}) =>
      send(sim, `/api/${apiVersion}${path(siteId)}`, { method, token, ...(body === undefined ? {} : { body }) }),
    schedule: (spec = {}) => world.addSchedule({ name: 'Nightly', frequency: 'Daily', start: '02:00:00', intervals: [], ...spec }).id,
    item,
    task: (spec = {}) => world.addTask(site.id, { content: item('workbook'), ...(flavor === 'cloud' ? { times: nightly } : {}), ...spec }),
  }
}

const torn = '<tsRequest><'

/** The errors that every method answers alike, got from a request that would otherwise do. */
export const common = {
  malformed: (request: (on: Setting) => Ask): Provocation => (on) => on.ask({ ...request(on), body: torn }),
  deadToken: (request: (on: Setting) => Ask): Provocation => (on) => on.ask(request(on), { token: 'dead' }),
  unknownSite: (request: (on: Setting) => Ask): Provocation => (on) => on.ask(request(on), { siteId: nowhere }),
  wrongVerb: (request: (on: Setting) => Ask): Provocation => (on) => on.ask({ ...request(on), method: 'PATCH' }),
}
