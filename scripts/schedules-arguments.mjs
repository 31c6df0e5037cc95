import { parseArgs } from 'node:util'
import { UsageError } from './schedules-client.mjs'

/** What the command prints of itself. */
export const usage = `Usage: npm run schedules -- export [--out file]
       npm run schedules -- plan <file> [--prune] [--exit-code]
       npm run schedules -- apply <file> [--prune] [--yes]

  --url      address of the Refreshboard, http://127.0.0.1:4100 unless given
  --server   id of the Tableau Server there; needed when it has several
  --site     content URL of the site, the part after /site/; the Default site unless given
  --prune    delete schedules and tasks that the text does not name

Who signs in stands in the environment: REFRESHBOARD_PAT_NAME and REFRESHBOARD_PAT_SECRET,
or REFRESHBOARD_USER and REFRESHBOARD_PASSWORD. A file “-” is the standard input.

Ends with 0: nothing to do, or all was applied. 1: it failed, or was halted. 2: the command or the text is wrong.
3: there is something to apply, or something that cannot be done (plan --exit-code).
4: the rest was applied, and something cannot be done (apply).`

const options = {
  url: { type: 'string', default: 'http://127.0.0.1:4100' },
  server: { type: 'string' },
  site: { type: 'string', default: '' },
  out: { type: 'string' },
  prune: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  'exit-code': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
}

const everywhere = ['url', 'server', 'site', 'help']
const ownOf = { export: ['out'], plan: ['prune', 'exit-code'], apply: ['prune', 'yes'] }

const parsed = (args) => {
  try {
    return parseArgs({ args, options, allowPositionals: true, tokens: true })
  } catch (error) {
    throw new UsageError(error.message, { cause: error })
  }
}

/** What was asked for: the command by its `name`, its `file` and the `values` of its options; only `values.help` where the help was. */
export const argumentsOf = (args) => {
  const { values, positionals, tokens } = parsed(args)
  if (values.help) return { values }
  const [name, file, ...more] = positionals
  if (!Object.hasOwn(ownOf, name ?? '') || more.length > 0 || (name === 'export') !== (file === undefined)) throw new UsageError(usage)
  const own = ownOf[name]
  const foreign = tokens.find((token) => token.kind === 'option' && !everywhere.includes(token.name) && !own.includes(token.name))
  // Taken and left unused, it would look as if it had done something.
  if (foreign !== undefined) throw new UsageError(`${name} has no option --${foreign.name}. It has ${[...own, 'url', 'server', 'site'].map((one) => `--${one}`).join(', ')}.`)
  return { name, file, values }
}
