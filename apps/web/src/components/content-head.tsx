import type { Content } from '@refreshboard/api-types'
import { kindWords } from '../lib/task-words.ts'
import { ContentPicture } from './content-picture.tsx'
import { IconExternalLink } from './icons.ts'
import classes from './content-head.module.css'

/** The way to its page in Tableau, where that is told. */
export const TableauLink = ({ content, children }: { content: Content; children: string }) =>
  content.webpageUrl === undefined ? null : (
    <a href={content.webpageUrl} target="_blank" rel="noreferrer" className={classes['out']}>
      {children}
      <IconExternalLink size={14} aria-hidden />
    </a>
  )

/** A workbook or a data source at the top of a drawer: its picture, where it is and whose. */
export const ContentHead = ({ content }: { content: Content }) => (
  <div className={classes['head']}>
    <ContentPicture content={content} />
    <div className={classes['what']}>
      <span>{kindWords[content.kind]}</span>
      {content.project?.name !== undefined && <span className={classes['dim']}>{content.project.name}</span>}
      {content.owner?.name !== undefined && <span className={classes['dim']}>Owned by {content.owner.name}</span>}
      <TableauLink content={content}>Open in Tableau</TableauLink>
    </div>
  </div>
)
