import { listServers, type DemoAccount, type SignIn } from '@refreshboard/api-types'
import { Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { safeReturnTo } from '../../app/safe-return-to.ts'
import { SchemeSwitch } from '../../app/scheme-switch.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { failureOf } from '../../lib/api-error.ts'
import { loadSession } from '../../lib/load-session.ts'
import { methodPreference } from '../../lib/preferences.ts'
import { readOf } from '../../lib/query.ts'
import { useSessionState } from '../../lib/session-store.ts'
import { useTitle } from '../../lib/title.ts'
import { isCloudHost } from './pasted-address.ts'
import { useSignIn } from './session.queries.ts'
import { SignInForm } from './sign-in-form.tsx'
import classes from './sign-in.module.css'

const demoBody = ({ label: _label, on: _on, ...body }: DemoAccount): SignIn => body

/** Small and calm: server, site, how to sign in; in the demo, the accounts to click. */
export const SignInPage = () => {
  const [params] = useSearchParams()
  const state = useSessionState()
  const servers = useQuery({ ...readOf(listServers, undefined), staleTime: 5 * 60_000 })
  const { mutate, error, isPending } = useSignIn()
  // Somebody who is signed in came here to go elsewhere; the page then stays until a new session is there.
  const [before] = useState(state)
  const another = params.get('another') === '1'
  useTitle('Sign in')

  useEffect(() => {
    // Another tab may be signed in already. If it cannot be told, signing in tells.
    if (!another) loadSession().catch(() => undefined)
  }, [another])

  // The page stays in sight until the next one is there.
  const leaving = state.status === 'live' && !(another && state === before)

  const remembered = methodPreference.get()
  const first = servers.data?.servers[0]
  const method = remembered === 'none' ? (first !== undefined && isCloudHost(first.host) ? 'pat' : 'password') : remembered
  return (
    <main className={classes['page']}>
      {leaving && <Navigate to={safeReturnTo(params.get('returnTo'))} replace />}
      <div className={classes['corner']}>
        <SchemeSwitch />
      </div>
      <div className={classes['card']}>
        <h1 className={classes['brand']}>
          <span className={classes['mark']} aria-hidden />
          Refreshboard
        </h1>
        <p className={classes['lead']}>Sign in with your Tableau account.</p>
        {state.status === 'signed-out' && state.cause === 'elsewhere' && <div className={classes['notice']}>You signed out in another tab.</div>}
        {another && !leaving && state.status === 'live' && (
          <div className={classes['notice']}>
            You are signed in to {state.session.server.host} as {state.session.user.name}. Signing in here ends that. <Link to={paths.jobs()}>Back to it</Link>
          </div>
        )}
        {servers.data === undefined ? (
          <div className={classes['waiting']}>
            {servers.error === null ? (
              <Loader size="sm" color="gray" aria-label="Loading" />
            ) : (
              <FailureNotice failure={failureOf(servers.error)} onRetry={() => void servers.refetch()} retrying={servers.isFetching} />
            )}
          </div>
        ) : (
          <>
            <SignInForm servers={servers.data.servers} initial={{ method }} error={error} pending={isPending || leaving} onSubmit={(body) => mutate(body)} />
            {servers.data.demoAccounts !== undefined && (
              <section className={classes['accounts']} aria-labelledby="demo-accounts">
                <h2 id="demo-accounts">Demo accounts</h2>
                <p>These are simulators. One click signs in.</p>
                {[...new Set(servers.data.demoAccounts.map(({ on }) => on))].map((on) => (
                  <fieldset key={on} className={classes['group']}>
                    <legend>{on}</legend>
                    <div className={classes['list']}>
                      {servers.data.demoAccounts?.filter((account) => account.on === on).map((account) => (
                        <Button key={account.label} variant="default" size="xs" disabled={isPending || leaving} onClick={() => mutate(demoBody(account))}>
                          {account.label}
                        </Button>
                      ))}
                    </div>
                  </fieldset>
                ))}
              </section>
            )}
          </>
        )}
      </div>
    </main>
  )
}
