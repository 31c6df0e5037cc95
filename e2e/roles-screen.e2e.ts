import { beSignedIn } from './actions.ts'
import { createGround } from './tables/ground.ts'
import { accounts, type AccountName, cloudRoles, dataAccelerationRoles, isAllowed, type RoleRow, serverRoles, type Whose } from './tables/roles.ts'
import { layOutSide, type Offers, seeAccelerationOffers, seeAddOffer, seeExtractOffers, seeJobOffers, seeScheduleOffers, seeSiteOffers, seeMakeOffer, seeTaskOffers, type Side } from './tables/screen.ts'
import { expect, type Page, test } from './test.ts'

// The role table against the screen: what it offers to each account, on its own and on foreign content.

const see = async (page: Page, side: Side, scheduleId: string): Promise<Offers> => ({
  ...(await seeTaskOffers(page, side)),
  ...(await seeExtractOffers(page, side)),
  addWorkbookToSchedule: await seeAddOffer(page, side.workbook, scheduleId),
  addDatasourceToSchedule: await seeAddOffer(page, side.datasource, scheduleId),
})

const differences = (rows: readonly RoleRow[], account: AccountName, whose: Whose, offers: Offers): string[] =>
  rows.flatMap(({ call, allowed, onScreen, paragraph }) => {
    const expected = isAllowed(onScreen?.allowed ?? allowed, account, whose)
    const offered = offers[call]
    if (expected === undefined) return []
    if (offered === undefined) return [`${call}: nothing on the screen says whether it is offered`]
    return offered === expected ? [] : [`${call}, ${whose}: ${offered ? 'offered' : 'not offered'}, against “${paragraph}”`]
  })

for (const account of accounts) {
  test(`${account} is offered what the references say`, async ({ page, sim }) => {
    test.slow()
    const on = createGround({ world: sim.world, flavor: 'server' })
    // Who cannot publish owns nothing.
    const whoses: readonly Whose[] = account === 'explorer' || account === 'viewer' ? ['foreign'] : ['own', 'foreign']
    const sides = whoses.map((whose) => ({ whose, side: layOutSide(on, account, whose) }))
    const [{ id: jobId }, { id: scheduleId }] = [on.job(), on.schedule()]
    await beSignedIn(page, account)
    const ofAll = { ...(await seeJobOffers(page, jobId)), ...(await seeScheduleOffers(page, scheduleId)), ...(await seeSiteOffers(page)) }
    for (const { whose, side } of sides) expect(differences(serverRoles, account, whose, { ...ofAll, ...(await see(page, side, scheduleId)) })).toEqual([])
    expect(sim.ledger.entries.filter(({ applied, operation }) => applied && operation !== 'signIn')).toEqual([])
  })
}

test.describe('with API 3.15', () => {
  test.use({ simOptions: { scenario: 'small', apiVersion: '3.15' } })

  test('each is offered of data acceleration what the references say', async ({ page, sim }) => {
    test.slow()
    const on = createGround({ world: sim.world, flavor: 'server' })
    const [{ content }, { id: scheduleId }] = [on.acceleration(), on.schedule('DataAcceleration')]
    for (const account of accounts) {
      await beSignedIn(page, account)
      const offers = await seeAccelerationOffers(page, content.name, scheduleId)
      expect(differences(dataAccelerationRoles, account, 'foreign', offers)).toEqual([])
    }
  })
})

test.describe('on Tableau Cloud', () => {
  test.use({ simOptions: { flavor: 'cloud', scenario: 'small' } })

  test('each is offered what the references say', async ({ page, sim }) => {
    test.slow()
    const on = createGround({ world: sim.world, flavor: 'cloud' })
    const laidOut = accounts.map((account) => ({ account, sides: (['own', 'foreign'] as const).map((whose) => ({ whose, side: layOutSide(on, account, whose) })) }))
    for (const { account, sides } of laidOut) {
      await beSignedIn(page, account, 'demo')
      await page.goto('/tasks')
      const createCloudExtractRefreshTask = await seeMakeOffer(page)
      for (const { whose, side } of sides) {
        if (isAllowed(cloudRoles[0]?.allowed ?? '', account, whose) === undefined) continue
        const offers = { createCloudExtractRefreshTask, ...(await seeTaskOffers(page, side)), ...(await seeExtractOffers(page, side, false)) }
        expect(differences(cloudRoles, account, whose, offers)).toEqual([])
      }
    }
  })
})
