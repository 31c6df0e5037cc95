import { expect, it } from 'vitest'
import { argumentsOf, usage } from './schedules-arguments.mjs'
import { UsageError } from './schedules-client.mjs'

const faultOf = (line) => {
  try {
    argumentsOf(line.split(' '))
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return error.message
  }
}

it.each([
  ['plan ex.yaml --out foo.yaml', 'plan has no option --out. It has --prune, --exit-code, --url, --server, --site.'],
  ['plan ex.yaml --yes', 'plan has no option --yes. It has --prune, --exit-code, --url, --server, --site.'],
  ['export --prune', 'export has no option --prune. It has --out, --url, --server, --site.'],
  ['export --out all.yaml --yes --exit-code', 'export has no option --yes. It has --out, --url, --server, --site.'],
  ['apply ex.yaml --exit-code', 'apply has no option --exit-code. It has --prune, --yes, --url, --server, --site.'],
  ['--out=x apply ex.yaml', 'apply has no option --out. It has --prune, --yes, --url, --server, --site.'],
])('%s is refused: the command has no such option', (line, words) => {
  expect(faultOf(line)).toBe(words)
})

it.each([['export'], ['export --out all.yaml --site sales'], ['plan a.yaml --prune --exit-code --server one'], ['apply - --prune --yes --url https://refreshboard.example.com'], ['export --help --prune']])('%s is taken', (line) => {
  expect(faultOf(line)).toBeUndefined()
})

it.each([['toString a'], ['export a.yaml'], ['plan'], ['apply a.yaml b.yaml']])('%s is answered with how it is used', (line) => {
  expect(faultOf(line)).toBe(usage)
})

it('an option that no command has is refused', () => {
  expect(faultOf('plan a.yaml --dry-run')).toContain("'--dry-run'")
})
