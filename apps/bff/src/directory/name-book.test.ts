import { describe, expect, it } from 'vitest'
import type { Content } from '@refreshboard/api-types'
import { TableauApiError, TableauUnreachableError } from '@refreshboard/tableau-client'
import { SessionEnded } from '../session/session-ended.ts'
import { somePrincipal } from '../testing/fake-tableau.ts'
import { eventually } from '../testing/harness.ts'
import { createPagedTableau, me } from '../testing/paged-tableau.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createContentDirectories } from './content-directories.ts'

const minute = 60_000
const hour = 60 * minute

const workbook = (id: string, name: string, more: Partial<Content> = {}): Content => ({ kind: 'workbook', id, name, ...more })
const refused = (operation: string): TableauApiError => new TableauApiError(operation, { code: '403004', summary: 'Forbidden', detail: '', httpStatus: 403 })

describe('the names of projects and owners', () => {
  const rows = [
    workbook('w1', 'Mine', { owner: { id: me }, project: { id: 'p1' } }),
    workbook('w2', 'Theirs', { owner: { id: 'u2' }, project: { id: 'p2', name: 'As the row says' } }),
    workbook('w3', 'Told', { owner: { id: 'u3', name: 'As the row says' } }),
    workbook('w4', 'Unknown', { owner: { id: 'u9' }, project: { id: 'p9' } }),
    workbook('w5', 'Nobody’s'),
  ]
  const users = [{ id: 'u2', name: 'login2', fullName: 'User Two', siteRole: 'Creator' }, { id: 'u3', name: 'login3', siteRole: 'Viewer' }]

  it('come from the lists that have them, where the rows do not', async () => {
    const directory = createContentDirectories(createTestClock()).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: rows, queryProjects: [{ id: 'p1', name: 'Sales' }, { id: 'p2', name: 'Never seen' }], queryUsersOnSite: users })
    const view = await directory.read(tableau.session())
    expect(['w1', 'w2', 'w3', 'w4', 'w5'].map((id) => view.contentOf('workbook', id))).toEqual([
      { ...rows[0], owner: { id: me, name: 'Me Myself' }, project: { id: 'p1', name: 'Sales' } },
      { ...rows[1], owner: { id: 'u2', name: 'User Two' } },
      rows[2],
      rows[3],
      rows[4],
    ])
    expect(view.named(workbook('w7', 'Read alone', { owner: { id: 'u2' }, project: { id: 'p1' } }))).toEqual(
      workbook('w7', 'Read alone', { owner: { id: 'u2', name: 'User Two' }, project: { id: 'p1', name: 'Sales' } }),
    )
  })

  it('are not looked for when every row has them', async () => {
    const directory = createContentDirectories(createTestClock()).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: [rows[2] ?? workbook('w', ''), workbook('w1', 'Mine', { owner: { id: me } }), workbook('w5', 'Nobody’s')] })
    expect((await directory.read(tableau.session())).contentOf('workbook', 'w1')?.owner?.name).toBe('Me Myself')
    expect([tableau.count('queryProjects'), tableau.count('queryUsersOnSite')]).toEqual([0, 0])
  })

  it('are read no further than the last one wanted', async () => {
    const directory = createContentDirectories(createTestClock()).of(somePrincipal('one'))
    const many = Array.from({ length: 5000 }, (_one, at) => ({ id: `x${at}`, name: `User ${at}` }))
    const tableau = createPagedTableau({ queryWorkbooks: [workbook('w1', 'A', { owner: { id: 'x1500' } }), workbook('w2', 'B', { owner: { id: 'x3' } })], queryUsersOnSite: many })
    expect((await directory.read(tableau.session())).contents('workbook').map(({ owner }) => owner?.name)).toEqual(['User 1500', 'User 3'])
    expect(tableau.count('queryUsersOnSite')).toBe(2)
  })

  it('stay missing where Tableau refuses its users, who are not asked for again within the hour', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: rows, queryUsersOnSite: users })
    tableau.before = (name) => (name === 'queryUsersOnSite' ? Promise.reject(refused(name)) : Promise.resolve())
    const view = await directory.read(tableau.session())
    expect(view).toMatchObject({ complete: true, failure: undefined })
    const owners = ['w1', 'w2', 'w3', 'w4', 'w5'].map((id) => view.contentOf('workbook', id)?.owner?.name)
    expect(owners).toEqual(['Me Myself', undefined, 'As the row says', undefined, undefined])
    for (let passed = 0; passed < hour; passed += 5 * minute) {
      expect(tableau.count('queryUsersOnSite')).toBe(1)
      clock.advance(5 * minute)
      await directory.read(tableau.session())
      await eventually(async () => (await directory.read(tableau.session())).ageMs === 0)
    }
    await eventually(() => tableau.count('queryUsersOnSite') === 2)
  })

  it('are looked for once an hour, and when a new one is wanted', async () => {
    const clock = createTestClock()
    const directory = createContentDirectories(clock).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: rows, queryUsersOnSite: users, queryProjects: [{ id: 'p1', name: 'Sales' }] })
    const again = async (): Promise<void> => {
      clock.advance(5 * minute)
      await directory.read(tableau.session())
      await eventually(async () => (await directory.read(tableau.session())).ageMs === 0)
    }
    await directory.read(tableau.session())
    await again()
    expect([tableau.count('queryProjects'), tableau.count('queryUsersOnSite')]).toEqual([1, 1])
    tableau.site.queryWorkbooks = [...rows, workbook('w8', 'New', { owner: { id: 'u8' } })]
    tableau.site.queryUsersOnSite = [...users, { id: 'u8', name: 'User Eight' }]
    await again()
    expect([tableau.count('queryProjects'), tableau.count('queryUsersOnSite')]).toEqual([1, 2])
    expect((await directory.read(tableau.session())).contentOf('workbook', 'w8')?.owner?.name).toBe('User Eight')
    tableau.site.queryProjects = [{ id: 'p1', name: 'Renamed' }]
    for (let passed = 10 * minute; passed < hour; passed += 5 * minute) await again()
    expect((await directory.read(tableau.session())).contentOf('workbook', 'w1')?.project?.name).toBe('Renamed')
  })

  it('keep nobody from the rest when their list cannot be read', async () => {
    const directory = createContentDirectories(createTestClock()).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: rows })
    tableau.before = (name) =>
      name === 'queryProjects' ? Promise.reject(new TableauUnreachableError(name, { kind: 'timeout', sent: true, reason: 'late' })) : Promise.resolve()
    expect(await directory.read(tableau.session())).toMatchObject({ complete: true, failure: undefined })
  })

  it('end the session too when its token is dead', async () => {
    const directory = createContentDirectories(createTestClock()).of(somePrincipal('one'))
    const tableau = createPagedTableau({ queryWorkbooks: rows })
    tableau.before = (name, _page, sessionId) => (name === 'queryUsersOnSite' ? Promise.reject(new SessionEnded(sessionId)) : Promise.resolve())
    await expect(directory.read(tableau.session())).rejects.toThrow(SessionEnded)
  })
})
