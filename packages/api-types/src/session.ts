import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { instantSchema, luidSchema, serverIdSchema } from './ids.ts'
import { flavorSchema } from './servers.ts'

/**
 * The content URL of a site: the segment after `/site/` in the browser's address, empty for the Default site of a
 * Tableau Server. Not the display name, and not an address.
 */
export const siteContentUrlSchema = z
  .string()
  .max(128, 'must have at most 128 characters')
  .regex(/^[A-Za-z0-9_-]*$/, 'holds letters, digits, “-” and “_” only: it is the part after /site/ in the address of the site')

const credentialText = (what: string) => z.string(`Enter ${what}`).min(1, `Enter ${what}`).max(1024, 'must have at most 1,024 characters')

const signInTarget = { serverId: serverIdSchema, site: siteContentUrlSchema }

/** The body of a sign-in. The names of the credentials are Tableau's own (`<credentials name password …>`). */
export const signInSchema = z.discriminatedUnion('method', [
  z.strictObject({
    ...signInTarget,
    method: z.literal('password'),
    name: credentialText('your user name'),
    password: credentialText('your password'),
  }),
  z.strictObject({
    ...signInTarget,
    method: z.literal('pat'),
    personalAccessTokenName: credentialText('the name of the token'),
    personalAccessTokenSecret: credentialText('the secret of the token'),
  }),
])
export type SignIn = z.infer<typeof signInSchema>

/** A site of the session's server. */
export const siteSchema = z.object({
  id: luidSchema,
  name: z.string(),
  /** See {@link siteContentUrlSchema}; empty = Default. */
  contentUrl: z.string(),
  state: z.string().optional(),
})
export type Site = z.infer<typeof siteSchema>

/**
 * Whether the signed-in user can do something, and if not, why, in a sentence for people. It only shapes the page:
 * Tableau decides again on every call.
 */
export const permissionSchema = z.discriminatedUnion('allowed', [
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), reason: z.string() }),
])
export type Permission = z.infer<typeof permissionSchema>

/** Who is signed in, to what, and until when. Holds no credential. */
export const sessionSchema = z.object({
  server: z.object({
    id: serverIdSchema,
    host: z.string(),
    flavor: flavorSchema,
    /** Tableau's product version, such as `2024.2.2`. */
    productVersion: z.string(),
    /** The REST API version in use, such as `3.24`. */
    apiVersion: z.string(),
    /** The IANA zone in which schedules run, if it is known. */
    timeZone: z.object({ name: z.string(), inferred: z.boolean() }).optional(),
  }),
  site: siteSchema.omit({ state: true }),
  user: z.object({
    id: luidSchema,
    name: z.string(),
    fullName: z.string().optional(),
    /** Tableau's role, such as `ServerAdministrator`; an unknown one is passed through. */
    siteRole: z.string(),
  }),
  can: z.object({
    /** Administrators, API 3.1; the same holds for cancelling. */
    listJobs: permissionSchema,
    cancelJobs: permissionSchema,
    /** Create, change and delete server schedules. */
    writeSchedules: permissionSchema,
    /** See the server's schedules; Tableau Cloud has none. */
    readSchedules: permissionSchema,
    /** See extract refresh tasks, and run them (API 2.6). */
    listTasks: permissionSchema,
    /** Delete extract refresh tasks (API 3.6). */
    deleteTasks: permissionSchema,
    /** Add content to server schedules (API 2.8; Tableau Server only). */
    addToSchedules: permissionSchema,
    /** Make extract refresh tasks with a schedule of their own; Tableau Cloud only. */
    createTasks: permissionSchema,
    /** Create and delete extracts at all (API 3.5); of which content, `manage` of the content says. */
    manageExtracts: permissionSchema,
    /** Set the site's extract encryption mode, encrypt, decrypt and re-encrypt: server administrators of a Tableau Server, API 3.5. */
    siteEncryption: permissionSchema,
    /** List, add and delete data acceleration tasks: administrators of a Tableau Server, API 3.8 to 3.15. */
    dataAcceleration: permissionSchema,
  }),
  /** The session ends here when nobody acts. */
  idleExpiresAt: instantSchema,
  /** The session ends here at the latest. */
  expiresAt: instantSchema,
  /** Every page shows a permanent mark when this is a demo against simulators. */
  demo: z.boolean(),
  /** Stands for server, site and user together; see {@link principalHeader}. */
  principal: z.string(),
})
export type Session = z.infer<typeof sessionSchema>

/** Signs in at Tableau and sets the session cookie. 401 `sign_in_refused` when Tableau refuses. Never repeated. */
export const signIn = endpoint({
  resource: 'session',
  operation: 'signIn',
  method: 'POST',
  path: '/api/session',
  access: 'guarded',
  effect: 'session',
  status: 201,
  body: signInSchema,
  output: sessionSchema,
})

/** Who is signed in; 401 `unauthenticated` when nobody is. */
export const getSession = endpoint({
  resource: 'session',
  operation: 'get',
  method: 'GET',
  path: '/api/session',
  output: sessionSchema,
})

/** Signs out here first, then at Tableau. 204 also when nobody was signed in. */
export const signOut = endpoint({
  resource: 'session',
  operation: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  access: 'guarded',
  effect: 'session',
})

/** Moves the session to another site of the same server, with a new session id (Tableau: Switch Site). */
export const switchSite = endpoint({
  resource: 'session',
  operation: 'switchSite',
  method: 'POST',
  path: '/api/session/site',
  effect: 'session',
  body: z.strictObject({ site: siteContentUrlSchema }),
  output: sessionSchema,
})
