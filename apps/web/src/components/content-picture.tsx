import type { Content } from '@refreshboard/api-types'
import { useState } from 'react'
import { IconDatabase, IconReportAnalytics } from './icons.ts'
import classes from './content-picture.module.css'

export const ContentIcon = ({ kind, size = 16 }: { kind: Content['kind']; size?: number }) => {
  const Icon = kind === 'workbook' ? IconReportAnalytics : IconDatabase
  return <Icon size={size} stroke={1.5} aria-hidden />
}

/** A workbook as Tableau pictures it. The room is the same where there is no picture: data sources have none. */
export const ContentPicture = ({ content }: { content: Pick<Content, 'kind' | 'id' | 'name'> }) => {
  const [failed, setFailed] = useState<string>()
  return (
    <div className={classes['frame']}>
      <ContentIcon kind={content.kind} size={28} />
      {content.kind === 'workbook' && failed !== content.id && (
        <img
          className={classes['picture']}
          src={`/api/workbooks/${encodeURIComponent(content.id)}/preview.png`}
          alt={`Preview of ${content.name ?? 'the workbook'}`}
          onError={() => setFailed(content.id)}
        />
      )}
    </div>
  )
}
