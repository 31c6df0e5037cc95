/** A column of a table file: its head, and its cell of a row; what is undefined is an empty cell. */
export type Column<Row> = readonly [name: string, of: (row: Row) => string | number | undefined]

/** What a spreadsheet takes for the beginning of a formula, the full-width forms of East Asian keyboards too. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/

/** Texts are other people's words: one that begins like a formula is told as text, by the quotation mark that spreadsheets know. */
const cellOf = (value: string | number | undefined): string => {
  const text = String(value ?? '')
  const plain = typeof value === 'string' && startsFormula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Rows as a table of text, by RFC 4180; a mark at its start tells spreadsheets that it is UTF-8. */
export const csvOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  `\uFEFF${[columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => cellOf(of(row))))].map((line) => `${line.join(',')}\r\n`).join('')}`
