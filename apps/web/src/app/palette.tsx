import '../components/dialog.css'
import '@mantine/spotlight/styles.layer.css'
import { listSites, type Content, type Permission } from '@refreshboard/api-types'
import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, isActionsGroup, Spotlight, type SpotlightActionData, type SpotlightActionGroupData, type SpotlightFilterFunction } from '@mantine/spotlight'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import {
  IconActivity,
  IconAlertTriangle,
  IconBolt,
  IconCalendar,
  IconCalendarPlus,
  IconCircleX,
  IconClock,
  IconCopy,
  IconDatabase,
  IconDensityMedium,
  IconHelp,
  IconListCheck,
  IconLogout,
  IconMoon,
  IconPackage,
  IconPlus,
  IconReportAnalytics,
  IconSearch,
  IconSun,
  IconWorld,
} from '../components/icons.ts'
import { useSignOut, useSwitchSite } from '../features/session/session.queries.ts'
import { densityPreference, zoneChoices, zonePreference } from '../lib/preferences.ts'
import { readOf } from '../lib/query.ts'
import { useSession } from '../lib/session-store.ts'
import { useZone } from '../lib/zone.ts'
import { paths } from './paths.ts'
import { usePaletteFinds } from './use-palette-finds.ts'

const [spotlightStore, spotlight] = createSpotlight()

interface PaletteProps {
  onClose: () => void
  onHelp: () => void
}

/** Marks what was found elsewhere. */
const found = 'found by the BFF'

/** What is called so; what the BFF found, by name, project or owner, is not filtered again. */
const matching: SpotlightFilterFunction = (query, actions) => {
  const text = query.trim().toLowerCase()
  const fits = ({ label, keywords }: SpotlightActionData) => keywords === found || label?.toLowerCase().includes(text) === true
  return actions
    .filter(isActionsGroup)
    .map((group) => ({ ...group, actions: group.actions.filter(fits) }))
    .filter((group) => group.actions.length > 0)
}

/** Beside what cannot be done: why not. */
const why = (permission: Permission): { description?: string } => (permission.allowed ? {} : { description: permission.reason })

const kinds: Record<Content['kind'], string> = { workbook: 'Workbook', datasource: 'Data source' }

