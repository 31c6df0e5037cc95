import { listDatasources, listWorkbooks, luidSchema, type Content } from '@refreshboard/api-types'
import { Button, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ContentIcon, ContentPicture } from '../../components/content-picture.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { IconSearch } from '../../components/icons.ts'
import { MiddleTruncate } from '../../components/middle-truncate.tsx'
import { failureOf, isSessionEnd } from '../../lib/api-error.ts'
import { readOf } from '../../lib/query.ts'
import { useIsLive } from '../../lib/session-store.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { contentFault } from './add-task-words.ts'
import { contentName, kindWords } from '../../lib/task-words.ts'
import classes from './add-task.module.css'

const shownOfEach = '50'
const stillReadingMs = 1000

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Workbooks and data sources that match, in one list. */
const useContentSearch = (q: string, workbooksOnly: boolean) => {
  const live = useIsLive()
  const query = { limit: shownOfEach, ...(q === '' ? {} : { q }) }
  const again = ({ state }: { state: { data: { complete: boolean } | undefined; status: string } }) => (state.status !== 'error' && state.data?.complete === false ? stillReadingMs : (false as const))
  const how = { enabled: live, refetchInterval: again, staleTime: 10_000, placeholderData: keepPreviousData }
  const workbooks = useQuery({ ...readOf(listWorkbooks, { query }), ...how })
  const datasources = useQuery({ ...readOf(listDatasources, { query }), ...how, enabled: live && !workbooksOnly })
  const lists = workbooksOnly ? [workbooks] : [workbooks, datasources]
  return {
    rows: lists.flatMap(({ data }) => data?.rows ?? []).toSorted((a, b) => collator.compare(contentName(a), contentName(b))),
    total: lists.reduce((sum, { data }) => sum + (data?.total ?? 0), 0),
    complete: lists.every(({ data }) => data?.complete === true),
    reading: lists.some(({ isPending }) => isPending),
    error: lists.map(({ error }) => error).find((error) => error !== null && !isSessionEnd(error)),
    retry: () => {
      for (const list of lists) if (list.error !== null) void list.refetch()
    },
  }
}

const Words = ({ content }: { content: Content }) => (
  <span className={classes['words']}>
    <span className={classes['name']}>
      <MiddleTruncate text={contentName(content)} />
    </span>
    <span className={classes['dim']}>
      {[kindWords[content.kind], content.project?.name, content.owner?.name].filter((part) => part !== undefined).join(' · ')}
      {content.hasExtracts === false && ' · no extract'}
    </span>
  </span>
)

interface ContentChoiceProps {
  chosen: Content | undefined
  onChoose: (content: Content | undefined) => void
  /** What is wrong with the choice. */
  fault: string | undefined
  /** Where only workbooks will do: data sources are not offered. */
  workbooksOnly?: boolean
}

const Search = ({ onChoose, workbooksOnly = false }: Pick<ContentChoiceProps, 'onChoose' | 'workbooksOnly'>) => {
  const kind = workbooksOnly ? 'dataAcceleration' : 'extractRefresh'
  const fits = (content: Content) => contentFault(content, kind) === undefined && luidSchema.safeParse(content.id).success
  const whatMany = workbooksOnly ? 'workbooks' : 'workbooks and data sources'
  const [text, setText] = useState('')
  const { rows, total, complete, reading, error, retry } = useContentSearch(useSettled(text.trim()), workbooksOnly)
  return (
    <>
      <TextInput
        type="search"
        aria-label={`Search ${whatMany}`}
        placeholder="Name, project or owner"
        maxLength={200}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      {error !== undefined && <FailureNotice failure={failureOf(error)} onRetry={retry} />}
      <ul className={classes['results']} aria-label={workbooksOnly ? 'Workbooks' : 'Workbooks and data sources'} aria-busy={reading}>
        {rows.map((content) => (
          <li key={`${content.kind} ${content.id}`}>
            <button
              type="button"
              className={classes['result']}
              aria-disabled={!fits(content)}
              title={contentFault(content, kind)}
              onClick={() => {
                if (fits(content)) onChoose(content)
              }}
            >
              <ContentIcon kind={content.kind} />
              <Words content={content} />
            </button>
          </li>
        ))}
      </ul>
      <output className={classes['dim']}>
        {reading
          ? 'Reading …'
          : rows.length === 0 && error === undefined
            ? complete
              ? 'Nothing by that name that you may see.'
              : 'Tableau’s lists are still being read …'
            : total > rows.length
              ? `${rows.length} of ${total} are shown: type more of the name.`
              : complete
                ? ''
                : 'Tableau’s lists are still being read …'}
      </output>
    </>
  )
}

/** The workbook or data source that it is about. */
export const ContentChoice = ({ chosen, onChoose, fault, workbooksOnly = false }: ContentChoiceProps) => (
  <fieldset className={classes['step']} aria-describedby={fault === undefined ? undefined : 'content-fault'}>
    <legend>{workbooksOnly ? 'Workbook' : 'Workbook or data source'}</legend>
    {chosen === undefined ? (
      <Search onChoose={onChoose} workbooksOnly={workbooksOnly} />
    ) : (
      <div className={classes['chosen']}>
        <ContentPicture content={chosen} />
        <Words content={chosen} />
        <Button variant="default" size="compact-sm" className={classes['change'] ?? ''} onClick={() => onChoose(undefined)}>
          Change
        </Button>
      </div>
    )}
    {fault !== undefined && (
      <div id="content-fault" role="alert" className={classes['fault']}>
        {fault}
      </div>
    )}
  </fieldset>
)
