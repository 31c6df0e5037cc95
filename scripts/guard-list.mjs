import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './workspace.mjs'

/** Where the list is read by people, and what was printed without each guard the last time it was tried. */
export const documentFile = join(root, 'docs/security.md')
export const printedFile = join(root, 'scripts/guards-printed.json')

/**
 * Every guard that a test must miss when it is gone, by area: what holds, the text that makes it hold (once in its file),
 * the text without it, and the test that then fails.
 */
export const guardsOf = async () => {
  const folder = join(root, 'scripts/guards')
  const lists = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith('.mjs'))
      .toSorted()
      .map(async (name) => {
        const { guards } = await import(pathToFileURL(join(folder, name)).href)
        return guards.map((guard) => ({ area: name.replace(/\.mjs$/, ''), ...guard }))
      }),
  )
  return lists.flat()
}
