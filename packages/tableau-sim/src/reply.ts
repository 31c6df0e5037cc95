import type { TableauRefusal } from './errors.ts'
import { element, tsResponse } from './xml-out.ts'
import type { Xml } from './xml-out.ts'

/** What goes back over HTTP, or does not. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly contentType?: string
  readonly body?: string | Uint8Array
  /** Tableau's code of a refusal, for the ledger. */
  readonly code?: string
  /** Nothing is answered: the connection hangs or is reset. */
  readonly silence?: 'hang' | 'reset'
  /** The body is cut after that many bytes. */
  readonly cut?: { readonly bytes: number; readonly close: 'clean' | 'reset' }
}

const xmlType = 'application/xml;charset=UTF-8'

export const xmlReply = (version: string, status: number, content: Xml | undefined): Reply =>
  content === undefined ? { status } : { status, contentType: xmlType, body: tsResponse(version, content) }

export const imageReply = (status: number, image: Uint8Array): Reply => ({ status, contentType: 'image/png', body: image })

export const refusalReply = (version: string, refusal: Pick<TableauRefusal, 'status' | 'code' | 'summary' | 'detail'>): Reply => ({
  status: refusal.status,
  code: refusal.code,
  contentType: xmlType,
  body: tsResponse(version, element('error', { code: refusal.code }, element('summary', {}, refusal.summary), element('detail', {}, refusal.detail))),
})

/** A page for people, as a proxy or Tableau's own web server would send it. */
export const htmlPage = (status: number): Reply => {
  const title = status < 400 ? 'Tableau Server (simulated)' : `${status} — simulated`
  return {
    status,
    contentType: 'text/html;charset=UTF-8',
    body: `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>This is a page for people, not a reply of the REST API.<br></p></body></html>\n`,
  }
}
