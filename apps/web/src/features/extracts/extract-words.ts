import type { Content, ExtractEncryptionMode, Task } from '@refreshboard/api-types'
import { extractEncryptionModes } from '@refreshboard/api-types'
import { scheduleName } from '../../lib/task-words.ts'

/** `extract`, `live`, or not told. */
export const dataWords = ({ hasExtracts }: Pick<Content, 'hasExtracts'>): string => (hasExtracts === undefined ? 'Not told' : hasExtracts ? 'Extract' : 'Live')

/** How its extract is stored; what asks its data live has only a setting. */
export const encryptionWords = ({ hasExtracts, encryptExtracts }: Pick<Content, 'hasExtracts' | 'encryptExtracts'>): string => {
  if (encryptExtracts === undefined) return 'Not told'
  if (hasExtracts === false) return encryptExtracts ? 'Set to encrypt' : 'Nothing to encrypt'
  return encryptExtracts ? 'Encrypted' : 'Not encrypted'
}

const modeWords: Record<ExtractEncryptionMode, { label: string; meaning: string }> = {
  enforced: { label: 'Enforced', meaning: 'every extract of the site is encrypted' },
  enabled: { label: 'Enabled', meaning: 'each workbook and data source says whether its extracts are encrypted' },
  disabled: { label: 'Disabled', meaning: 'no extract of the site is encrypted' },
}

export const isKnownMode = (mode: string | undefined): mode is ExtractEncryptionMode => extractEncryptionModes.some((known) => known === mode)

/** A mode in a word; an unknown one as Tableau tells it. */
export const modeLabel = (mode: string): string => (isKnownMode(mode) ? modeWords[mode].label : mode)

/** What a mode means, for the end of a sentence. */
export const modeMeaning = (mode: string): string => (isKnownMode(mode) ? modeWords[mode].meaning : 'a mode that Refreshboard does not know')

/** The modes as they are offered, the strictest first. */
export const modeChoices: readonly { value: ExtractEncryptionMode; label: string }[] = extractEncryptionModes.map((value) => ({ value, label: modeWords[value].label }))

/** What a task runs by, for a list of several: the name of its schedule, on Tableau Cloud its times in words. */
export const runsByWords = ({ schedule }: Pick<Task, 'schedule'>): string => (schedule === undefined ? 'no schedule' : scheduleName(schedule))

/** The schedules of several tasks, each once. */
export const schedulesWords = (tasks: readonly Pick<Task, 'schedule'>[]): string => [...new Set(tasks.map(runsByWords))].join(', ')
