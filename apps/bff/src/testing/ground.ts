import type { TableauSim } from '@refreshboard/tableau-sim'

type Site = ReturnType<TableauSim['world']['site']>

/** A workbook or a data source of the simulator. */
export type SimContent = ReturnType<Site['addContent']>

let made = 0
/** No two names are the same. */
const numbered = (what: string): string => `${what} ${(made += 1)}`

/** What a test of content puts on the first site of a simulator. */
export const groundOf = ({ world }: TableauSim) => {
  const site = world.site()
  const userId = (account: string): string => world.account(account).memberships.find((membership) => membership.site === site)?.userId ?? ''
  const project = (spec: Partial<Parameters<Site['addProject']>[0]> = {}) => site.addProject({ name: numbered('Project'), ownerId: userId('admin'), ...spec })
  const open = project()
  /** With an extract, of `admin`, in a project that nobody of the other accounts leads. */
  const item = (kind: 'workbook' | 'datasource', spec: Partial<Parameters<Site['addContent']>[0]> = {}): SimContent =>
    site.addContent({ kind, name: numbered(`Some ${kind}`), ownerId: userId('admin'), project: open, ...spec })
  return { site, userId, project, item }
}
