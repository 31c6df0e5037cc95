/** More than a first reading needs; each attempt waits a while by itself. */
const attempts = 20

/**
 * Reads again until that is enough, twenty times at most: figures come page by page. Resolves with what was read last, enough or not;
 * rejects with what reading throws.
 */
export const readUntil = async <T>(read: () => Promise<T>, isEnough: (seen: T) => boolean): Promise<T> => {
  let seen = await read()
  for (let attempt = 1; attempt < attempts && !isEnough(seen); attempt += 1) seen = await read()
  return seen
}
