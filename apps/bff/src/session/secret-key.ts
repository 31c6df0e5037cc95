import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { StartFault } from '../start-fault.ts'

const keyBytes = 32

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const make = (file: string): Uint8Array => {
  const key = randomBytes(keyBytes)
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, key, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new StartFault(`SECRET_KEY_FILE: ${file} cannot be written: choose a place that this account can write to`, { cause: error })
  }
  return key
}

/** Refuses a file that others than its owner can read. */
export const assertPrivate = (variable: string, file: string): void => {
  const mode = statSync(file).mode & 0o777
  if ((mode & 0o077) !== 0) {
    throw new StartFault(`${variable}: ${file} can be read by others (mode ${mode.toString(8)}): run chmod 600 on it`)
  }
}

/** The server's half of the sessions' keys. Made at the first start; 32 bytes, mode 0600. */
export const loadSecretKey = (file: string): Uint8Array => {
  let key: Uint8Array
  try {
    key = readFileSync(file)
  } catch (error) {
    if (isMissing(error)) return make(file)
    throw new StartFault(`SECRET_KEY_FILE: ${file} cannot be read by this account`, { cause: error })
  }
  assertPrivate('SECRET_KEY_FILE', file)
  if (key.byteLength !== keyBytes) {
    throw new StartFault(`SECRET_KEY_FILE: ${file} must hold exactly ${keyBytes} random bytes, it holds ${key.byteLength}`)
  }
  if (new Set(key).size === 1) throw new StartFault(`SECRET_KEY_FILE: ${file} holds one byte ${keyBytes} times over, which is no key: move it away, and a new one is made`)
  return key
}
