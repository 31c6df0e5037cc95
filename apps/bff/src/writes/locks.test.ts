import { expect, it } from 'vitest'
import { createLocks } from './locks.ts'

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

it('work on one thing takes turns, whatever became of the work before; other things do not wait', async () => {
  const locks = createLocks()
  const log: string[] = []
  const open: (() => void)[] = []
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      log.push(`${name} begins`)
      open.push(() => {
        log.push(`${name} ends`)
        if (name.startsWith('bad')) reject(new Error(name))
        else resolve(name)
      })
    })
  const results = Promise.allSettled([locks.run('a', work('bad one')), locks.run('a', work('two')), locks.run('b', work('other'))])
  await settle()
  expect(log).toEqual(['bad one begins', 'other begins'])
  open[0]?.()
  await settle()
  expect(log.slice(2)).toEqual(['bad one ends', 'two begins'])
  open[1]?.()
  open[2]?.()
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
})
