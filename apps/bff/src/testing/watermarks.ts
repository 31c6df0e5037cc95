import type { TableauSim } from '@refreshboard/tableau-sim'
import type { TableauFront } from './tableau-front.ts'

const markPattern = /~[a-z0-9-]+@[A-Za-z]+~/g

/** How everything that Tableau names is marked when it is told to this account on this site. */
export const markOf = (account: string, siteName: string): string => `~${account}@${siteName}~`

/** The marks in a reply, each once. */
export const marksIn = (text: string): string[] => [...new Set(text.match(markPattern))]

const inAttributes = /( (?:name|fullName|title|subtitle)="[^"]*)"/g
const firstOfPng = 0x89
const inTexts = /(<\/(?:detail|notes|statusNote)>)/g

/**
 * Lets Tableau's replies say for whom they were made: the front puts the mark of the token's user behind every name, title,
 * note and refusal, and behind the last byte of an image.
 */
export const watermark = (front: TableauFront, sim: TableauSim): void => {
  front.rewriteFor = ({ headers }) => {
    const session = sim.world.sessions.find(headers['x-tableau-auth'] ?? '')
    if (session === undefined) return (body) => body
    const mark = markOf(session.account.name, session.site.name)
    return (body) =>
      body[0] === firstOfPng ? Buffer.concat([body, Buffer.from(mark)]) : Buffer.from(body.toString().replace(inAttributes, `$1${mark}"`).replace(inTexts, `${mark}$1`))
  }
}
