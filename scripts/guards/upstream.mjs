const bff = 'apps/bff/src'
const client = 'packages/tableau-client/src'
const requests = `${bff}/proofs/upstream-requests.test.ts`
const redirects = `${client}/redirects.test.ts`
const writer = `${client}/xml/writer.ts`
const writerTest = `${client}/xml/writer.test.ts`
const filter = `${client}/resources/jobs-filter.ts`
const simulatorFilter = `${client}/simulator-filter.test.ts`

export const guards = [
  {
    guard: 'A redirect is an error, whatever was asked',
    file: `${client}/transport.ts`,
    find: 'if (statusCode >= 300 && statusCode < 400)',
    replace: 'if (statusCode === 399)',
    test: redirects,
  },
  {
    guard: 'Of where a redirect points to, the host alone is told',
    file: `${client}/transport.ts`,
    find: "return new URL(headers.location ?? '', origin).host",
    replace: "return new URL(headers.location ?? '', origin).href",
    test: redirects,
  },
  {
    guard: 'A redirect of a preview image is followed nowhere',
    file: `${bff}/proxy/image-proxy.ts`,
    find: 'if (status >= 300 && status < 400)',
    replace: 'if (status === 399)',
    test: `${bff}/proxy/preview-image-failures.test.ts`,
  },
  {
    guard: 'Only a Tableau id gets into an address',
    file: `${client}/url.ts`,
    find: "if (!id.success) throw new TableauInputError(operation, whole, 'is not a Tableau id')\n    return id.data",
    replace: "return id.data ?? params[name] ?? ''",
    test: `${client}/simulator.test.ts`,
    only: 'fuzzed',
  },
  {
    guard: 'A token that is not fit for a header is not sent',
    file: `${client}/client.ts`,
    find: 'if (auth === undefined || !isToken(auth.token))',
    replace: 'if (auth === undefined)',
    test: `${client}/transport.test.ts`,
    only: 'unusable shape',
  },
  {
    guard: 'A text with a character that XML cannot hold is refused, and its field named',
    file: writer,
    find: 'if (!isXmlText(value)) throw new XmlWriteError(`${element.name}@${name}`)',
    replace: '',
    test: writerTest,
  },
  {
    guard: 'A name of a schedule that XML cannot hold is refused at the door',
    file: 'packages/api-types/src/schedules.ts',
    find: '.refine((text) => !unsendable.test(text),',
    replace: '.refine(() => true,',
    test: 'packages/api-types/src/schedules.test.ts',
  },
  {
    guard: 'Whatever is not plain ASCII is written as a reference',
    file: writer,
    find: '.replace(/[^\\u0020-\\u007E]/gu, reference)',
    replace: '',
    test: writerTest,
  },
  {
    guard: 'A separator in the value of a filter adds no clause',
    file: filter,
    find: "return text.replace(separators, '*')",
    replace: 'return text',
    test: simulatorFilter,
  },
  {
    guard: 'A filter that Tableau could only be asked for more widely is redone exactly',
    file: filter,
    find: '.some((value) => widened.test(String(value)))',
    replace: '.some(() => false)',
    test: simulatorFilter,
  },
  {
    guard: 'Only the documented pairs of field and operator are asked for',
    file: filter,
    find: 'if (!known) throw refuse(clause',
    replace: 'if (clause.field === undefined) throw refuse(clause',
    test: `${client}/resources/jobs-filter.test.ts`,
  },
  {
    guard: 'A preview image is asked for with the token and nothing of the browser’s',
    file: `${bff}/proxy/image-proxy.ts`,
    find: "request.headers = { accept: 'image/png',",
    replace: "request.headers = { ...request.headers, accept: 'image/png',",
    test: requests,
  },
  {
    guard: 'A request id that came with a request is not believed',
    file: `${bff}/http/request-facts.ts`,
    find: 'id: randomUUID()',
    replace: "id: request.get(requestIdHeader) ?? randomUUID()",
    test: requests,
  },
  {
    guard: 'A reply that never ends costs its connection at the cap',
    file: `${client}/xml/reader.ts`,
    find: 'if (bytes > limits.bytes)',
    replace: 'if (bytes > Infinity)',
    test: `${client}/transport.test.ts`,
    only: 'never ends',
  },
]
