import { setTimeout as wait } from 'node:timers/promises'

/** Something that the caller of the command did wrong: ended with 2. */
export class UsageError extends Error {}

/** Somebody stopped it before anything was begun. */
export class Stopped extends Error {}

/** An answer that is an error, in the words of the application. */
export class Refusal extends Error {
  constructor(status, problem) {
    const fields = Object.entries(problem?.fields ?? {}).map(([name, words]) => `${name}: ${words}`)
    super([problem?.title ?? `Refreshboard answered ${status}.`, problem?.detail, ...fields.filter((line) => !line.endsWith(problem?.detail ?? ''))].filter(Boolean).join(' '))
    this.code = problem?.code ?? 'unknown'
    /** The text of the schedules is what it does not take. */
    this.isOfText = problem?.code === 'validation' && problem.fields?.yaml !== undefined
    this.retryAt = problem?.retryAt
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The address of a Refreshboard; nothing secret goes over a network in the clear. */
export const addressOf = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new UsageError(`--url is not an address: ${text}. It looks like https://refreshboard.example.com.`)
  if (url.username !== '' || url.password !== '') throw new UsageError('--url holds a user name or a password. Credentials are taken from the environment alone.')
  if (url.protocol === 'http:' && !loopback.has(url.hostname)) throw new UsageError('--url is plain http to another machine, over which no credentials are sent. Use https.')
  return url.origin
}

/** Who signs in, from the environment alone: arguments can be seen by everybody on a machine. */
export const credentialsOf = (environment) => {
  const { REFRESHBOARD_PAT_NAME: patName, REFRESHBOARD_PAT_SECRET: secret, REFRESHBOARD_USER: name, REFRESHBOARD_PASSWORD: password } = environment
  if (patName && secret) return { method: 'pat', personalAccessTokenName: patName, personalAccessTokenSecret: secret }
  if (name && password) return { method: 'password', name, password }
  throw new UsageError('No credentials. Set REFRESHBOARD_PAT_NAME and REFRESHBOARD_PAT_SECRET, or REFRESHBOARD_USER and REFRESHBOARD_PASSWORD, in the environment.')
}

/** How long is asked again while the application is still reading what is at Tableau. */
const readingMs = 15 * 60_000

/** What a page of the application sends, with its cookie. */
export const createClient = (origin) => {
  const cookies = new Map()
  const send = async (method, path, body, background = false) => {
    const response = await fetch(origin + path, {
      method,
      redirect: 'error',
      headers: {
        origin,
        'x-refreshboard': '1',
        ...(background ? { 'x-refreshboard-background': '1' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const json = isJson && text !== '' ? JSON.parse(text) : undefined
    if (!response.ok) throw new Refusal(response.status, json)
    if (text !== '' && !isJson) throw new Error(`${origin} does not answer as a Refreshboard does.`)
    return json
  }
  /** Sends it again while the application says that it is still reading. Only for what does nothing twice. */
  const sendWhileReading = async (method, path, body, isStopped = () => false) => {
    for (const end = Date.now() + readingMs; ; ) {
      try {
        return await send(method, path, body)
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'overloaded' || error.retryAt === undefined || Date.now() > end) throw error
        await wait(Math.min(30_000, Math.max(500, Date.parse(error.retryAt) - Date.now())))
        if (isStopped()) throw new Stopped('Nothing was applied.')
      }
    }
  }
  const serverOf = async (wanted) => {
    const { servers } = await send('GET', '/api/servers')
    const ids = servers.map(({ id }) => id)
    if (wanted === undefined && ids.length > 1) throw new UsageError(`Which server? Give --server: ${ids.join(', ')}.`)
    if (wanted !== undefined && !ids.includes(wanted)) throw new UsageError(`This Refreshboard has no server “${wanted}”. It has: ${ids.join(', ')}.`)
    return wanted ?? ids[0]
  }
  return {
    signIn: async ({ server, site, credentials }) => send('POST', '/api/session', { serverId: await serverOf(server), site, ...credentials }),
    signOut: () => send('DELETE', '/api/session'),
    exportAll: () => sendWhileReading('GET', '/api/schedules-as-code'),
    plan: (yaml, prune) => sendWhileReading('POST', '/api/schedules-as-code/plan', { yaml, prune }),
    // A start plans anew first, for which it may have to wait; a run that was started is answered as it is.
    start: ({ id, digest }, isStopped) => sendWhileReading('POST', `/api/bulk/${id}/start`, { digest }, isStopped),
    stop: ({ id }) => send('POST', `/api/bulk/${id}/stop`),
    look: ({ id }) => send('GET', `/api/bulk/${id}`, undefined, true),
  }
}
