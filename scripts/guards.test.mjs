import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentFile, guardsOf, printedFile } from './guard-list.mjs'
import { keyOf, withTable } from './guard-table.mjs'
import { root } from './workspace.mjs'

const guards = await guardsOf()
const printed = JSON.parse(readFileSync(printedFile, 'utf8'))

describe('the list of guards', () => {
  it('names each guard once', () => {
    expect(guards.length).toBeGreaterThan(20)
    expect(new Set(guards.map(keyOf)).size).toBe(guards.length)
  })

  it.each(guards.map((guard) => [keyOf(guard), guard]))('still finds “%s”, and its test', (_name, guard) => {
    const text = readFileSync(join(root, guard.file), 'utf8')
    expect(text.split(guard.find)).toHaveLength(2)
    expect(guard.replace).not.toBe(guard.find)
    expect(existsSync(join(root, guard.test))).toBe(true)
  })

  it.each(guards.map((guard) => [keyOf(guard)]))('was seen to fail without “%s”', (name) => {
    expect(printed[name]).toMatch(/^[1-9]\d* failed: ./)
  })

  it('stands in the document as it is here', () => {
    const document = readFileSync(documentFile, 'utf8')
    expect(withTable(document, guards, printed)).toBe(document)
  })
})