/** Everything that can be gone to or done, found by typing. */
export const Palette = ({ onClose, onHelp }: PaletteProps) => {
  const navigate = useNavigate()
  const session = useSession()
  const { options } = useZone()
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const { mutate: switchSite } = useSwitchSite()
  const { mutate: signOut } = useSignOut()
  const [query, setQuery] = useState('')
  const finds = usePaletteFinds(query)
  const sites = useQuery({ ...readOf(listSites, undefined), staleTime: 60_000 })

  useEffect(() => {
    spotlight.open()
  }, [])

  const { readSchedules, writeSchedules, createTasks, addToSchedules, listJobs, dataAcceleration } = session.can
  const cloud = session.server.flavor === 'cloud'
  const go = (to: string) => () => void navigate(to)
  const icon = { size: 18, 'aria-hidden': true }
  const others = (sites.data?.sites ?? []).filter(({ id }) => id !== session.site.id)
  const action = (id: string, label: string, onClick: () => void, leftSection: React.ReactNode): SpotlightActionData => ({ id, label, onClick, leftSection })
  const contentAction = (content: Content): SpotlightActionData => {
    const known = finds.hasTask(content)
    const about = [kinds[content.kind], content.project?.name, content.owner?.name].filter((part) => part !== undefined).join(' · ')
    return {
      ...action(
        `${content.kind} ${content.id}`,
        content.name ?? kinds[content.kind],
        go(known ? paths.tasks({ content: content.id }) : cloud ? paths.newTask({ content }) : paths.addTask({ content })),
        content.kind === 'workbook' ? <IconReportAnalytics {...icon} /> : <IconDatabase {...icon} />,
      ),
      description: `${about} · ${known ? 'its refresh tasks' : cloud ? 'not refreshed yet: make a task' : 'not refreshed yet: add it to a schedule'}`,
      keywords: found,
    }
  }
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: [
        action('jobs', 'Jobs', go(paths.jobs()), <IconActivity {...icon} />),
        action('failed', 'Failed jobs', go(paths.jobs({ status: ['Failed'] })), <IconCircleX {...icon} />),
        action('running', 'Running and waiting jobs', go(paths.jobs({ status: ['InProgress', 'Pending'] })), <IconActivity {...icon} />),
        action('tasks', 'Tasks', go(paths.tasks()), <IconListCheck {...icon} />),
        action('trouble', 'Tasks in trouble', go(paths.tasks({ trouble: true })), <IconAlertTriangle {...icon} />),
        action('extracts', 'Extracts', go(paths.extracts()), <IconPackage {...icon} />),
        action('live', 'Workbooks and data sources without an extract', go(paths.extracts({ extract: 'no' })), <IconBolt {...icon} />),
        action('runs', 'Runs: what was done to many', go(paths.runs()), <IconListCheck {...icon} />),
        ...(cloud || !listJobs.allowed ? [] : [{ ...action('data-acceleration', 'Data acceleration', go(paths.dataAcceleration()), <IconBolt {...icon} />), ...why(dataAcceleration) }]),
        ...(cloud ? [{ ...action('new-task', 'New task', go(paths.newTask()), <IconPlus {...icon} />), ...why(createTasks) }] : []),
        action('audit', 'Audit: what was changed, by whom', go(paths.audit()), <IconListCheck {...icon} />),
        ...(readSchedules.allowed
          ? [
              action('schedules', 'Schedules', go(paths.schedules()), <IconCalendar {...icon} />),
              action('week', 'Week of the schedules', go(paths.schedules({ view: 'week' })), <IconCalendar {...icon} />),
              action('as-code', 'Schedules as code: export and import', go(paths.schedulesAsCode()), <IconCopy {...icon} />),
              { ...action('new-schedule', 'New schedule', go(paths.newSchedule()), <IconPlus {...icon} />), ...why(writeSchedules) },
            ]
          : []),
      ],
    },
    {
      group: 'Schedules',
      actions: finds.schedules.map(({ id, name, state }) => ({
        ...action(`schedule ${id}`, name, go(paths.schedule({ id })), <IconCalendar {...icon} />),
        ...(state === 'Suspended' ? { description: 'suspended' } : {}),
      })),
    },
    { group: 'Workbooks and data sources', actions: finds.content.map(contentAction) },
    {
      group: 'Sites',
      actions: others.map((site) => action(`site-${site.id}`, `Switch to ${site.name}`, () => switchSite(site.contentUrl), <IconWorld {...icon} />)),
    },
    {
      group: 'Actions',
      actions: [
        ...(readSchedules.allowed ? [{ ...action('add', 'Add content to a schedule', go(paths.addTask()), <IconCalendarPlus {...icon} />), ...why(addToSchedules) }] : []),
        action('dark', 'Dark mode', () => setColorScheme('dark'), <IconMoon {...icon} />),
        action('light', 'Light mode', () => setColorScheme('light'), <IconSun {...icon} />),
        action('density', 'Change the row height', () => densityPreference.set(densityPreference.get() === 'regular' ? 'compact' : 'regular'), <IconDensityMedium {...icon} />),
        ...zoneChoices
          .filter((choice) => options[choice].reason === undefined)
          .map((choice) => action(`zone-${choice}`, `Tell times in: ${options[choice].label}`, () => zonePreference.set(choice), <IconClock {...icon} />)),
        action('help', 'Keyboard shortcuts', onHelp, <IconHelp {...icon} />),
        action('sign-out', 'Sign out', () => signOut(), <IconLogout {...icon} />),
      ],
    },
  ]
  return (
    <Spotlight
      store={spotlightStore}
      query={query}
      onQueryChange={setQuery}
      filter={matching}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      onSpotlightClose={onClose}
      shortcut={null}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      highlightQuery
      scrollable
      maxHeight="min(60vh, 560px)"
      // A list that scrolls can be scrolled by keyboard, too.
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      nothingFound={finds.looking ? 'Looking …' : 'Nothing by that name'}
      searchProps={{ placeholder: readSchedules.allowed ? 'Go to a page, a schedule, a workbook …' : 'Go to a page, a workbook …', 'aria-label': `Go to a page, ${readSchedules.allowed ? 'a schedule, ' : ''}content or a site, or do something`, leftSection: <IconSearch {...icon} /> }}
    />
  )
}
