/** From the top: `['Finance', 'EMEA']` is “Finance/EMEA”; a `/` or `\` in a name is written `\/` and `\\`. */
export const projectPath = (names: readonly string[]): string => names.map((name) => name.replaceAll(/[\\/]/g, String.raw`\$&`)).join('/')

/** What is wrong with a path, in a sentence; undefined when it is good. */
export const projectPathFault = (path: string): string | undefined => {
  if (/(?<!\\)(\\\\)*\\(?![\\/])/.test(path)) return 'In a project a “\\” stands before a “/” or a “\\” only: write “\\\\” for one in a name'
  const emptied = path.replaceAll(/\\[\\/]/g, 'x')
  return emptied.split('/').includes('') ? 'A project is named from the top, as in “Finance/EMEA”: a name between two “/” is missing' : undefined
}
