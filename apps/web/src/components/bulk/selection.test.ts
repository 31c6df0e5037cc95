import { maxBulkItems } from '@refreshboard/api-types'
import { act, renderHook, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { resetSession } from '../../lib/session-store.ts'
import { luid } from '../../test/fake-api.ts'
import { maxInAddress, mostSelected, useSelection, type RowAt, type SelectionOf } from './selection.ts'

const rows = Array.from({ length: 1200 }, (_, index): RowAt => ({ id: luid(index), index }))
const row = (index: number): RowAt => rows[index] ?? { id: '', index }
const idsOf = (from: number, to: number): string[] => rows.slice(from, to).map(({ id }) => id)

beforeEach(() => resetSession())

interface Shown {
  address: string
  filter?: string
  order?: string
}

const open = (address = '', of: SelectionOf = 'jobs', matching: (most: number) => string[] | Promise<string[]> = (most) => idsOf(0, most)) => {
  const onAddress = vi.fn<(selected: string) => void>()
  const initial: Shown = { address }
  const hook = renderHook(
    ({ address: shown, filter = 'pending', order = 'newest first' }: Shown) =>
      useSelection({
        of,
        address: shown,
        filter,
        order,
        onAddress,
        between: async (from, to) => idsOf(Math.min(from.index, to.index), Math.max(from.index, to.index) + 1),
        matching,
      }),
    { initialProps: initial },
  )
  const selected = (): string[] | 'all' => (hook.result.current.selection === 'all' ? 'all' : [...hook.result.current.selection])
  return { ...hook, onAddress, selected }
}

describe('a selection', () => {
  it('takes rows in and out, and stands in the address while it fits', async () => {
    const { result, onAddress, selected, rerender } = open()
    act(() => result.current.toggle(row(3)))
    act(() => result.current.toggle(row(5)))
    expect(selected()).toEqual([luid(3), luid(5)])
    expect(onAddress).toHaveBeenLastCalledWith(`${luid(3)},${luid(5)}`)
    act(() => result.current.toggle(row(3)))
    expect(onAddress).toHaveBeenLastCalledWith(luid(5))
    rerender({ address: luid(5) })
    act(() => result.current.set(new Set(idsOf(0, maxInAddress + 1))))
    await waitFor(() => expect(selected()).toHaveLength(maxInAddress + 1))
    expect(onAddress).toHaveBeenLastCalledWith('')
  })

  it('loses no click of two that come before the page is drawn again', () => {
    const { result, selected } = open()
    act(() => {
      result.current.toggle(row(1))
      result.current.toggle(row(2))
    })
    expect(selected()).toEqual([luid(1), luid(2)])
  })

  it('takes in every row from the last one on, in either direction, also those that have to be read', async () => {
    const { result, selected } = open()
    act(() => result.current.toggle(row(600)))
    act(() => result.current.toggle(row(598), true))
    await waitFor(() => expect(selected()).toEqual([luid(600), luid(598), luid(599)]))
  })

  it('stays as it was when the rows between cannot be read', async () => {
    const { result } = renderHook(() => useSelection({ of: 'tasks', address: '', filter: '', order: '', onAddress: () => undefined, between: () => Promise.reject(new Error('offline')), matching: () => [] }))
    act(() => result.current.toggle(row(1)))
    act(() => result.current.toggle(row(9), true))
    await act(async () => await Promise.resolve())
    expect(result.current.selection).toEqual(new Set([luid(1)]))
  })

  it('is what the address says, without what is no id', () => {
    expect(open(`${luid(3)},nonsense,../x`).selected()).toEqual([luid(3)])
  })

  it('is everything but one when one is taken out of all', async () => {
    const { result, selected } = open('all')
    expect(selected()).toBe('all')
    expect(result.current.has(luid(77))).toBe(true)
    act(() => result.current.toggle(row(2)))
    await waitFor(() => expect(selected()).toHaveLength(maxBulkItems - 1))
    expect(result.current.has(luid(2))).toBe(false)
  })

  describe('whose ids are being read', () => {
    const openSlow = () => {
      const reads: ((ids: string[]) => void)[] = []
      const matching = vi.fn<() => Promise<string[]>>(() => new Promise((resolve) => void reads.push(resolve)))
      const page = open('all', 'jobs', matching)
      /** What was asked for first is answered, and what becomes of that is waited for. */
      const answer = async () =>
        act(async () => {
          reads.shift()?.(idsOf(0, 6))
          await new Promise((resolve) => setTimeout(resolve, 5))
        })
      return { ...page, matching, answer, toggle: (index: number) => act(() => page.result.current.toggle(row(index))) }
    }

    it('loses no click that comes meanwhile', async () => {
      const { toggle, answer, selected, matching, result } = openSlow()
      toggle(2)
      expect(result.current.reading).toBe(true)
      await new Promise((resolve) => setTimeout(resolve, 20))
      toggle(5)
      await answer()
      await answer()
      expect(selected()).toEqual([0, 1, 3, 4].map((index) => luid(index)))
      expect(matching).toHaveBeenCalledTimes(1)
      expect(result.current.reading).toBe(false)
    })

    it('takes out what is still seen as selected, however often it is clicked', async () => {
      const { toggle, answer, selected } = openSlow()
      toggle(2)
      toggle(2)
      await answer()
      expect(selected()).not.toContain(luid(2))
    })

    it('stays cleared', async () => {
      const { toggle, answer, selected, result } = openSlow()
      toggle(2)
      toggle(5)
      act(() => result.current.clear())
      await answer()
      expect(selected()).toEqual([])
      toggle(7)
      expect(selected()).toEqual([luid(7)])
    })

    it('is what was selected anew', async () => {
      const { toggle, answer, selected, result } = openSlow()
      toggle(2)
      act(() => result.current.set('all'))
      await answer()
      expect(selected()).toBe('all')
    })

    it('is nobody else’s', async () => {
      const { toggle, answer, selected } = openSlow()
      toggle(2)
      act(() => resetSession())
      await answer()
      expect(selected()).toEqual([])
    })
  })

  describe('of everything that matches', () => {
    it('is over with the filter of which it was said, however that was left', async () => {
      const { result, rerender, selected, onAddress } = open('all')
      expect(selected()).toBe('all')
      rerender({ address: 'all', filter: 'failed' })
      expect(selected()).toEqual([])
      expect(onAddress).toHaveBeenLastCalledWith('')
      rerender({ address: '', filter: 'pending' })
      expect(selected()).toEqual([])
      act(() => result.current.set('all'))
      expect(selected()).toBe('all')
    })

    it('stays when the same list is only sorted', () => {
      const { rerender, selected } = open('all')
      rerender({ address: 'all', order: 'by name' })
      expect(selected()).toBe('all')
    })

    it('does not come back out of a click whose ids were still being read', async () => {
      const { result, rerender, selected } = open('all', 'jobs', async (most) => idsOf(0, most))
      act(() => result.current.toggle(row(2)))
      rerender({ address: 'all', filter: 'failed' })
      await act(async () => await new Promise((resolve) => setTimeout(resolve, 5)))
      expect(selected()).toEqual([])
    })
  })

  it('begins no range in another order than the one in which it ends', async () => {
    const { result, rerender, selected } = open()
    act(() => result.current.toggle(row(10)))
    rerender({ address: luid(10), order: 'by name' })
    act(() => result.current.toggle(row(12), true))
    await waitFor(() => expect(selected()).toEqual([luid(10), luid(12)]))
  })

  it('holds as many as one run can have', () => {
    expect(mostSelected).toBe(maxBulkItems)
    const { result, selected } = open()
    act(() => result.current.add(rows))
    return waitFor(() => expect(selected()).toHaveLength(maxBulkItems))
  })

  it('is over when a run was made of it and the page was left, whatever the address of before says', () => {
    const first = open()
    act(() => first.result.current.toggle(row(3)))
    act(() => first.result.current.finish())
    expect(first.selected()).toEqual([luid(3)])
    first.unmount()
    const second = open(luid(3))
    expect(second.selected()).toEqual([])
    expect(second.onAddress).toHaveBeenLastCalledWith('')
  })

  it('is kept for the page when it does not fit into the address, and is nobody else’s', async () => {
    const first = open()
    act(() => first.result.current.set(new Set(idsOf(0, 40))))
    await waitFor(() => expect(first.selected()).toHaveLength(40))
    first.unmount()
    const second = open()
    expect(second.selected()).toHaveLength(40)
    expect(open('', 'schedules').selected()).toEqual([])
    act(() => resetSession())
    expect(second.selected()).toEqual([])
  })
})
