import { listSites } from '@refreshboard/api-types'
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Dropdown, DropdownItem, DropdownText } from '../../components/dropdown.tsx'
import { failureOf } from '../../lib/api-error.ts'
import { readOf } from '../../lib/query.ts'
import { useSession } from '../../lib/session-store.ts'
import { useSwitchSite } from './session.queries.ts'
import classes from './site-switcher.module.css'

/** Which server and site this is, and the way to another one. The list is asked for when the menu opens. */
export const SiteSwitcher = () => {
  const { server, site } = useSession()
  const navigate = useNavigate()
  const [wanted, setWanted] = useState(false)
  const { data, error, isPending, refetch } = useQuery({ ...readOf(listSites, undefined), enabled: wanted, staleTime: 60_000 })
  const { mutate, isPending: switching } = useSwitchSite()
  return (
    <Dropdown
      kind="menu"
      ariaLabel={`Server ${server.host}, site ${site.name}. Switch`}
      loading={switching}
      className={classes['button']}
      onOpen={() => {
        setWanted(true)
        if (error !== null) void refetch()
      }}
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
        <>
          <DropdownText>Sites of {server.host}</DropdownText>
          {isPending && (
            <DropdownText>
              <Loader size={12} /> Reading the sites …
            </DropdownText>
          )}
          {error !== null && <DropdownText>{failureOf(error).title} Close and open the menu to try again.</DropdownText>}
          {data?.sites.map((other) => (
            <DropdownItem
              key={other.id}
              chosen={other.id === site.id}
              onClick={() => {
                close()
                if (other.id !== site.id) mutate(other.contentUrl)
              }}
            >
              {other.name} {other.contentUrl !== other.name && <span className={classes['url']}>{other.contentUrl}</span>}
            </DropdownItem>
          ))}
          {data?.complete === false && <DropdownText>Tableau does not list the other sites here.</DropdownText>}
          <hr className={classes['line']} />
          <DropdownItem onClick={() => void navigate(paths.signIn({ another: true }))}>Sign in to another server or site …</DropdownItem>
          <DropdownText>
            Tableau {server.flavor === 'cloud' ? 'Cloud' : 'Server'} {server.productVersion} · REST API {server.apiVersion}
          </DropdownText>
        </>
      )}
    </Dropdown>
  )
}
