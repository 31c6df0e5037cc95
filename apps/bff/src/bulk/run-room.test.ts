import { expect, it } from 'vitest'
import { principalKey } from '../session/principal.ts'
import { createRunRoom } from './run-room.ts'

const [me, other] = ['u', 'v'].map((userId) => principalKey({ serverId: 'server', siteId: 's', userId }))
if (me === undefined || other === undefined) throw new Error('nobody')

it('is there for three runs of a person, although more begin in the same moment', async () => {
  const atWork = new Map<string, { run: { principal: string } }>()
  const room = createRunRoom(atWork)
  const begin = (id: string, principal: typeof me): Promise<boolean> =>
    room.within(principal, async () => {
      await Promise.resolve()
      atWork.set(id, { run: { principal } })
    })
  expect(await Promise.all(['1', '2', '3', '4', '5'].map((id) => begin(id, me)))).toEqual([true, true, true, false, false])
  expect(await begin('6', other)).toBe(true)
  atWork.delete('2')
  expect([await begin('4', me), await begin('5', me)]).toEqual([true, false])
})
