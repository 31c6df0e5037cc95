import { formatFull } from '../../lib/time.ts'

const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** A sentence of the server's, whose instants are told in the zone of the page. */
export const inZone = (sentence: string, zone: string): string => sentence.replaceAll(instant, (at) => formatFull(Date.parse(at), zone))

/** The same without its instants: what many have in common. */
export const withoutTimes = (sentence: string): string => sentence.replaceAll(new RegExp(` (?:at|since|until) ${instant.source}`, 'g'), '')
