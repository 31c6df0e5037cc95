const begin = '<!-- guards: written by “npm run guards -- --write” -->'
const end = '<!-- end of guards -->'

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ').trim()
const shortened = (text) => (text.length > 160 ? `${text.slice(0, 157)}…` : text)

/** What one guard is remembered by. */
export const keyOf = (guard) => `${guard.area}: ${guard.guard}`

/** The document with the list of these guards in its place; `printed` tells by key what was printed without each. */
export const withTable = (document, guards, printed) => {
  const from = document.indexOf(begin)
  const to = document.indexOf(end)
  if (from < 0 || to < from) throw new Error('the document has no place for the guards')
  const rows = guards.map((guard) => `| ${cell(guard.guard)} | \`${guard.file}\` | \`${guard.test}\` | ${cell(shortened(printed[keyOf(guard)] ?? ''))} |`)
  const head = '| what holds | taken away in | the test that fails | what it printed |\n| --- | --- | --- | --- |'
  return `${document.slice(0, from)}${begin}\n\n${head}\n${rows.join('\n')}\n\n${document.slice(to)}`
}
