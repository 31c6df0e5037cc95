import { describe, expect, it } from 'vitest'
import { csvOf, type Column } from './csv.ts'

const columns: readonly Column<{ name: string; count?: number }>[] = [
  ['name', ({ name }) => name],
  ['count', ({ count }) => count],
]

const bodyOf = (name: string, count?: number): string => csvOf(columns, [count === undefined ? { name } : { name, count }]).replace('\uFEFFname,count\r\n', '')

describe('a table file', () => {
  it('says that it is UTF-8, and has a line for each row below the heads', () => {
    expect(csvOf(columns, [{ name: 'Übersicht', count: 2 }, { name: 'b' }])).toBe('\uFEFFname,count\r\nÜbersicht,2\r\nb,\r\n')
  })

  it.each(['=HYPERLINK("http://a")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1+1', '＋1', '－1', '＠x'])('tells %j as text, never as a formula', (name) => {
    expect(bodyOf(name).replace(/^"/, '')).toBe(`'${name.replaceAll('"', '""')}${/["\r\n]/.test(name) ? '"' : ''},\r\n`)
  })

  it('leaves a negative number a number', () => {
    expect(bodyOf('a', -1)).toBe('a,-1\r\n')
  })

  it('keeps quotes, commas and lines inside their cell', () => {
    expect(bodyOf('It said "no",\nand went.')).toBe('"It said ""no"",\nand went.",\r\n')
  })
})
