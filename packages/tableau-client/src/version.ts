/** `major.minor` as Tableau writes it; compared as two integers (3.9 is older than 3.10). */
export type ApiVersion = `${number}.${number}`

const pattern = /^(\d{1,4})\.(\d{1,4})$/

/** Whether a text has the shape of a version; it becomes part of every address. */
export const isApiVersion = (text: string): text is ApiVersion => pattern.test(text)

const parts = (version: ApiVersion): readonly [number, number] => {
  const found = pattern.exec(version)
  return [Number(found?.[1]), Number(found?.[2])]
}

/** Negative when `a` is older than `b`, 0 when they are the same. */
export const compareVersions = (a: ApiVersion, b: ApiVersion): number => {
  const [majorA, minorA] = parts(a)
  const [majorB, minorB] = parts(b)
  return majorA - majorB || minorA - minorB
}
