import { wouldSend, wouldSendSchema, type OutputOf } from '@refreshboard/api-types'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { failureOf, isSessionEnd } from '../lib/api-error.ts'
import { readOf } from '../lib/query.ts'
import { useSettled } from '../lib/use-settled.ts'
import { useIsLive } from '../lib/session-store.ts'
import { CopyButton } from './copy-button.tsx'
import type { Meant, WouldBe } from './would-send.tsx'
import classes from './would-send.module.css'

const settleMs = 400

const Request = ({ request, old }: { request: OutputOf<typeof wouldSend>; old: boolean }) => (
  <div className={classes['request']} aria-busy={old}>
    <div className={classes['first']}>
      <code>
        {request.method} {request.path}
      </code>
      {request.xml === undefined && ' without a body'}
    </div>
    {request.xml !== undefined && (
      <section aria-label="XML">
        <pre className={classes['line']}>{request.xml}</pre>
      </section>
    )}
    <section className={classes['curl']} aria-label="The same as a command">
      <pre className={classes['line']}>{request.curl}</pre>
      <CopyButton text={request.curl} what="the curl command" />
    </section>
    <p className={classes['hint']}>
      Nothing is sent by looking at it. <code>$TABLEAU_TOKEN</code> stands for the token of a session at Tableau.
    </p>
  </div>
)

const Asked = ({ write }: { write: Meant }) => {
  const live = useIsLive()
  // What is meant is another object with every render: its text tells whether it is another write.
  const text = useSettled(JSON.stringify(write), settleMs)
  const settled = text === JSON.stringify(write)
  const asked = wouldSendSchema.parse(JSON.parse(text))
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    ...readOf(wouldSend, { body: asked }),
    enabled: live && settled,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  })
  if (error !== null && settled && !isFetching) {
    if (isSessionEnd(error)) return null
    const failure = failureOf(error)
    return (
      <output className={classes['said']}>
        <strong>It would not be sent as it is.</strong> {failure.title} {failure.detail ?? failure.next}
      </output>
    )
  }
  if (data === undefined) return <output className={classes['said']}>Asking what would be sent …</output>
  return <Request request={data} old={isPlaceholderData || !settled} />
}

/** Method, path, XML and a curl line of one write, asked for again while it changes. */
export const WouldSendRequest = ({ write }: { write: WouldBe }) =>
  'notYet' in write ? <output className={classes['said']}>{write.notYet}</output> : <Asked write={write} />
