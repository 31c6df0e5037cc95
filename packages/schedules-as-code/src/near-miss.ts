import { slack } from './near-names.ts'

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

const nearest = (word: string, known: readonly string[]): { candidate: string; off: number } | undefined =>
  known.map((candidate) => ({ candidate, off: distance(word.toLowerCase(), candidate.toLowerCase()) })).toSorted((a, b) => a.off - b.off)[0]

/** The known word that was probably meant; undefined when none is near. */
export const nearMiss = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > longest) return undefined
  const best = nearest(word, known)
  return best !== undefined && best.off <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined
}

const longestName = 100

/** So many pairs of letters are compared, and so many names looked for among all: a fraction of a second. */
const mostCompared = 8_000_000
const mostLookedFor = 200

/** Finds the name of content that was probably meant, among `known`, until that has taken its time: a suggestion, on which nothing rests. */
export const nearNames = (): ((name: string, known: () => Iterable<string>) => string | undefined) => {
  let left = mostCompared
  let asked = 0
  return (name, known) => {
    asked += 1
    if (name.length > longestName || asked > mostLookedFor) return undefined
    const likely: string[] = []
    for (const other of known()) {
      if (other === name || Math.abs(other.length - name.length) > slack(name)) continue
      left -= name.length * other.length
      if (left < 0) break
      likely.push(other)
    }
    const best = nearest(name, likely)
    return best !== undefined && best.off <= slack(name) ? best.candidate : undefined
  }
}
