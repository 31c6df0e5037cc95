import { contract, type EndpointName } from '@refreshboard/api-types'
import { tableauCodes } from '../../http/tableau-codes.ts'
import { methods, type Method } from './methods.ts'
import { calls, codeOf, handlerOf, referenceErrors } from './sources.ts'

const cells = (values: readonly string[]): string => `| ${values.join(' | ')} |`
const code = (text: string): string => `\`${text}\``
const routeOf = (name: EndpointName): string => code(`${contract[name].method} ${contract[name].path.slice('/api'.length)}`)
const errorsOf = ({ title }: Method) => referenceErrors.filter(({ method }) => method === title)

const versionsOf = ({ call }: Method): string => {
  const { since = '?', until } = calls.get(call) ?? {}
  return until === undefined ? `${since} on` : `${since} to ${until}`
}

const callOf = ({ call }: Method): string => {
  const { method = '?', path = '?' } = calls.get(call) ?? {}
  return code(`${method} ${path}`)
}

const head = ['method', 'call', 'API', 'on', 'who', 'routes, below `/api`', 'fixture', 'simulator', 'journey', 'error codes']

const rowOf = (method: Method): string => {
  const { title, on, roles, routes, fixture, journey, call } = method
  const [file, test] = journey
  const errors = errorsOf(method)
  return cells([
    `**${title}**<br>${method.reference}`,
    callOf(method),
    versionsOf(method),
    on,
    roles,
    routes.map(routeOf).join('<br>'),
    code(fixture),
    code(handlerOf(call) ?? '?'),
    `${code(file)}: ${test}`,
    errors.length === 0 ? '—' : `${errors.length}: ${errors.map(({ printed }) => codeOf(printed)).join(', ')}`,
  ])
}

const table = (rows: readonly Method[]): string => [cells(head), cells(head.map(() => '---')), ...rows.map(rowOf)].join('\n')

const codes = [...new Set(referenceErrors.flatMap(({ printed, answered }) => [codeOf(printed), codeOf(answered)]))].toSorted((a, b) => a.localeCompare(b))

const codeRow = (tableauCode: string): string => {
  const methodsWith = new Set(referenceErrors.filter(({ printed, answered }) => [printed, answered].some((text) => codeOf(text) === tableauCode)).map(({ method }) => method))
  const { becomes = '?', next = '?' } = tableauCodes[tableauCode] ?? {}
  return cells([code(tableauCode), String(methodsWith.size), code(becomes), next])
}

const all = Object.values(methods).flat()
const printed = all.filter((method) => method.codes !== undefined)

/** `docs/coverage.md`, from the endpoint objects and what stands beside them. */
export const coverageDocument = (): string => `# Coverage

<!-- Written by apps/bff/src/proofs/coverage; “npx vitest run --project bff coverage --update” writes it anew. -->

Every method of Tableau’s two REST references (${printed.length} methods, ${referenceErrors.length} rows in their tables of errors), and the ${all.length - printed.length} calls that
support them. A test fails when one of them lacks an endpoint object, a route, a fixture, a handler of the simulator, a journey or an error code, when a code
has no sentence, and when this file is not what the code says.

- *API*: the first and, where there is one, the last version of the REST API that has it. The encryption attributes of the three updates came with 3.5, and the
  data acceleration that can be added to a schedule was there from 3.8 to 3.15.
- *Who*: in short; \`e2e/tables/roles.ts\` has each account, with own and foreign content, and \`e2e/tables/versions.ts\` each version. The simulator and the
  screen are both held against them.
- *Fixture*: below \`packages/tableau-client/src/fixtures\`; \`requests\` holds what is sent, word for word.
- *Simulator*: below \`packages/tableau-sim/src/handlers\`. Every error code of every table is provoked there over HTTP (\`reference-errors*.test.ts\`).
- *Error codes*: [reference-errors.tsv](reference-errors.tsv), copied from the references by hand, beside what the simulator answers; where the two differ,
  [simulator-differences.md](simulator-differences.md) says why.

${Object.entries(methods)
  .map(([group, rows]) => `## ${group}\n\n${table(rows)}`)
  .join('\n\n')}

## The error codes in words

What a person reads beside Tableau’s own detail. Some mean something else in one method; those stand in \`apps/bff/src/http/tableau-meanings.ts\`.

| code | methods | becomes | what to do |
| --- | --- | --- | --- |
${codes.map(codeRow).join('\n')}

## What is left out, and why

- **Create Site, Delete Site**: laying out a server is not keeping it fresh; the extract encryption mode, the one attribute that is about extracts, is changed by
  Update Site.
- **Publish Workbook, Publish Data Source**: uploads of files come from Tableau’s own programs; the \`encryptExtracts\` that they set can be read and set here.
- **Sign-in by JWT** (connected apps): it needs a secret of the server in this application, which would then speak for anybody. People sign in as themselves.
- **JSON of Tableau’s API**: its shapes vary where its XML does not, so only XML is spoken; the simulator answers JSON on Cloud for others.
- **Subscriptions, flow runs, linked tasks, webhooks**: neither reference has them. Their schedules and jobs are shown, since lists contain them.
- **Several tasks in one Add to Schedule**: the sample of the reference has two \`<task>\` elements, the schema one; one is sent.
- **Data acceleration after API 3.15**: such a server answers and does nothing, so nothing is sent; the page says what replaced it.
`

/** The distinct codes of the references, as printed and as answered. */
export const referenceCodes: readonly string[] = codes
