import { describe, expect, it } from 'vitest'
import { paths } from '../../app/paths.ts'
import { hasFilter, noFilter, parseTasksSearch } from './tasks.search.ts'

const parse = (text: string) => parseTasksSearch(new URLSearchParams(text))
const emptyTasksSearch = parse('')

describe('the address of the tasks page', () => {
  it('is bare when everything is as usual', () => {
    expect(paths.tasks()).toBe('/tasks')
    expect(paths.tasks(emptyTasksSearch)).toBe('/tasks')
    expect(emptyTasksSearch).toEqual({ ...noFilter, selected: '', view: 'table', group: 'schedule', sort: 'name:asc' })
  })

  it('goes there and back', () => {
    const text = 'q=sales+%26+co&group=owner&project=a&project=b%2C+c&owner=-&schedule=s&content=w&trouble=1&sort=failures:desc&task=t'
    expect(paths.tasks(parse(text))).toBe(`/tasks?${text}`)
    expect(parse(text).project).toEqual(['a', 'b, c'])
    expect(paths.tasks(parse('view=week&day=2025-11-24'))).toBe('/tasks?view=week&day=2025-11-24')
  })

  it.each([
    ['view=month&day=tomorrow', { view: 'table', day: undefined }],
    ['group=fancy', { group: 'schedule' }],
    ['sort=name:up', { sort: 'name:asc' }],
    ['trouble=yes', { trouble: false }],
    [`q=${'x'.repeat(300)}`, { q: '' }],
    ['task=', { task: undefined }],
    ['content=', { content: undefined }],
    [`owner=a&owner=${'x'.repeat(300)}&owner=a`, { owner: ['a'] }],
    ['unknown=1', {}],
  ])('opens with %s, leaving out what breaks a rule', (text, expected) => {
    expect(parse(text)).toEqual({ ...emptyTasksSearch, ...expected })
  })

  it('is filtered or not', () => {
    expect(hasFilter(emptyTasksSearch)).toBe(false)
    expect(hasFilter(noFilter)).toBe(false)
    expect(hasFilter(parse('group=owner&sort=name:desc&task=x'))).toBe(false)
    for (const text of ['q=x', 'project=x', 'owner=x', 'schedule=x', 'content=x', 'trouble=1']) expect(hasFilter(parse(text))).toBe(true)
  })
})
