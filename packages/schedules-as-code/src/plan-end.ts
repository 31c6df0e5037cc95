import type { Schedule } from '@refreshboard/api-types'
import type { DocumentSchedule } from './document.ts'

/** Two instants are one, however they are written. */
const sameInstant = (a: string | undefined, b: string): boolean => a !== undefined && Date.parse(a) === Date.parse(b)

const unwritable = 'Tableau’s REST API cannot write an end'

/** Why a schedule whose end has passed is not made; undefined when it has none, or one to come. `now`: Tableau's clock, ms since 1970. */
export const whyEndedIsNotMade = ({ ends }: Pick<DocumentSchedule, 'ends'>, now: number): string | undefined =>
  ends === undefined || Date.parse(ends) > now ? undefined : `It ended at ${ends}, and ${unwritable}: made anew, it would fire again.`

/** What a schedule that is made does not get of its end; undefined when it has none. */
export const endLost = ({ ends }: Pick<DocumentSchedule, 'ends'>): string | undefined =>
  ends === undefined ? undefined : `${unwritable}: it is made without its end, ${ends}, and fires on after that. Set the end in Tableau’s own pages.`

/** How a schedule's end is another one than the text's; undefined when it is the same, or the text leaves it open. */
export const endDiffers = ({ ends }: Pick<DocumentSchedule, 'ends'>, { endScheduleAt }: Pick<Schedule, 'endScheduleAt'>): string | undefined =>
  ends === undefined || sameInstant(endScheduleAt, ends) ? undefined : `It ${endScheduleAt === undefined ? 'has no end' : `ends at ${endScheduleAt}`} at Tableau and ${endScheduleAt === undefined ? 'ends ' : ''}at ${ends} in the text. ${unwritable}: set it in Tableau’s own pages.`
