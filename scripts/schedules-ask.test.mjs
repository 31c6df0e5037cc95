import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { asked } from './schedules-ask.mjs'

const terminal = () => Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined, columns: 80 })

it.each([
  ['what is typed', 'yes\r', 'yes'],
  ['nothing for Ctrl+C', '\u0003', undefined],
  ['nothing for Ctrl+D', '\u0004', undefined],
])('a question is answered with %s', async (_what, keys, answer) => {
  const [input, output] = [terminal(), terminal()]
  const answered = asked('Apply this? ', input, output)
  input.write(keys)
  expect(await answered).toBe(answer)
})

it('a question is answered with nothing when the input ends', async () => {
  const input = new PassThrough()
  const answered = asked('Apply this? ', input, new PassThrough())
  input.end()
  expect(await answered).toBeUndefined()
})
