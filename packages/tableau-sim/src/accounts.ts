import type { Random } from './random.ts'
import type { Site } from './site.ts'

export type SiteRole = 'ServerAdministrator' | 'SiteAdministratorCreator' | 'Creator' | 'ExplorerCanPublish' | 'Explorer' | 'Viewer' | 'Unlicensed'

/** What an account is on one site. Tableau gives a person another user LUID on every site. */
export interface Membership {
  readonly site: Site
  readonly userId: string
  siteRole: SiteRole
}

export interface Account {
  readonly name: string
  readonly password: string
  readonly fullName: string
  readonly memberships: readonly Membership[]
}

export interface PersonalAccessToken {
  readonly name: string
  readonly secret: string
  readonly owner: Account
}

interface Seat {
  readonly name: string
  readonly fullName: string
  readonly onDefault: SiteRole
  readonly onFinance?: SiteRole
}

const seats: readonly Seat[] = [
  { name: 'admin', fullName: 'Ada Minsk', onDefault: 'ServerAdministrator', onFinance: 'ServerAdministrator' },
  { name: 'site-admin', fullName: 'Sinead Adler', onDefault: 'SiteAdministratorCreator', onFinance: 'SiteAdministratorCreator' },
  { name: 'creator', fullName: 'Carla Ortega', onDefault: 'Creator', onFinance: 'Creator' },
  { name: 'leader', fullName: 'Lee Adeyemi', onDefault: 'ExplorerCanPublish' },
  { name: 'explorer', fullName: 'Elif Explorova', onDefault: 'Explorer' },
  { name: 'viewer', fullName: 'Vito Viewer', onDefault: 'Viewer', onFinance: 'Viewer' },
]

/** The accounts of every scenario: password = name. `admin` owns the personal access token `demo-pat`. */
export const createAccounts = (random: Random, defaultSite: Site, finance: Site): { accounts: Account[]; tokens: PersonalAccessToken[] } => {
  const accounts = seats.map((seat): Account => {
    const memberships: Membership[] = [{ site: defaultSite, userId: random.luid(), siteRole: seat.onDefault }]
    if (seat.onFinance !== undefined) memberships.push({ site: finance, userId: random.luid(), siteRole: seat.onFinance })
    return { name: seat.name, password: seat.name, fullName: seat.fullName, memberships }
  })
  const tokens = accounts
    .filter((account) => account.name === 'admin')
    .map((owner): PersonalAccessToken => ({ name: 'demo-pat', secret: 'demo-pat-secret', owner }))
  return { accounts, tokens }
}
