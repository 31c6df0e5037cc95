import type { Random } from './random.ts'
import type { Site } from './site.ts'

export type SiteRole = 'ServerAdministrator' | 'SiteAdministratorCreator' | 'SiteAdministratorExplorer' | 'Creator' | 'ExplorerCanPublish' | 'Explorer' | 'Viewer' | 'Unlicensed'

/** What an account is on one site. Tableau gives a person another user LUID on every site. */
export interface Membership {
  readonly site: Site
  readonly userId: string
  siteRole: SiteRole
}

export interface Account {
  readonly name: string
  /** Undefined for those who only own content: they cannot sign in. */
  readonly password: string | undefined
  readonly fullName: string
  readonly email: string
  readonly memberships: readonly Membership[]
  /** When a session was last opened, on whichever site. */
  lastLoginAt: number | undefined
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

/**
 * Whom the content of the scenarios belongs to. They come after those who can sign in, so that nobody's id depends on how
 * many they are. `kfrey` has left the company: owning content outlives a licence.
 */
const colleagues: readonly Seat[] = [
  { name: 'mbauer', fullName: 'Marlene Bäuerle', onDefault: 'Creator', onFinance: 'Creator' },
  { name: 'cobrien', fullName: "Ciarán O'Brien", onDefault: 'Creator' },
  { name: 'ytanaka', fullName: '田中 陽子', onDefault: 'Creator' },
  { name: 'lhaddad', fullName: 'ليلى حداد', onDefault: 'ExplorerCanPublish', onFinance: 'ExplorerCanPublish' },
  { name: 'dnovak', fullName: 'Dušan Novák', onDefault: 'Creator' },
  { name: 'afonseca', fullName: 'Ana “Nita” da Fonseca & Sá', onDefault: 'ExplorerCanPublish' },
  { name: 'kfrey', fullName: 'Konrad Frey', onDefault: 'Unlicensed' },
  { name: 'rpatel', fullName: 'Rhea Patel', onDefault: 'Explorer', onFinance: 'Explorer' },
  { name: 'svc-publish', fullName: 'Publishing pipeline', onDefault: 'SiteAdministratorExplorer' },
]

/**
 * The accounts of every scenario: password = name; their colleagues have none. `admin` owns the personal access token `demo-pat`.
 * Without a second site it is Tableau Cloud, where nobody administers the server: its administrator is one of the site.
 */
export const createAccounts = (random: Random, home: Site, finance: Site | undefined): { accounts: Account[]; tokens: PersonalAccessToken[] } => {
  const roleOf = (role: SiteRole): SiteRole => (finance === undefined && role === 'ServerAdministrator' ? 'SiteAdministratorCreator' : role)
  const accounts = [...seats, ...colleagues].map((seat): Account => {
    const memberships: Membership[] = [{ site: home, userId: random.luid(), siteRole: roleOf(seat.onDefault) }]
    if (finance !== undefined && seat.onFinance !== undefined) memberships.push({ site: finance, userId: random.luid(), siteRole: seat.onFinance })
    return {
      name: seat.name,
      password: seats.includes(seat) ? seat.name : undefined,
      fullName: seat.fullName,
      email: `${seat.name}@corp.example`,
      memberships,
      lastLoginAt: undefined,
    }
  })
  const tokens = accounts
    .filter((account) => account.name === 'admin')
    .map((owner): PersonalAccessToken => ({ name: 'demo-pat', secret: 'demo-pat-secret', owner }))
  return { accounts, tokens }
}

/** One more account, on these sites. */
export const createAccount = (name: string, siteRole: SiteRole, password: string, sites: readonly Site[], random: Random): Account => ({
  name,
  password,
  fullName: name,
  email: `${name}@corp.example`,
  memberships: sites.map((site): Membership => ({ site, userId: random.luid(), siteRole })),
  lastLoginAt: undefined,
})
