import type { Project } from '../content.ts'
import { createRandom } from '../random.ts'
import type { Random } from '../random.ts'
import type { Site } from '../site.ts'
import { membershipOf } from '../world.ts'
import type { World } from '../world.ts'
import type { ContentPlan } from './content-plans.ts'
import { financeProjects, homeProjects } from './project-plans.ts'
import type { ProjectPlan } from './project-plans.ts'

const dayMs = 86_400_000

const connectionTypes = ['sqlserver', 'sqlserver', 'snowflake', 'postgres', 'oracle', 'bigquery', 'excel-direct'] as const
const commonTags = ['daily', 'official', 'kpi', 'legacy'] as const

/**
 * Puts content into a site, together with the projects that it is in (`projects: 'all'`: every project of the site).
 * Draws from a stream of its own: what a scenario's jobs are does not depend on it.
 */
export const layOutContent = (world: World, siteKey: string, plans: readonly ContentPlan[], projects: 'all' | 'needed'): void => {
  const site = world.site(siteKey)
  const random = createRandom(world.seed, `content of ${site.name}`)
  const now = world.clock.now()
  const userId = userIdOn(world, site)
  const known = new Map<string, Project>()
  for (const plan of site.contentUrl === 'finance' ? financeProjects : homeProjects) {
    const path = plan.path
    if (projects === 'all' || plans.some(({ project }) => project === path || project?.startsWith(`${path}/`) === true)) {
      known.set(path, addProject(site, plan, known, userId, now))
    }
  }
  const owners = ownersOn(world, site)
  for (const plan of plans) {
    const project = plan.project === undefined ? undefined : known.get(plan.project)
    if (plan.project !== undefined && project === undefined) throw new Error(`The site ${site.name} has no project “${plan.project}”.`)
    const { owner, ...given } = plan
    site.addContent({ ...drawn(random, now), ...given, project, ownerId: userId(owner ?? random.pick(owners)) })
  }
}

const addProject = (site: Site, plan: ProjectPlan, known: ReadonlyMap<string, Project>, userId: (name: string) => string, now: number): Project => {
  const above = plan.path.slice(0, Math.max(plan.path.lastIndexOf('/'), 0))
  return site.addProject({
    name: plan.path.slice(above === '' ? 0 : above.length + 1),
    parent: known.get(above),
    ownerId: userId(plan.owner),
    leaderUserIds: (plan.leaders ?? []).map(userId),
    openToAll: plan.closed !== true,
    createdAt: now - 1_000 * dayMs,
    updatedAt: now - 40 * dayMs,
    ...(plan.description !== undefined && { description: plan.description }),
    ...(plan.contentPermissions !== undefined && { contentPermissions: plan.contentPermissions }),
  })
}

const drawn = (random: Random, now: number) => {
  const age = random.between(30, 900)
  const createdAt = now - age * dayMs - random.between(0, 86_399) * 1000
  return {
    createdAt,
    updatedAt: createdAt + random.between(0, age - 1) * dayMs,
    size: random.between(1, random.chance(0.2) ? 900 : 60),
    hasExtracts: !random.chance(0.08),
    encryptExtracts: random.chance(0.1),
    isCertified: false,
    showTabs: random.chance(0.5),
    connectionType: random.pick(connectionTypes),
    tags: random.chance(0.3) ? [random.pick(commonTags)] : [],
  }
}

const userIdOn = (world: World, site: Site) => (name: string): string => {
  const membership = membershipOf(world.account(name), site)
  if (membership === undefined) throw new Error(`“${name}” is not on the site ${site.name}.`)
  return membership.userId
}

/** Those on the site who cannot sign in: what the demo accounts own is said by name. */
const ownersOn = (world: World, site: Site): [string, ...string[]] => {
  const [first, ...others] = world.accounts.filter((account) => account.password === undefined && membershipOf(account, site) !== undefined)
  if (first === undefined) throw new Error(`Nobody can own content on the site ${site.name}.`)
  return [first.name, ...others.map(({ name }) => name)]
}
