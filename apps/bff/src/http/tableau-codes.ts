import type { ErrorCode } from '@refreshboard/api-types'

/** What one of Tableau's codes becomes, and what to do about it, in a sentence for people that follows Tableau's own. */
interface TableauCode {
  readonly becomes: ErrorCode
  readonly next: string
}

/**
 * Every code that the references print for a method of ours, with the shorter forms that they print too, and those that real servers
 * were seen to answer. The code decides, never the HTTP status: 409087 comes with 403, 409004 with 400. What means something else
 * for one operation stands in `tableau-meanings.ts`.
 */
export const tableauCodes: Readonly<Record<string, TableauCode>> = {
  '400000': { becomes: 'upstream_refused', next: 'Tableau could not read the request. This is a fault of the application: show the request id to whoever runs it.' },
  '400006': { becomes: 'upstream_refused', next: 'The list has become shorter while it was read. Load it again.' },
  '400007': { becomes: 'upstream_refused', next: 'Tableau does not give pages of that size. Show the request id to whoever runs this application.' },
  '400008': { becomes: 'validation', next: 'Correct it and save again; nothing was changed.' },
  '400031': { becomes: 'upstream_refused', next: 'Tableau lists this job but lets nobody query it: its row in the list is all there is.' },
  '400047': { becomes: 'upstream_refused', next: 'Choose a schedule for extracts.' },
  '400059': { becomes: 'upstream_refused', next: 'The schedule was not deleted. Try again, or delete it in Tableau’s own pages.' },
  '400064': { becomes: 'upstream_refused', next: 'The schedule was not made. Try again, or make it in Tableau’s own pages.' },
  '400071': { becomes: 'upstream_refused', next: 'The schedule was not changed. Try again, or change it in Tableau’s own pages.' },
  '401000': { becomes: 'upstream_refused', next: 'Something between this application and Tableau takes the session’s token away: show the request id to whoever runs it.' },
  '401001': { becomes: 'upstream_refused', next: 'Tableau refuses who is signed in. Sign out, and sign in again.' },
  '401002': { becomes: 'session_expired', next: 'The session at Tableau is over, or is one of another site. Sign in again.' },
  '403004': { becomes: 'forbidden', next: 'Ask the owner, or an administrator of the site, for the permission.' },
  '403014': { becomes: 'upstream_refused', next: 'Tableau gives a thousand rows at a time at most. Show the request id to whoever runs this application.' },
  '403032': { becomes: 'forbidden', next: 'Only an administrator, or who owns the content or leads its project, can do this. Ask one of them.' },
  '403047': { becomes: 'unsupported_here', next: 'Only extract refresh tasks can be run from here.' },
  '403069': { becomes: 'unsupported_here', next: 'Tableau Cloud does not have this: it needs a Tableau Server.' },
  '403070': { becomes: 'conflict', next: 'This site is open already. Nothing was changed.' },
  '403091': { becomes: 'already_finished', next: 'There is nothing left to cancel.' },
  '404': { becomes: 'not_found', next: 'Tableau does not know the schedule. It may have been deleted: load the list of schedules again.' },
  '404000': { becomes: 'not_found', next: 'Tableau does not know the site of this session. It may have been deleted or moved: choose another site, or sign in again.' },
  '404003': { becomes: 'unsupported_here', next: 'This Tableau does not have it: it needs another version or another kind of Tableau.' },
  '404004': { becomes: 'not_found', next: 'The data source may have been deleted, or you may no longer see it. Load the list again.' },
  '404006': { becomes: 'not_found', next: 'The workbook may have been deleted, or you may no longer see it. Load the list again.' },
  '404018': { becomes: 'not_found', next: 'The job may have been purged: Tableau keeps jobs for a while only. Load the list again.' },
  '404023': { becomes: 'not_found', next: 'The schedule is gone. It may have been deleted. Load the list again.' },
  '404026': {
    becomes: 'not_found',
    next: 'The task may have been deleted, or it belongs to a virtual connection, which cannot be managed from here. Load the list again.',
  },
  '404027': { becomes: 'not_found', next: 'The schedule is gone, although Tableau speaks of a flow. It may have been deleted. Load the list again.' },
  '40500': { becomes: 'unsupported_here', next: 'This Tableau does not take such a request, as one of another version would.' },
  '405000': { becomes: 'unsupported_here', next: 'This Tableau does not take such a request: it needs another version or another kind of Tableau.' },
  '409004': { becomes: 'validation', next: 'Correct the times and save again; nothing was changed.' },
  '409021': { becomes: 'conflict', next: 'All sites of the server share its schedules, and each has a name of its own: choose another name.' },
  '409070': {
    becomes: 'conflict',
    next: 'A data source that is file based, or in another form that Tableau does not support, cannot be extracted. Open it in Tableau Desktop, extract it there and publish it again.',
  },
  '409087': { becomes: 'forbidden', next: 'Tableau shows data acceleration tasks, and what they accelerate, to server and site administrators alone.' },
  '409090': { becomes: 'conflict', next: 'Nothing was changed: what asks its data live has no extract, and the site’s extract encryption mode can forbid what was asked for.' },
  '409093': { becomes: 'already_queued', next: 'Wait for the one that is queued or running.' },
  '429000': { becomes: 'throttled', next: 'Wait for the time that Tableau names; nothing is repeated by itself.' },
  '500000': { becomes: 'upstream_refused', next: 'Something failed inside Tableau. Nothing was repeated. Try again, or show the request id to whoever runs Tableau.' },
}
