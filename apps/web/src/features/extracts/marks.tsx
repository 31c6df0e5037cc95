import type { Content } from '@refreshboard/api-types'
import { IconBolt, IconLock, IconLockOpen, IconPackage } from '../../components/icons.ts'
import { dataWords, encryptionWords } from './extract-words.ts'
import classes from './marks.module.css'

/** Whether an extract stands behind it, in a word. */
export const DataMark = ({ content }: { content: Pick<Content, 'hasExtracts'> }) => (
  <span className={classes['mark']} data-off={content.hasExtracts !== true || undefined}>
    {content.hasExtracts !== undefined && (content.hasExtracts ? <IconPackage size={14} aria-hidden /> : <IconBolt size={14} aria-hidden />)}
    {dataWords(content)}
  </span>
)

/** How its extract is stored, in words. */
export const EncryptionMark = ({ content }: { content: Pick<Content, 'hasExtracts' | 'encryptExtracts'> }) => (
  <span className={classes['mark']} data-off={content.encryptExtracts !== true || content.hasExtracts === false || undefined}>
    {content.hasExtracts !== false && content.encryptExtracts !== undefined && (content.encryptExtracts ? <IconLock size={14} aria-hidden /> : <IconLockOpen size={14} aria-hidden />)}
    {encryptionWords(content)}
  </span>
)
