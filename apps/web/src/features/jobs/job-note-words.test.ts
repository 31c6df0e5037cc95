import { describe, expect, it } from 'vitest'
import { finishInWords, noteInWords } from './job-note-words.ts'

describe('a status note', () => {
  it.each([
    ['CountOfUsersAddedToGroup', 'Users added to the group: 4'],
    ['CountOfUsersAddedToSite', 'Users added to the site: 4'],
    ['CountOfUsersWithInsufficientLicenses', 'Users whose site role could not change for want of licences: 4'],
    ['CountOfUsersInActiveDirectoryGroup', 'Users in the Active Directory group: 4'],
    ['CountOfUsersProcessed', 'Users processed: 4'],
    ['CountOfUsersSkipped', 'Users skipped: 4'],
    ['CountOfUsersInformationUpdated', 'Users whose information was updated: 4'],
    ['CountOfUsersSiteRoleUpdated', 'Users whose site role was updated: 4'],
    ['CountOfUsersRemovedFromGroup', 'Users removed from the group: 4'],
    ['CountOfUsersUnlicensed', 'Users who lost their licence: 4'],
    ['SiteDelete', 'Deletion of the site: 4'],
    ['CountOfMoons', 'CountOfMoons: 4'],
    ['constructor', 'constructor: 4'],
  ])('%s is told as “%s”', (type, words) => {
    expect(noteInWords({ type, value: '4' })).toBe(words)
  })

  it('without a value is its words alone', () => {
    expect(noteInWords({ type: 'SiteDelete' })).toBe('Deletion of the site')
    expect(noteInWords({ type: 'CountOfMoons', value: '' })).toBe('CountOfMoons')
  })
})

describe('a finish code', () => {
  it.each([
    [0, 'Success'],
    [1, 'Error'],
    [2, 'Cancelled'],
    [3, 'Completed by Tableau Bridge'],
    [7, 'Finish code 7, which Refreshboard does not know'],
  ])('%i is told as “%s”', (code, words) => {
    expect(finishInWords(code)).toBe(words)
  })
})
