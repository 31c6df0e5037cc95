import { lazy, Suspense, useState } from 'react'
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router'
import { IconButton } from '../components/icon-button.tsx'
import { BrokenPart } from '../components/broken-part.tsx'
import { IconCommand, IconDensityMedium, IconDensitySmall, IconHelp } from '../components/icons.ts'
import { SiteSwitcher } from '../features/session/site-switcher.tsx'
import { UserMenu } from '../features/session/user-menu.tsx'
import { densityPreference } from '../lib/preferences.ts'
import { useIdentity, useSessionState } from '../lib/session-store.ts'
import { useShortcuts } from '../lib/shortcuts.ts'
import { PageNotices } from './page-notices.tsx'
import { paths } from './paths.ts'
import { SchemeSwitch } from './scheme-switch.tsx'
import { usePaletteKey } from './use-palette-key.ts'
import { ZoneSwitch } from './zone-switch.tsx'
import classes from './shell.module.css'

const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
// Without it the page is still all there.
const RunningLink = lazy(async () => ({ default: await import('../features/bulk/running-link.tsx').then(({ RunningLink }) => RunningLink).catch(() => () => null) }))
const Reauth = lazy(async () => ({ default: (await import('../features/session/reauth-dialog.tsx')).ReauthDialog }))

const DensitySwitch = () => {
  const density = densityPreference.use()
  const [label, next, Icon] =
    density === 'regular' ? (['Compact rows', 'compact', IconDensitySmall] as const) : (['Regular rows', 'regular', IconDensityMedium] as const)
  return <IconButton icon={Icon} label={label} onClick={() => densityPreference.set(next)} className={classes['wide']} />
}

/** The frame of every page of somebody who is signed in. */
export const Shell = () => {
  const state = useSessionState()
  const identity = useIdentity()
  const { pathname, search } = useLocation()
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)
  useShortcuts({ '?': () => setHelp(true) })
  usePaletteKey(() => setPalette(true))

  if (state.status === 'unknown') return null
  if (state.status === 'signed-out') return <Navigate to={paths.signIn({ returnTo: pathname + search })} replace />
  const { session } = state
  return (
    <div className={classes['shell']}>
      <a href="#main" className={classes['skip']}>
        Skip to the content
      </a>
      <header className={classes['header']}>
        <Link to={paths.root()} className={classes['brand']} aria-label="Refreshboard">
          <span className={classes['mark']} aria-hidden />
        </Link>
        <SiteSwitcher />
        {session.demo && (
          <span className={classes['demo']} title="Everything here happens in a simulator that runs on this machine">
            DEMO
          </span>
        )}
        <nav aria-label="Pages" className={classes['nav']}>
          <NavLink to={paths.jobs()} className={classes['link'] ?? ''}>
            Jobs
          </NavLink>
          <NavLink to={paths.tasks()} className={classes['link'] ?? ''}>
            Tasks
          </NavLink>
          <NavLink to={paths.extracts()} className={classes['link'] ?? ''}>
            Extracts
          </NavLink>
          {session.can.readSchedules.allowed && (
            <NavLink to={paths.schedules()} className={classes['link'] ?? ''}>
              Schedules
            </NavLink>
          )}
          <NavLink to={paths.audit()} className={classes['link'] ?? ''}>
            Audit
          </NavLink>
        </nav>
        <Suspense fallback={null}>
          <RunningLink />
        </Suspense>
        <div className={classes['tools']}>
          <IconButton icon={IconCommand} label="Command palette (Ctrl K)" onClick={() => setPalette(true)} className={classes['wide']} />
          <ZoneSwitch />
          <DensitySwitch />
          <SchemeSwitch />
          <IconButton icon={IconHelp} label="Help (?)" onClick={() => setHelp(true)} className={classes['wide']} />
          <UserMenu />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes['main']}>
        <BrokenPart what="This page" resetKey={identity}>
          <Outlet key={identity} />
        </BrokenPart>
      </main>
      <PageNotices />
      <BrokenPart what="This dialog">
        <Suspense fallback={null}>
          {help && <Help onClose={() => setHelp(false)} />}
          {palette && <Palette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
          {state.status === 'dead' && <Reauth code={state.code} session={session} />}
        </Suspense>
      </BrokenPart>
    </div>
  )
}
