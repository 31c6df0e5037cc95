import type { Account, Membership } from './accounts.ts'
import type { RowField } from './fields.ts'
import { optionalInstant } from './instant.ts'
import type { Site } from './site.ts'

/** Somebody on a site. */
export interface SiteUser {
  readonly account: Account
  readonly membership: Membership
}

export const usersOf = (accounts: readonly Account[], site: Site): SiteUser[] =>
  accounts.flatMap((account) => account.memberships.filter((membership) => membership.site === site).map((membership) => ({ account, membership })))

/** The users of a site by their ids there. */
export const usersById = (accounts: readonly Account[], site: Site): ReadonlyMap<string, SiteUser> =>
  new Map(usersOf(accounts, site).map((user) => [user.membership.userId, user]))

export interface Owned {
  readonly ownerId: string
  /** Undefined where the owner is not on the site any more. */
  readonly owner: SiteUser | undefined
}

/** `<owner>`: its id by default, the rest only when asked for. */
export const ownerFields: readonly RowField<Owned>[] = [
  { name: 'owner.id', byDefault: true, read: ({ ownerId }) => ownerId },
  { name: 'owner.name', byDefault: false, read: ({ owner }) => owner?.account.name },
  { name: 'owner.fullName', byDefault: false, read: ({ owner }) => owner?.account.fullName },
  { name: 'owner.email', byDefault: false, read: ({ owner }) => owner?.account.email },
  { name: 'owner.siteRole', byDefault: false, read: ({ owner }) => owner?.membership.siteRole },
  { name: 'owner.lastLogin', byDefault: false, read: ({ owner }) => optionalInstant(owner?.account.lastLoginAt) },
]
