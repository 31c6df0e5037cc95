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

type Answer = OutputOf<typeof wouldSend>

/** `n`: its place, where there are several: each then has a heading, and each part a name of its own. */
const Request = ({ request: { method, path, xml, curl }, n }: { request: Answer['requests'][number]; n: number | undefined }) => {
  const Line = n === undefined ? 'div' : 'h3'
  const of = n === undefined ? '' : ` of request ${n}`
  return (
    <div data-request>
      <Line className={classes['first']}>
        {n !== undefined && `${n}. `}
        <code>
          {method} {path}
        </code>
        {xml === undefined && ' without a body'}
      </Line>
      {xml !== undefined && (
        <section aria-label={`XML${of}`}>
          <pre className={classes['line']}>{xml}</pre>
        </section>
      )}
      <section className={classes['curl']} aria-label={`The same as a command${of}`}>
        <pre className={classes['line']}>{curl}</pre>
        <CopyButton text={curl} what={`the curl command${of}`} />
      </section>
    </div>
  )
}

const nothingBecause = ({ nothing }: Answer): string => nothing ?? 'Tableau has it as it is asked for already.'

const Requests = ({ answer, old }: { answer: Answer; old: boolean }) => {
  const { requests } = answer
  if (requests.length === 0) {
    return (
      <output className={classes['said']} aria-busy={old}>
        <strong>Nothing would be sent.</strong> {nothingBecause(answer)}
      </output>
    )
  }
  return (
    <div className={classes['request']} aria-busy={old}>
      {requests.map((request, at) => (
        // By its place: the same request may go out twice.
        // oxlint-disable-next-line react/no-array-index-key
        <Request key={at} request={request} n={requests.length === 1 ? undefined : at + 1} />
      ))}
      <p className={classes['hint']}>
        Nothing is sent by looking at it. <code>$TABLEAU_TOKEN</code> stands for the token of a session at Tableau.
      </p>
    </div>
  )
}

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
  return <Requests answer={data} old={isPlaceholderData || !settled} />
}

/** Method, path, XML and a curl line of each request of one write, in order, asked for again while it changes; or why there is none. */
export const WouldSendRequest = ({ write }: { write: WouldBe }) =>
  'notYet' in write ? <output className={classes['said']}>{write.notYet}</output> : <Asked write={write} />
