import { request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { DOMParser } from '@xmldom/xmldom'
import type { Document, Element } from '@xmldom/xmldom'
import { createManualClock, startTableauSim } from './index.ts'
import { normalizeLineEndings, refuse } from './xml-in.ts'
import type { TableauSim, TableauSimOptions } from './index.ts'

/** What came back, as bytes and text: nothing is interpreted. */
export interface RawReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly bytes: Buffer
}

export interface RawRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly token?: string
  readonly signal?: AbortSignal
}

/** A request exactly as written: no content type, no folding of the path, no following. */
export const send = (sim: TableauSim, path: string, options: RawRequest = {}): Promise<RawReply> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: sim.port,
        path,
        method: options.method ?? 'GET',
        headers: { ...options.headers, ...(options.token !== undefined && { 'x-tableau-auth': options.token }) },
        ...(options.signal && { signal: options.signal }),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: bytes.toString('utf8'), bytes })
        })
      },
    )
    request.on('error', reject)
    request.end(options.body)
  })

/** Parses strictly. */
export const parse = (text: string): Document => new DOMParser({ onError: refuse, normalizeLineEndings }).parseFromString(text, 'application/xml')

/** All elements of that name, in order. */
export const all = (text: string, name: string): Element[] => [...parse(text).getElementsByTagName(name)]

/** The first element of that name; throws when there is none. */
export const one = (text: string, name: string): Element => {
  const [found] = all(text, name)
  if (found === undefined) throw new Error(`There is no <${name}> in ${text}`)
  return found
}

/** The code of a refusal, after checking that it has the whole form of one. */
export const errorCode = (reply: RawReply): string => {
  const error = one(reply.text, 'error')
  const children = [...error.childNodes].map((child) => child.nodeName).join()
  if (children !== 'summary,detail') throw new Error(`An error has summary and detail, not ${children}.`)
  return error.getAttribute('code') ?? ''
}

export interface SignedIn {
  readonly token: string
  readonly siteId: string
  readonly userId: string
}

export const signInBody = (name: string, contentUrl = ''): string =>
  `<tsRequest><credentials name="${name}" password="${name}"><site contentUrl="${contentUrl}"/></credentials></tsRequest>`

export const patBody = (secret = 'demo-pat-secret', contentUrl = ''): string =>
  `<tsRequest><credentials personalAccessTokenName="demo-pat" personalAccessTokenSecret="${secret}"><site contentUrl="${contentUrl}"/></credentials></tsRequest>`

export const readCredentials = (text: string): SignedIn => ({
  token: one(text, 'credentials').getAttribute('token') ?? '',
  siteId: one(text, 'site').getAttribute('id') ?? '',
  userId: one(text, 'user').getAttribute('id') ?? '',
})

export const signIn = async (sim: TableauSim, name = 'admin', contentUrl = ''): Promise<SignedIn> =>
  readCredentials((await send(sim, '/api/3.24/auth/signin', { method: 'POST', body: signInBody(name, contentUrl) })).text)

/** A simulator on a clock that stands still. */
export const startStill = (options: TableauSimOptions = {}): Promise<TableauSim> => startTableauSim({ clock: createManualClock(), ...options })

/** A site of Tableau Cloud on a clock that stands still; its content URL is `demo`. */
export const startStillCloud = (options: TableauSimOptions = {}): Promise<TableauSim> => startStill({ flavor: 'cloud', ...options })

export const signInToCloud = (sim: TableauSim, name = 'admin'): Promise<SignedIn> => signIn(sim, name, 'demo')

export const jobsPath = (session: SignedIn, rest = ''): string => sitePath(session, `/jobs${rest}`)

/** Below the session's site, such as `/workbooks?pageSize=3`. */
export const sitePath = (session: SignedIn, rest: string): string => `/api/3.24/sites/${session.siteId}${rest}`
