import '../components/dialog.css'
import '@mantine/spotlight/styles.layer.css'
import { listSites } from '@refreshboard/api-types'
import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { IconActivity, IconCircleX, IconDensityMedium, IconHelp, IconLogout, IconMoon, IconSearch, IconSun, IconWorld, IconClock } from '../components/icons.ts'
import { useSignOut, useSwitchSite } from '../features/session/session.queries.ts'
import { densityPreference, zoneChoices, zonePreference } from '../lib/preferences.ts'
import { readOf } from '../lib/query.ts'
import { useSession } from '../lib/session-store.ts'
import { useZone } from '../lib/zone.ts'
import { paths } from './paths.ts'

const [spotlightStore, spotlight] = createSpotlight()

interface PaletteProps {
  onClose: () => void
  onHelp: () => void
}

/** Everything that can be gone to or done, found by typing. */
export const Palette = ({ onClose, onHelp }: PaletteProps) => {
  const navigate = useNavigate()
  const session = useSession()
  const { options } = useZone()
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const { mutate: switchSite } = useSwitchSite()
  const { mutate: signOut } = useSignOut()
  const sites = useQuery({ ...readOf(listSites, undefined), staleTime: 60_000 })

  useEffect(() => {
    spotlight.open()
  }, [])

  const go = (to: string) => () => void navigate(to)
  const icon = { size: 18, 'aria-hidden': true }
  const others = (sites.data?.sites ?? []).filter(({ id }) => id !== session.site.id)
  const action = (id: string, label: string, onClick: () => void, leftSection: React.ReactNode): SpotlightActionData => ({ id, label, onClick, leftSection })
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: [
        action('jobs', 'Jobs', go(paths.jobs()), <IconActivity {...icon} />),
        action('failed', 'Failed jobs', go(paths.jobs({ status: ['Failed'] })), <IconCircleX {...icon} />),
        action('running', 'Running and waiting jobs', go(paths.jobs({ status: ['InProgress', 'Pending'] })), <IconActivity {...icon} />),
      ],
    },
    {
      group: 'Sites',
      actions: others.map((site) => action(`site-${site.id}`, `Switch to ${site.name}`, () => switchSite(site.contentUrl), <IconWorld {...icon} />)),
    },
    {
      group: 'Actions',
      actions: [
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
      actions={groups.filter(({ actions }) => actions.length > 0)}
      onSpotlightClose={onClose}
      shortcut={null}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      highlightQuery
      nothingFound="Nothing by that name"
      searchProps={{ placeholder: 'Go to …', 'aria-label': 'Go to a page or a site, or do something', leftSection: <IconSearch {...icon} /> }}
    />
  )
}
