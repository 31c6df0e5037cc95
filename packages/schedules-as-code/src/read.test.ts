import { describe, expect, it } from 'vitest'
import { readSchedules } from './read.ts'

const faultsOf = (text: string): string[] => {
  const reading = readSchedules(text)
  return reading.ok ? [] : reading.faults.map(({ line, column, path, rule, message }) => `${line}:${column} ${path} ${rule} ${message}`)
}
const fault = (body: string): string[] => faultsOf(`refreshboard: 1\nschedules:\n${body}`)

const weekly = '  - name: Weekday early\n    type: Extract\n'

describe('reading a text of schedules', () => {
  it('takes a whole one', () => {
    const reading = readSchedules(`refreshboard: 1
schedules:
  - name: Weekday early
    type: Extract
    state: Active
    priority: 50
    order: Parallel
    repeats: { frequency: Weekly, start: "05:00:00", weekDays: [Monday, Friday] }
    content:
      - workbook: Sales by region
        project: Finance/EMEA
        refresh: full
  - name: Odd one
    type: Flow
    repeats:
      as-read:
        frequency: Monthly
        intervals: [{ monthDay: "1" }, { monthDay: "15" }]
`)
    expect(reading).toMatchObject({
      ok: true,
      document: {
        schedules: [
          { name: 'Weekday early', repeats: { frequency: 'Weekly', start: '05:00:00', weekDays: ['Monday', 'Friday'] }, content: [{ workbook: 'Sales by region', project: 'Finance/EMEA', refresh: 'full' }] },
          { name: 'Odd one', repeats: { 'as-read': { frequency: 'Monthly', intervals: [{ monthDay: '1' }, { monthDay: '15' }] } } },
        ],
      },
      lint: [{ line: 16, column: 7, rule: 'times-as-read' }],
    })
  })

  it.each([
    ['an unknown field', `${weekly}    prioritty: 3\n`, ['5:5 schedules[0].prioritty unknown-field No field “prioritty” is known here. Is “priority” meant?']],
    ['an unknown field that is like none', `${weekly}    colour: red\n`, ['5:5 schedules[0].colour unknown-field No field “colour” is known here. Known here: name, type, state, priority, order, repeats, ends, content.']],
    ['a missing field', '  - name: One\n', ['3:5 schedules[0].type missing-field “type” is missing. A schedule is for Extract, Subscription, Flow, DataAcceleration.']],
    ['a wrong type', '  - name: 12\n    type: Extract\n', ['3:11 schedules[0].name wrong-type The name of a schedule is a text; put it in quotes.']],
    ['a value that is not allowed', `${weekly}    state: active\n`, ['5:12 schedules[0].state not-allowed A schedule is Active or Suspended.']],
    ['a priority beyond', `${weekly}    priority: 101\n`, ['5:15 schedules[0].priority too-many The priority is a whole number from 1 to 100; 1 runs first.']],
    ['a time that is none', `${weekly}    repeats: { frequency: Daily, start: 25:00 }\n`, ['5:41 schedules[0].repeats.start time-format The start time must be HH:MM:SS, from 00:00:00 to 23:59:59.']],
    ['an end that is none', `${weekly}    repeats: { frequency: Hourly, start: "05:00:00", end: "24:00:00", every: { hours: 1 } }\n`, ['5:59 schedules[0].repeats.end time-format The end time must be HH:MM:SS, from 00:00:00 to 23:59:59.']],
    ['a time that is a number', `${weekly}    repeats: { frequency: Daily, start: 25200 }\n`, ['5:41 schedules[0].repeats.start wrong-type A time is a text such as "07:00:00"; put it in quotes.']],
    ['a time as read that is a number', `${weekly}    repeats: { as-read: { frequency: Daily, start: 25200, intervals: [] } }\n`, ['5:52 schedules[0].repeats.as-read.start wrong-type A time is a text such as "07:00:00"; put it in quotes.']],
    ['a time that is missing', `${weekly}    repeats: { frequency: Daily }\n`, ['5:14 schedules[0].repeats.start missing-field “start” is missing. Enter the start time.']],
    [
      'a Weekly without days',
      `${weekly}    repeats: { frequency: Weekly, start: "05:00:00", weekDays: [] }\n`,
      ['5:64 schedules[0].repeats.weekDays weekly-needs-days Weekly needs at least one day; without days Tableau would run it on all seven.'],
    ],
    ['an hour that REST has not', `${weekly}    repeats: { frequency: Hourly, start: "05:00:00", end: "06:00:00", every: { hours: 3 } }\n`, ['5:78 schedules[0].repeats.every not-allowed Hourly runs every 15 or 30 minutes, or every 1, 2, 4, 6, 8 or 12 hours; not 3 hours.']],
    ['a field that its frequency has not', `${weekly}    repeats: { frequency: Daily, start: "05:00:00", monthDay: 3 }\n`, ['5:53 schedules[0].repeats.monthDay unknown-field No field “monthDay” is known here. Known here: frequency, start.']],
    ['content of two kinds', `${weekly}    content: [{ workbook: A, datasource: B }]\n`, ['5:15 schedules[0].content[0] one-content Name one workbook or one data source.']],
    ['content of no kind', `${weekly}    content: [{ project: A }]\n`, ['5:15 schedules[0].content[0] one-content Name one workbook or one data source.']],
    ['content of a Flow', '  - name: One\n    type: Flow\n    content: []\n', ['5:14 schedules[0].content content-needs-extract Only an Extract schedule has content here.']],
    ['a project with an empty name', `${weekly}    content: [{ workbook: A, project: A//B }]\n`, ['5:39 schedules[0].content[0].project project-path A project is named from the top, as in “Finance/EMEA”: a name between two “/” is missing.']],
    ['a name twice', `${weekly}${weekly}`, ['5:11 schedules[1].name duplicate-name The schedule “Weekday early” stands here twice: line 3 has it, too. Names are unique on a server.']],
    ['content twice', `${weekly}    content: [{ workbook: A }, { workbook: A }]\n`, ['5:32 schedules[0].content[1] duplicate-content On the schedule “Weekday early” the workbook “A” stands twice.']],
    ['a field twice', `${weekly}    type: Flow\n`, ['5:5 schedules[0].type duplicate-field This field stands here twice.']],
    ['an anchor and its alias', '  - &one { name: One, type: Flow }\n  - *one\n', [
      '3:10 schedules[0] yaml-anchor Anchors and aliases (“&” and “*”) are not read: write it out.',
      '4:5 schedules[1] yaml-anchor Anchors and aliases (“&” and “*”) are not read: write it out.',
    ]],
    ['a tag', '  - name: !!str 12\n    type: Flow\n', ['3:17 schedules[0].name yaml-tag Tags such as “tag:yaml.org,2002:str” are not read: a text goes in quotes.']],
    ['a schedule that is a name alone', '  - Nightly\n', ['3:5 schedules[0] wrong-type Fields belong here: name, type, state, priority, order, repeats, ends, content.']],
    ['times as read without intervals', `${weekly}    repeats: { as-read: { frequency: Daily } }\n`, ['5:25 schedules[0].repeats.as-read.intervals missing-field “intervals” is missing. A list belongs here.']],
    ['a word under as-read that is none', `${weekly}    repeats: { as-read: { frequency: Daily, strt: "05:00:00", intervals: [] } }\n`, [
      '5:45 schedules[0].repeats.as-read.strt unknown-field No field “strt” is known here. Is “start” meant?',
    ]],
    ['times beside as-read', `${weekly}    repeats: { as-read: { frequency: Daily, intervals: [] }, frequency: Daily }\n`, [
      '5:62 schedules[0].repeats.frequency unknown-field Beside “as-read” stands no other field such as “frequency”: times are written in one of the two ways.',
    ]],
    ['an anchor of fields in lines', '  - &one\n    name: One\n    type: Flow\n', ['4:5 schedules[0] yaml-anchor Anchors and aliases (“&” and “*”) are not read: write it out.']],
    ['a tag in a list of a field', `${weekly}    content:\n      - workbook: A\n      - workbook: !x B\n`, ['7:22 schedules[0].content[1].workbook yaml-tag Tags such as “!x” are not read: a text goes in quotes.']],
    ['an end that is no instant', `${weekly}    ends: "2027-01-31"\n`, ['5:11 schedules[0].ends time-format An end is an instant in UTC, such as "2027-01-31T00:00:00Z".']],
    ['a text with a colon', '  - name: Close: March\n', ['3:11 schedules[0].name yaml-syntax A text with “: ” in it goes in quotes; and the fields of one thing begin in the same column.']],
    ['a bracket that is not closed', `${weekly}    content: [\n`, ['6:1 schedules[0].content yaml-syntax This is indented otherwise than its neighbours, or a “[” or “{” above is not closed.']],
    ['a quote that is not closed', '  - name: "Night\n', ['4:1 schedules[0].name yaml-syntax Something above is not closed: a quote, a “]” or a “}”, or a “:” or “,” is missing.']],
    ['a tab', '\t- name: A\n', ['3:1 schedules yaml-syntax YAML is indented with spaces, not with tabs.']],
    ['a merge key', '  - name: One\n    type: Flow\n    <<: { state: Active }\n', ['5:5 schedules[0].<< yaml-merge Merge keys (“<<”) are not read: write the fields out.']],
  ])('names %s and where it is', (_what, body, faults) => {
    expect(fault(body)).toEqual(faults)
  })

  it('says every fault at once, in the order of the text', () => {
    expect(fault('  - name: 1\n    type: Extrct\n  - nme: Two\n    type: Flow\n').map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      '3:11 schedules[0].name wrong-type',
      '4:11 schedules[0].type not-allowed',
      '5:5 schedules[1].nme unknown-field',
      '5:5 schedules[1].name missing-field',
    ])
  })

  it.each([
    ['no text at all', '', '1:1  missing-field The text is empty. It begins with “refreshboard: 1”.'],
    ['another version', 'refreshboard: 2\nschedules: []\n', '1:15 refreshboard not-allowed The text begins with “refreshboard: 1”, the version of its format.'],
    ['two documents', 'refreshboard: 1\n---\nschedules: []\n', '2:1  yaml-syntax The text holds more than one YAML document.'],
    ['a list at the top', '- one\n', '1:1  wrong-type Fields belong here: refreshboard, schedules.'],
  ])('refuses %s', (_what, text, first) => {
    expect(faultsOf(text)[0]).toBe(first)
  })

  it.each([['%YAML 1.1'], ['%YAML 1.3'], ['%YAML 2'], ['%YAML'], ['%TAG ! tag:example.com,2000:'], ['%OTHER']])('refuses what %s declares', (directive) => {
    const text = `${directive}\n---\nrefreshboard: 1\nschedules: [{ name: One, type: Flow, priority: 010 }]\n`
    const rule = `yaml-directive The text is read as YAML 1.2, and no directive but “%YAML 1.2” is read: leave “${directive}” out.`
    expect(faultsOf(text)).toEqual([`1:1  ${rule}`])
    expect(faultsOf(`# Ours\r\n${text.replaceAll('\n', '\r\n')}`)).toEqual([`2:1  ${rule}`])
    expect(faultsOf(`%YAML 1.2\n${text}`)[0]).toBe(`2:1  ${rule}`)
  })

  it('takes a text that says that it is YAML 1.2, and a “%” that is no directive', () => {
    for (const head of ['%YAML 1.2', '%YAML 1.2 # ours', '%YAML\t1.2  ']) expect(faultsOf(`${head}\n---\nrefreshboard: 1\nschedules:\n  - { name: "One\n    %YAML 1.1", type: Flow }\n`)).toEqual([])
  })

  it('is not brought down by a text that would grow without end', () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at === 0 ? 'a' : `b${at - 1}`}, *${at === 0 ? 'a' : `b${at - 1}`}]`).join('\n')}\n`
    expect(faultsOf(bomb)[0]).toContain('yaml-anchor')
  })

  it.each([['['], ['{ a: '], ['- ']])('is not brought down by %s, 200,000 times', (open) => {
    expect(faultsOf(open.repeat(200_000))[0]).toMatch(/too-deep|yaml-syntax/)
  })

  it('reads no more than 1,000,000 characters', () => {
    expect(faultsOf('#'.repeat(1_000_001))).toEqual(['1:1  too-long The text has 1000001 characters; at most 1000000 are read.'])
  })

  it('keeps its hands off prototypes', () => {
    expect(fault('  - name: One\n    type: Flow\n    __proto__: { state: Active }\n')[0]).toContain('schedules[0].__proto__ unknown-field')
  })
})
