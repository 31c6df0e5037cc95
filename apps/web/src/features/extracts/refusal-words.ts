import type { Failure } from '../../lib/api-error.ts'

/** What Tableau’s refusal means, where its own words do not say it. */
export const refusalWords = ({ code, tableau }: Failure): string | undefined => {
  // Tableau's summary of it is “Invalid request method”.
  if (tableau?.code === '409070') return 'No extract can be made of data that comes from a file, such as an Excel workbook or a text file, or from another form that Tableau does not extract. Choose other data sources.'
  if (tableau?.code === '409090') return 'The operation does not fit how it is now: it may have no extract, or the site’s encryption mode does not allow it.'
  if (tableau?.code === '403004') return 'Administrators, its owner, and the owner and leaders of its project can do it. Ask one of them.'
  return code === 'not_found' ? 'It may have been deleted, or you may not see it any more.' : undefined
}
