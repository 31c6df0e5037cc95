import { chmodSync, lstatSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from './schedules-client.mjs'

/** npm runs the command in Refreshboard's own folder, and says from where it was called. */
const placeOf = (file) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file)

const bytesOf = (file) => {
  try {
    return readFileSync(file === '-' ? 0 : placeOf(file))
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error.code ?? error.message}.`, { cause: error })
  }
}

/** The text of a file, `-` being the standard input. What is not UTF-8 is refused: read all the same, it would hold other names. */
export const readText = (file) => {
  const bytes = bytesOf(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new UsageError(`${file === '-' ? 'The standard input' : file} cannot be read as text (UTF-8).`, { cause: error })
  }
}

/** Where a text goes: through links to what they lead to, which need not be there yet. */
const targetOf = (file) => {
  const link = lstatSync(file, { throwIfNoEntry: false })
  if (link === undefined) return { target: file }
  const there = statSync(file, { throwIfNoEntry: false })
  // A pipe or a terminal has no path of its own behind its link.
  if (there !== undefined && !there.isFile()) return { target: file, there }
  return there === undefined ? { target: path.resolve(path.dirname(file), readlinkSync(file)) } : { target: realpathSync(file), there }
}

const replace = (target, text, mode) => {
  const part = `${target}.${process.pid}.part`
  try {
    writeFileSync(part, text, { flag: 'wx' })
    if (mode !== undefined) chmodSync(part, mode)
    renameSync(part, target)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** Writes a file whole or not at all; one that is there keeps its mode and the links to it. */
export const writeText = (file, text) => {
  try {
    const { target, there } = targetOf(placeOf(file))
    if (there === undefined || there.isFile()) replace(target, text, there === undefined ? undefined : there.mode & 0o7777)
    else writeFileSync(target, text)
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error.code ?? error.message}.`, { cause: error })
  }
}
