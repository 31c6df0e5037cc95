import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const scripts = files.filter((file) => /\.tsx?$/.test(file)).map((file) => ({ file, text: textOf(file) }))
const sheets = files.filter((file) => file.endsWith('.module.css'))

const classesIn = (css: string): Set<string> => new Set([...css.replaceAll(/\/\*[\s\S]*?\*\/|url\([^)]*\)/g, '').matchAll(/\.([a-z][\w-]*)/gi)].flatMap(([, name]) => name ?? []))

/** Who imports a sheet, under which name. */
const usersOf = (sheet: string) =>
  scripts.flatMap(({ file, text }) => {
    for (const [, name = '', from = ''] of text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)) {
      if (path.join(path.dirname(file), from) === sheet) return [{ file, text, name }]
    }
    return []
  })

describe('the style sheets', () => {
  it('are here', () => expect(sheets.length).toBeGreaterThan(40))

  it.each(sheets)('%s has no class that nobody uses, and nobody uses one that it has not', (sheet) => {
    const classes = classesIn(textOf(sheet))
    const users = usersOf(sheet)
    expect([...classes].filter((name) => !users.some(({ text }) => text.includes(`'${name}'`)))).toEqual([])
    expect(users.flatMap(({ file, text, name }) => [...text.matchAll(new RegExp(`\\b${name}\\['([\\w-]+)'\\]`, 'g'))].flatMap(([, used = '']) => (classes.has(used) ? [] : [`${used} in ${file}`])))).toEqual([])
  })
})
