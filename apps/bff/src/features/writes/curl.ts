import type { TableauRequest } from '@refreshboard/api-types'

/** One word of a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A request to Tableau as a command for a POSIX shell. The token stands in it as a variable, never as itself. */
export const curlOf = (serverUrl: string, { method, path, xml }: TableauRequest): string =>
  [
    `curl -X ${method} ${quoted(`${new URL(serverUrl).origin}${path}`)}`,
    '-H "X-Tableau-Auth: $TABLEAU_TOKEN"',
    // Nothing of XML begins with “@”, by which curl would read a file.
    ...(xml === undefined ? [] : [`-H 'Content-Type: application/xml' --data-binary ${quoted(xml)}`]),
  ].join(' ')
