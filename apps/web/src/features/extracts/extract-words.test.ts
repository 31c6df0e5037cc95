import { describe, expect, it } from 'vitest'
import { aCloudTask, aTask } from '../../test/a-task.ts'
import { dataWords, encryptionWords, modeLabel, modeMeaning, schedulesWords } from './extract-words.ts'

describe('an extract in words', () => {
  it.each([
    [true, 'Extract'],
    [false, 'Live'],
    [undefined, 'Not told'],
  ])('hasExtracts %s is “%s”', (hasExtracts, words) => {
    expect(dataWords({ hasExtracts })).toBe(words)
  })

  it.each([
    [true, true, 'Encrypted'],
    [true, false, 'Not encrypted'],
    [undefined, true, 'Encrypted'],
    [false, true, 'Set to encrypt'],
    [false, false, 'Nothing to encrypt'],
    [true, undefined, 'Not told'],
  ])('hasExtracts %s and encryptExtracts %s is “%s”', (hasExtracts, encryptExtracts, words) => {
    expect(encryptionWords({ hasExtracts, encryptExtracts })).toBe(words)
  })
})

describe('a mode in words', () => {
  it.each([
    ['enforced', 'Enforced', /every extract of the site is encrypted/],
    ['enabled', 'Enabled', /each workbook and data source says/],
    ['disabled', 'Disabled', /no extract of the site is encrypted/],
    ['quantum', 'quantum', /does not know/],
  ])('%s', (mode, label, meaning) => {
    expect(modeLabel(mode)).toBe(label)
    expect(modeMeaning(mode)).toMatch(meaning)
  })
})

describe('what refreshes it', () => {
  it('is told by the names of the schedules, each once', () => {
    expect(schedulesWords([aTask(), aTask({ schedule: { id: 'x', name: 'Month end' } }), aTask()])).toBe('Weekday early, Month end')
  })

  it('is told by its times on Tableau Cloud', () => {
    expect(schedulesWords([aCloudTask()])).toMatch(/06:00/)
  })
})
