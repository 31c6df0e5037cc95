/** How many letters must be changed, added or left out to make one word of another. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1) next.push(Math.min((row[j] ?? 0) + (letter === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    row = next
  }
  return row[b.length] ?? 0
}

const longest = 40

/** The known word that was probably meant; undefined when none is near. */
export const nearMiss = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > longest) return undefined
  const [best] = known.map((candidate) => ({ candidate, off: distance(word.toLowerCase(), candidate.toLowerCase()) })).toSorted((a, b) => a.off - b.off)
  return best !== undefined && best.off <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined
}
