import { lazy } from 'react'
import { Dropdown } from '../../components/dropdown.tsx'
import { useSession } from '../../lib/session-store.ts'
import { useSwitchSite } from './session.queries.ts'
import classes from './site-switcher.module.css'

const SiteMenu = lazy(async () => ({ default: (await import('./site-menu.tsx')).SiteMenu }))

/** Which server and site this is, and the way to another one. */
export const SiteSwitcher = () => {
  const { server, site } = useSession()
  const { mutate, isPending: switching } = useSwitchSite()
  return (
    <Dropdown
      kind="menu"
      ariaLabel={`Server ${server.host}, site ${site.name}. Switch`}
      loading={switching}
      className={classes['button']}
      label={
        <>
          <span className={classes['host']}>{server.host}</span>
          <span className={classes['arrow']} aria-hidden>
            ▸
          </span>
          <span className={classes['site']}>{site.name}</span>
        </>
      }
    >
      {(close) => (
        <SiteMenu
          onSwitch={(contentUrl) => {
            close()
            if (contentUrl !== site.contentUrl) mutate(contentUrl)
          }}
        />
      )}
    </Dropdown>
  )
}
