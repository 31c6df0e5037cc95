import type { Content } from '@refreshboard/api-types'
import { useState } from 'react'
import { IconDatabase, IconReportAnalytics } from './icons.ts'
import classes from './content-picture.module.css'

export const ContentIcon = ({ kind, size = 16 }: { kind: Content['kind']; size?: number }) => {
  const Icon = kind === 'workbook' ? IconReportAnalytics : IconDatabase
  return <Icon size={size} stroke={1.5} aria-hidden />
}

interface ContentPictureProps {
  content: Pick<Content, 'kind' | 'id' | 'name'>
  /** `row`: as high as a row of a table, where the name stands beside it. */
  size?: 'card' | 'row'
}

/** A workbook as Tableau pictures it. The room is the same where there is no picture: data sources have none. */
export const ContentPicture = ({ content, size = 'card' }: ContentPictureProps) => {
  const [failed, setFailed] = useState<string>()
  return (
    <div className={classes['frame']} data-size={size}>
      <ContentIcon kind={content.kind} size={size === 'card' ? 28 : 14} />
      {content.kind === 'workbook' && failed !== content.id && (
        <img
          className={classes['picture']}
          // A picture is a call of Tableau: in a table only those that come into sight. To be told before the address.
          loading={size === 'card' ? 'eager' : 'lazy'}
          src={`/api/workbooks/${encodeURIComponent(content.id)}/preview.png`}
          alt={size === 'card' ? `Preview of ${content.name ?? 'the workbook'}` : ''}
          onError={() => setFailed(content.id)}
        />
      )}
    </div>
  )
}
