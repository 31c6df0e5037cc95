import { cloudRecurrenceSchema } from '@refreshboard/api-types'
import { fromCloudRecurrence, type Recurrence } from '@refreshboard/recurrence'
import { cloudRules, createManualClock, startTableauSim, type CloudRule, type TableauSim } from '@refreshboard/tableau-sim'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSent, draft, valid, type Draft } from '../../testing/cloud-drafts.ts'

// What the form refuses, the simulator refuses too when it is sent all the same, and both name the same rule. Neither knows the other.

const runs = Number(process.env['CLOUD_RUNS'] ?? 400)
const seed = process.env['FC_SEED'] === undefined ? {} : { seed: Number(process.env['FC_SEED']) }

let sim: TableauSim
let tasks = ''
let token = ''
let workbook = ''

const send = async (url: string, body: string): Promise<{ status: number; text: string }> => {
  const reply = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/xml', 'x-tableau-auth': token } })
  return { status: reply.status, text: await reply.text() }
}

beforeAll(async () => {
  sim = await startTableauSim({ flavor: 'cloud', scenario: 'small', clock: createManualClock() })
  const credentials = '<tsRequest><credentials name="admin" password="admin"><site contentUrl="demo"/></credentials></tsRequest>'
  const { text } = await send(`${sim.url}/api/3.24/auth/signin`, credentials)
  token = /token="([^"]+)"/.exec(text)?.[1] ?? ''
  tasks = `${sim.url}/api/3.24/sites/${/<site id="([^"]+)"/.exec(text)?.[1]}/tasks/extractRefreshes`
  workbook = sim.world.site().findContent('Regional Sales').id
})
afterAll(() => sim.close())

/** A field that is empty is none: the form leaves it out. */
const typed = (given: Draft): object => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))

/** The same on the wire. */
const attributes = (all: Readonly<Record<string, string | undefined>>): string => Object.entries(all).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [` ${name}="${value}"`])).join('')

/** Create Cloud Extract Refresh Task, by hand: a form would not send what it refuses. */
const create = ({ frequency, start, end, intervals }: Recurrence): Promise<{ status: number; text: string }> => {
  const details = `<frequencyDetails${attributes({ start, end })}><intervals>${intervals.map((interval) => `<interval${attributes(interval)}/>`).join('')}</intervals></frequencyDetails>`
  return send(tasks, `<tsRequest><extractRefresh type="FullRefresh"><workbook id="${workbook}"/></extractRefresh><schedule frequency="${frequency}">${details}</schedule></tsRequest>`)
}

/** Which rule of Tableau a sentence under a field is about. */
const sentences: readonly (readonly [RegExp, CloudRule])[] = [
  [/^Choose how often|^A schedule is Hourly/, 'frequency'],
  [/needs a start$|^The start is HH:MM:SS/, 'start'],
  [/needs an end$/, 'endNeeded'],
  [/^The end is HH:MM:SS/, 'end'],
  [/is on a full 5 minutes/, 'grid'],
  [/whole number of hours/, 'wholeHours'],
  [/^Daily runs every/, 'dailyHours'],
  [/^(Hourly|Daily) needs at least one day/, 'weekDayNeeded'],
  [/^Weekly needs at least one day/, 'oneWeekDay'],
  [/^A day of the week is/, 'weekDay'],
  [/^Monthly runs on days/, 'monthDay'],
  [/stands alone/, 'lastDayAlone'],
  [/^A weekday of the month is/, 'occurrence'],
  [/can be given once/, 'once'],
]
const ruleOf = (sentence: string): string => sentences.find(([pattern]) => pattern.test(sentence))?.[1] ?? sentence

const namedRule = (text: string): string => {
  const detail = (/<detail>([^<]*)<\/detail>/.exec(text)?.[1] ?? text).replaceAll('&quot;', '"').replaceAll('&gt;', '>')
  return Object.entries(cloudRules).find(([, sentence]) => detail.startsWith(sentence))?.[0] ?? detail
}

describe('a recurrence for Tableau Cloud', () => {
  it('that the form refuses is refused there with 409004, by a rule that the form named', async () => {
    const named = new Set<string>()
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        draft.filter((given) => !cloudRecurrenceSchema.safeParse(typed(given)).success),
        async (given) => {
          const told = new Set((cloudRecurrenceSchema.safeParse(typed(given)).error?.issues ?? []).map(({ message }) => ruleOf(message)))
          const { status, text } = await create(asSent(given))
          const rule = namedRule(text)
          expect({ given, status, code: /code="(\d+)"/.exec(text)?.[1] }).toEqual({ given, status: 409, code: '409004' })
          expect({ given, rule, told: [...told] }).toEqual({ given, rule, told: expect.arrayContaining([rule]) as unknown })
          named.add(rule)
          refused += 1
        },
      ),
      { numRuns: runs, ...seed },
    )
    expect(refused).toBe(runs)
    expect(named.size).toBeGreaterThan(10)
  }, 900_000)

  it('that the form takes is taken there, and stands there as it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(valid, async (given) => {
        const sent = fromCloudRecurrence(cloudRecurrenceSchema.parse(given))
        const { status, text } = await create(sent)
        expect({ given, status }).toEqual({ given, status: 200 })
        const id = /<extractRefresh id="([^"]+)"/.exec(text)?.[1]
        expect(sim.world.tasks().all.find((task) => task.id === id)?.ownSchedule?.recurrence).toEqual({ end: undefined, ...sent })
        await fetch(`${tasks}/${id}`, { method: 'DELETE', headers: { 'x-tableau-auth': token } })
      }),
      { numRuns: runs, ...seed },
    )
  }, 900_000)
})
