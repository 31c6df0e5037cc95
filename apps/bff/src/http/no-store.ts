import type { RequestHandler } from 'express'

/** What the API says is for this moment and this person: nobody keeps it. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store')
  next()
}
