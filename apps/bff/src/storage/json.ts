/** A JSON text of our own, read back: what a schema is still to parse. Throws a SyntaxError where it is none. */
export const parsedJson = (text: string): unknown => {
  const value: unknown = JSON.parse(text)
  return value
}
