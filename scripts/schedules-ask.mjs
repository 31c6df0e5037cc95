import { createInterface } from 'node:readline/promises'

/** What a person answers; undefined for Ctrl+C, Ctrl+D and the end of the input. */
export const asked = async (question, input, output) => {
  const lines = createInterface({ input, output })
  const closed = new Promise((resolve) => lines.once('close', () => resolve(undefined)))
  try {
    return await Promise.race([lines.question(question), closed])
  } catch (error) {
    if (error.name !== 'AbortError') throw error
    return undefined
  } finally {
    lines.close()
  }
}
