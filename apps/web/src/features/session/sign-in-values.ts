import { signInSchema, type SignIn, type TableauServer } from '@refreshboard/api-types'
import { parsePastedAddress, serverOf, siteInWords } from './pasted-address.ts'

/** What the sign-in form holds: both ways to sign in, so that changing the way loses nothing. */
export interface SignInValues {
  serverId: string
  site: string
  method: SignIn['method']
  name: string
  password: string
  personalAccessTokenName: string
  personalAccessTokenSecret: string
}

export type SignInErrors = Partial<Record<keyof SignInValues, string>>

const bodyOf = ({ serverId, site, method, name, password, personalAccessTokenName, personalAccessTokenSecret }: SignInValues) =>
  method === 'password' ? { serverId, site, method, name, password } : { serverId, site, method, personalAccessTokenName, personalAccessTokenSecret }

/** Takes server and site out of an address in the site field, and says so. */
export const understandSite = (
  values: SignInValues,
  servers: readonly TableauServer[],
): { values: SignInValues; note?: string; error?: string } => {
  const pasted = parsePastedAddress(values.site)
  if (pasted === undefined) return { values: { ...values, site: values.site.trim() } }
  const server = serverOf(pasted, servers)
  if (server === undefined) {
    const offered = servers.map(({ host }) => host).join(', ')
    return { values, error: `${pasted.host} is not a server that Refreshboard may talk to. It knows ${offered}.` }
  }
  return { values: { ...values, serverId: server.id, site: pasted.site }, note: `Read from the address: ${siteInWords(pasted)}` }
}

/** The request body, or what is wrong at which field. Nothing is sent before this passes. */
export const readSignIn = (values: SignInValues): { body: SignIn } | { errors: SignInErrors } => {
  const parsed = signInSchema.safeParse(bodyOf(values))
  if (parsed.success) return { body: parsed.data }
  return { errors: fieldErrors(parsed.error.issues.map(({ path, message }) => [path.join('.'), message] as const), values) }
}

/** Messages by path (`site`, `body.name`) → by field of this form. */
export const fieldErrors = (messages: Iterable<readonly [path: string, message: string]>, values: SignInValues): SignInErrors => {
  const isField = (name: string): name is keyof SignInValues => Object.hasOwn(values, name)
  const errors: SignInErrors = {}
  for (const [path, message] of messages) {
    const field = path.split('.').at(-1) ?? ''
    if (isField(field) && errors[field] === undefined) errors[field] = message
  }
  return errors
}
