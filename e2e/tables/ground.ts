import type { RefreshTask, TableauSim } from '@refreshboard/tableau-sim'
import type { AccountName, Whose } from './roles.ts'

type ContentItem = ReturnType<ReturnType<TableauSim['world']['site']>['addContent']>

let made = 0
/** No two names are the same. */
const numbered = (what: string): string => `${what} ${(made += 1)}`

const nightly = { frequency: 'Daily', start: '02:15:00', end: '02:15:00', intervals: [{ hours: '24' }, { weekDay: 'Monday' }] }

/**
 * Lays out what an account owns, or somebody else does: for the leader content of others in the led project, for the others content
 * of theirs in a project that is open to all; and foreign is what a colleague has in a project that nobody of the table leads.
 */
export const createGround = ({ world, flavor }: Pick<TableauSim, 'world'> & { flavor: 'server' | 'cloud' }) => {
  const site = world.site()
  const userId = (name: string): string => {
    const membership = world.account(name).memberships.find((candidate) => candidate.site === site)
    if (membership === undefined) throw new Error(`${name} is not on the site.`)
    return membership.userId
  }
  const colleague = userId('mbauer')
  const led = site.addProject({ name: numbered('Led'), ownerId: colleague, leaderUserIds: [userId('leader')] })
  const open = site.addProject({ name: numbered('Open'), ownerId: colleague })

  const item = (kind: 'workbook' | 'datasource', account: AccountName, whose: Whose, hasExtracts = true, more: Partial<Parameters<typeof site.addContent>[0]> = {}): ContentItem => {
    const own = whose === 'own'
    const leads = own && account === 'leader'
    return site.addContent({ kind, name: numbered(`${whose} ${kind} of ${account}`), ownerId: own && !leads ? userId(account) : colleague, project: leads ? led : open, hasExtracts, ...more })
  }
  /** With one data source that has an extract, and one of which one can be made. */
  const halfExtracted = (account: AccountName, whose: Whose): ContentItem => item('workbook', account, whose, true, { datasources: [{ name: 'Orders' }, { name: 'Targets', hasExtract: false }] })
  const task = (account: AccountName, whose: Whose): RefreshTask => {
    const content = item('workbook', account, whose)
    return world.addTask(site.id, flavor === 'cloud' ? { content, times: nightly } : { content, schedule: schedule() })
  }
  const schedule = (type: 'Extract' | 'DataAcceleration' = 'Extract') => world.addSchedule({ name: numbered('Nightly'), type, frequency: 'Daily', start: '02:00:00', intervals: [] })
  const job = () => world.addJob(site.id, { jobType: 'refresh_extracts', title: numbered('Held'), status: 'Pending', held: true })
  const acceleration = () => world.addTask(site.id, { kind: 'dataAcceleration', content: item('workbook', 'admin', 'foreign'), schedule: schedule('DataAcceleration') })
  return { item, halfExtracted, task, schedule, job, acceleration }
}
export type Ground = ReturnType<typeof createGround>
