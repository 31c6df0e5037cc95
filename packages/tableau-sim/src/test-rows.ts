import type { Element } from '@xmldom/xmldom'
import type { TableauSim } from './index.ts'
import { all, send, sitePath } from './test-client.ts'
import type { SignedIn } from './test-client.ts'

/** A row of a list, flat: its attributes, those of its children as `owner.name`, and the labels of its tags with `|` between. */
export type Row = Readonly<Record<string, string>>

/** `/workbooks?x=1` → `workbook`. */
export const rowName = (path: string): string => /^\/(\w+)s/.exec(path)?.[1] ?? ''

/** The rows of a list of the session's site, such as `/workbooks?pageSize=3`; throws where it is refused. */
export const readRows = async (sim: TableauSim, session: SignedIn, path: string): Promise<Row[]> => {
  const reply = await send(sim, sitePath(session, path), { token: session.token })
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`)
  return all(reply.text, rowName(path)).map(flatten)
}

export const attributesOf = (element: Element, prefix = ''): Row => Object.fromEntries([...element.attributes].map(({ name, value }) => [`${prefix}${name}`, value]))

const flatten = (row: Element): Row => {
  const cells = { ...attributesOf(row) }
  for (const child of row.getElementsByTagName('*')) {
    if (child.nodeName === 'tags') cells['tags'] = [...child.getElementsByTagName('tag')].map((tag) => tag.getAttribute('label')).join('|')
    else if (child.parentNode === row) Object.assign(cells, attributesOf(child, `${child.nodeName}.`))
  }
  return cells
}
