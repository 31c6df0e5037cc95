import express, { type Request, type Response } from 'express'
import { hasBody } from './guard.ts'
import { ProblemError } from './problem-error.ts'

/** No form's body comes near it. */
const formBytes = 64 * 1024

const readUpTo = (limit: number) => express.raw({ type: () => true, limit, inflate: false })
const readForm = readUpTo(formBytes)

const forbidden = '__proto__'

class ForbiddenName extends Error {}

const refuseProto = (name: string, value: unknown): unknown => {
  if (name === forbidden) throw new ForbiddenName()
  return value
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), refuseProto)
    return parsed
  } catch (error) {
    if (error instanceof ForbiddenName) {
      throw new ProblemError('validation', `A body must not hold a field named ${forbidden}.`, { fields: { [`body.${forbidden}`]: 'is not allowed' } })
    }
    throw new ProblemError('bad_request', 'The body is not JSON in UTF-8.')
  }
}

/** The JSON of a request's body; undefined when it has none. `bytes`: the most that it may have, where that is more than a form's. */
export const readBody = async (request: Request, response: Response, bytes?: number): Promise<unknown> => {
  if (!hasBody(request)) return undefined
  const readRaw = bytes === undefined ? readForm : readUpTo(bytes)
  await new Promise<void>((resolve, reject) => {
    readRaw(request, response, (error: unknown) => {
      if (error === undefined) resolve()
      else reject(error instanceof Error ? error : new Error('the body could not be read'))
    })
  })
  const body: unknown = request.body
  if (!(body instanceof Uint8Array) || body.byteLength === 0) return undefined
  return parse(body)
}
