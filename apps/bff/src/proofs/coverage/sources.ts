import { readdirSync, readFileSync, existsSync } from 'node:fs'
import * as tableau from '@refreshboard/tableau-client'

// What the coverage table is held against: the endpoint objects, and the files of the other rooms as they stand.

const root = new URL('../../../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const filesOf = (path: string): string[] => readdirSync(new URL(path, root)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))

type EndpointFacts = Pick<tableau.TableauEndpoint<never, unknown>, 'name' | 'method' | 'path' | 'since' | 'until' | 'reference' | 'operation' | 'reply'>

const isEndpoint = (value: unknown): value is EndpointFacts => typeof value === 'object' && value !== null && 'encode' in value && 'name' in value && 'reference' in value

const exported: unknown[] = Object.values(tableau)

/** Every endpoint object of the client, by name. */
export const calls: ReadonlyMap<string, EndpointFacts> = new Map(exported.filter(isEndpoint).map((endpoint) => [endpoint.name, endpoint]))

const handlers = 'packages/tableau-sim/src/handlers/'
const handlerTexts = filesOf(handlers).map((file) => ({ file, text: read(`${handlers}${file}`) }))

/** The file of the simulator that answers an operation. */
export const handlerOf = (operation: string): string | undefined => handlerTexts.find(({ text }) => text.includes(`operation: '${operation}'`))?.file

export const hasFixture = (fixture: string): boolean => existsSync(new URL(`packages/tableau-client/src/fixtures/${fixture}`, root))

/** Whether a file of journeys has a test of that title; a title with parts that vary stands there as a template. */
export const hasJourney = (file: string, title: string): boolean => {
  const path = `e2e/${file}.e2e.ts`
  if (title === '' || !existsSync(new URL(path, root))) return false
  const text = read(path)
  return text.includes(`test('${title}'`) || text.includes(`test(\`${title}\``)
}

/** A line of the list of error codes that was copied from the references by hand. */
export interface ReferenceError {
  readonly method: string
  /** HTTP status and code as the reference prints them. */
  readonly printed: string
  /** The same as the simulator answers. */
  readonly answered: string
}

export const referenceErrors: readonly ReferenceError[] = read('docs/reference-errors.tsv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [method = '', printed = '', answered = ''] = line.split('\t')
    return { method, printed, answered }
  })

/** The six digits, or the fewer that are printed. */
export const codeOf = (statusAndCode: string): string => statusAndCode.split(' ')[1] ?? ''
