import { createGround } from './tables/ground.ts'
import { callerOf, doesIt, rawCalls } from './tables/raw-calls.ts'
import { accounts, cloudRoles, dataAccelerationRoles, isAllowed, serverRoles } from './tables/roles.ts'
import { expect, test } from './test.ts'

// The role table against the simulator: what it does for each account, on its own and on foreign content.

const targets = [
  { name: 'Tableau Server', flavor: 'server', version: '3.24', contentUrl: '', rows: serverRoles },
  { name: 'Tableau Server with data acceleration', flavor: 'server', version: '3.15', contentUrl: '', rows: dataAccelerationRoles },
  { name: 'Tableau Cloud', flavor: 'cloud', version: '3.24', contentUrl: 'demo', rows: cloudRoles },
] as const

for (const { name, flavor, version, contentUrl, rows } of targets) {
  test.describe(name, () => {
    test.use({ simOptions: { scenario: 'small', flavor, apiVersion: version } })

    test('does for each role what the references say', async ({ sim }) => {
      const on = createGround({ world: sim.world, flavor })
      const differences: string[] = []
      let asked = 0
      for (const account of accounts) {
        const caller = await callerOf(sim.url, version, account, contentUrl)
        for (const row of rows) {
          for (const whose of ['own', 'foreign'] as const) {
            const expected = isAllowed(row.allowed, account, whose)
            const layout = rawCalls[row.call]
            if (layout === undefined) throw new Error(`There is no request for ${row.call}.`)
            if (expected === undefined) continue
            asked += 1
            const actual = await doesIt(sim.url, version, caller, layout(on, caller.siteId, account, whose))
            if (actual !== expected) differences.push(`${row.call}, ${account}, ${whose}: ${actual ? 'does it' : 'refuses'}, against “${row.paragraph}”`)
          }
        }
      }
      expect(asked).toBeGreaterThan(rows.length * 8)
      expect(differences).toEqual([])
    })
  })
}
