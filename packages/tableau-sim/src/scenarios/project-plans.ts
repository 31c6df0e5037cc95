import type { ContentPermissions } from '../content.ts'

/** A project to lay out; those above it come before it. */
export interface ProjectPlan {
  /** Its names from the top: `Sales/EMEA`. */
  readonly path: string
  readonly description?: string
  /** Account names. */
  readonly owner: string
  readonly leaders?: readonly string[]
  readonly contentPermissions?: ContentPermissions
  /** Not open to All Users. */
  readonly closed?: true
}

const automatic = 'The default project that was automatically created by Tableau.'

/** `leader` leads Sales and so everything below it. Two projects share a name, and one is closed to all but its leaders. */
export const homeProjects: readonly ProjectPlan[] = [
  { path: 'default', owner: 'admin', description: automatic },
  { path: 'Samples', owner: 'admin', description: 'This project includes automatically uploaded samples.' },
  { path: 'Sales', owner: 'site-admin', leaders: ['leader'], description: 'Pipeline, bookings & quota' },
  { path: 'Sales/EMEA', owner: 'site-admin', description: 'Everything from the UK to Dubai' },
  { path: 'Sales/EMEA/DACH', owner: 'mbauer', description: 'Österreich, Schweiz, Süddeutschland' },
  { path: 'Sales/Archive', owner: 'site-admin', contentPermissions: 'LockedToProject' },
  { path: 'Marketing', owner: 'site-admin', leaders: ['afonseca'] },
  { path: 'Marketing/Archive', owner: 'site-admin' },
  { path: 'Supply Chain', owner: 'site-admin', leaders: ['dnovak'] },
  { path: 'People', owner: 'site-admin', contentPermissions: 'LockedToProject', closed: true, description: 'Personal data: members of HR only' },
  { path: 'Customer Support', owner: 'site-admin' },
  { path: 'Manufacturing', owner: 'site-admin', leaders: ['dnovak'] },
  { path: 'Leadership', owner: 'admin' },
  { path: 'Admin Insights', owner: 'admin', contentPermissions: 'LockedToProjectWithoutNested' },
  { path: 'Certified Data', owner: 'admin', contentPermissions: 'LockedToProject', description: 'Reviewed by the data office.\nChanges by request only.' },
  { path: 'Certified Data/Staging', owner: 'admin', contentPermissions: 'LockedToProject' },
  { path: 'Data Preparation', owner: 'svc-publish' },
  { path: '実験室 🧪', owner: 'ytanaka', description: 'サンドボックス — “try things here”' },
]

export const financeProjects: readonly ProjectPlan[] = [
  { path: 'default', owner: 'admin', description: automatic },
  { path: 'Controlling', owner: 'site-admin' },
  { path: 'Controlling/Month end', owner: 'site-admin', contentPermissions: 'LockedToProject' },
  { path: 'Treasury', owner: 'site-admin' },
  { path: 'Accounting', owner: 'admin' },
]
