import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A place for a store that can be made full, as a real disk or by a limit on the process that writes there. */
export interface Disk {
  readonly directory: string
  /** From now on nothing more fits, as far as that process goes. */
  fill(pid: number): void
  /** There is room again. */
  clear(pid: number): void
  remove(): void
}

const newDirectory = (): string => mkdtempSync(path.join(tmpdir(), 'refreshboard-disk-'))

/** No file of the process may grow beyond the longest that it has there: what needs more is refused by the kernel. */
const limited = (): Disk => {
  const directory = newDirectory()
  const limit = (pid: number, bytes: string): void => {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  }
  return {
    directory,
    fill: (pid) => {
      const stores = readdirSync(directory).filter((name) => /\.db(-wal)?$/.test(name))
      limit(pid, String(Math.max(...stores.map((name) => statSync(path.join(directory, name)).size))))
    },
    clear: (pid) => limit(pid, 'unlimited'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** A small file system of its own, in memory, that is filled to the last byte; needs root. */
const mounted = (): Disk => {
  const directory = newDirectory()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'refreshboard', directory], { stdio: 'ignore' })
  const filler = path.join(directory, 'filler')
  const block = Buffer.alloc(4096)
  return {
    directory,
    fill: () => {
      const file = openSync(filler, 'a')
      try {
        for (;;) writeSync(file, block)
      } catch {
        closeSync(file)
      }
    },
    clear: () => rmSync(filler, { force: true }),
    remove: () => {
      execFileSync('umount', ['--lazy', directory])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const canMount = (): boolean => {
  try {
    mounted().remove()
    return true
  } catch {
    return false
  }
}

/** The kinds of disk that this account can make. */
export const disks: readonly (readonly [name: string, make: () => Disk])[] = [['a limit on its files', limited], ...(canMount() ? [['a full disk', mounted] as const] : [])]
