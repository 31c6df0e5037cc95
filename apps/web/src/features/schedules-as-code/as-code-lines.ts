/** Where a line begins and ends in a text, from 1; the last one where there are fewer. */
export const rangeOfLine = (text: string, line: number): { start: number; end: number } => {
  let start = 0
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf('\n', start)
    if (next === -1) break
    start = next + 1
  }
  const end = text.indexOf('\n', start)
  return { start, end: end === -1 ? text.length : end }
}

/** Selects a line of a text field that does not wrap, and brings it into sight. */
export const showLine = (field: HTMLTextAreaElement, line: number): void => {
  const { start, end } = rangeOfLine(field.value, line)
  field.focus()
  field.setSelectionRange(start, end)
  const height = Number.parseFloat(getComputedStyle(field).lineHeight)
  if (Number.isFinite(height)) field.scrollTop = Math.max(0, (line - 4) * height)
}
