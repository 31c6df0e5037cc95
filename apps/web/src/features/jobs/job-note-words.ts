import type { JobDetail } from '@refreshboard/api-types'

/** The documented types of status notes (jobs reference, § Query Job). All but the last count users. */
const noteWords: Readonly<Record<string, string>> = {
  CountOfUsersAddedToGroup: 'Users added to the group',
  CountOfUsersAddedToSite: 'Users added to the site',
  CountOfUsersWithInsufficientLicenses: 'Users whose site role could not change for want of licences',
  CountOfUsersInActiveDirectoryGroup: 'Users in the Active Directory group',
  CountOfUsersProcessed: 'Users processed',
  CountOfUsersSkipped: 'Users skipped',
  CountOfUsersInformationUpdated: 'Users whose information was updated',
  CountOfUsersSiteRoleUpdated: 'Users whose site role was updated',
  CountOfUsersRemovedFromGroup: 'Users removed from the group',
  CountOfUsersUnlicensed: 'Users who lost their licence',
  SiteDelete: 'Deletion of the site',
}

/** A status note in words: what it counts and how many. An unknown type is told as Tableau tells it. */
export const noteInWords = ({ type, value }: JobDetail['statusNotes'][number]): string => {
  const label = Object.hasOwn(noteWords, type) ? noteWords[type] : undefined
  return [label ?? type, value].filter((part) => part !== undefined && part !== '').join(': ')
}

const finishWords: Partial<Record<number, string>> = { 0: 'Success', 1: 'Error', 2: 'Cancelled', 3: 'Completed by Tableau Bridge' }

/** How a job ended (`finishCode`); an unknown code as Tableau tells it. */
export const finishInWords = (finishCode: number): string => finishWords[finishCode] ?? `Finish code ${finishCode}, which Refreshboard does not know`
