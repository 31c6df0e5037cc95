import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A program under test, in a process of its own. */
export interface Program {
  child: ChildProcess
  /** Everything it wrote so far. */
  stdout(): string
  stderr(): string
  /** Resolves with its exit code; null when a signal ended it. */
  exited: Promise<number | null>
  /** Resolves with the first match in what it writes; rejects when it ends without one. */
  prints(pattern: RegExp): Promise<RegExpExecArray>
}

/** Starts a bundle with nothing in its environment but what is given. */
export const startProgram = (file: string, environment: Record<string, string>): Program => {
  const child = spawn(process.execPath, [file], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
  const exited = once(child, 'close').then(() => child.exitCode)
  return {
    child,
    stdout: () => out,
    stderr: () => err,
    exited,
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(out)
          if (found) resolve(found)
        }
        child.stdout.on('data', look)
        child.on('close', () => reject(new Error(`it ended without printing ${String(pattern)}: ${out}${err}`)))
        look()
      }),
  }
}
