import { listSites } from '@refreshboard/api-types'
import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { DropdownItem, DropdownText } from '../../components/dropdown.tsx'
import { failureOf } from '../../lib/api-error.ts'
import { readOf } from '../../lib/query.ts'
import { useSession } from '../../lib/session-store.ts'
import classes from './site-switcher.module.css'

/** The sites of the server, asked for when the menu opens, and the way to another server. */
export const SiteMenu = ({ onSwitch }: { onSwitch: (contentUrl: string) => void }) => {
  const { server, site } = useSession()
  const navigate = useNavigate()
  const { data, error, isPending } = useQuery({ ...readOf(listSites, undefined), staleTime: 60_000 })
  return (
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
          onClick={() => onSwitch(other.contentUrl)}
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
  )
}
