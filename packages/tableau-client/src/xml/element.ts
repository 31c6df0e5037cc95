import { luidSchema, type Luid } from '@refreshboard/api-types'

/**
 * An element of a reply. Only elements of Tableau's namespace are kept, so `name` is the local name; a gateway's prefix
 * (`<ns0:job>`) does not show. Attributes are without prefix.
 */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** All character data directly inside, in order. */
  readonly text: string
}

/** A reply that cannot be what it should be; the client turns it into a TableauProtocolError with the operation's name. */
export class XmlReadError extends Error {
  override readonly name = 'XmlReadError'
  /** One of the reader's limits was passed. */
  readonly tooLarge: boolean

  constructor(message: string, options: { tooLarge?: boolean } = {}) {
    super(message)
    this.tooLarge = options.tooLarge ?? false
  }
}

const missing = (element: XmlElement, attribute: string): XmlReadError =>
  new XmlReadError(`<${element.name}> has no attribute ${attribute}`)

const unreadable = (element: XmlElement, attribute: string, what: string): XmlReadError =>
  new XmlReadError(`${attribute} of <${element.name}> is not ${what}`)

/** The first child of that name. */
export const child = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((candidate) => candidate.name === name)

/** As {@link child}; its absence makes the reply unreadable. */
export const requiredChild = (element: XmlElement, name: string): XmlElement => {
  const found = child(element, name)
  if (found === undefined) throw new XmlReadError(`<${element.name}> has no <${name}>`)
  return found
}

/** All children of that name: one or many is decided here, never by looking at how many there are. */
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((candidate) => candidate.name === name)

/** An attribute that may be empty but must be there. */
export const requiredText = (element: XmlElement, attribute: string): string => {
  const value = element.attributes[attribute]
  if (value === undefined) throw missing(element, attribute)
  return value
}

/** An attribute that must be there and say something. */
export const requiredWord = (element: XmlElement, attribute: string): string => {
  const value = element.attributes[attribute]
  if (value === undefined || value === '') throw missing(element, attribute)
  return value
}

/** An id that goes into addresses later, so it is checked to be a LUID. */
export const requiredLuid = (element: XmlElement, attribute: string): Luid => {
  const parsed = luidSchema.safeParse(requiredWord(element, attribute).toLowerCase())
  if (!parsed.success) throw unreadable(element, attribute, 'a Tableau id')
  return parsed.data
}

/** An attribute that may be absent, to be spread into an object: `{}` or `{ name }`. */
export const optionalText = <K extends string>(element: XmlElement, attribute: K): { [P in K]?: string } => {
  const value = element.attributes[attribute]
  const found: { [P in K]?: string } = {}
  if (value !== undefined) found[attribute] = value
  return found
}

/** As {@link optionalText}; absent and empty are the same. */
export const optionalWord = <K extends string>(element: XmlElement, attribute: K): { [P in K]?: string } =>
  element.attributes[attribute] === '' ? {} : optionalText(element, attribute)

/** A yes or no, to be spread; any case, since some clients write Python's `True`. What is neither says nothing. */
export const optionalFlag = <K extends string>(element: XmlElement, attribute: K): { [P in K]?: boolean } => {
  const text = element.attributes[attribute]?.toLowerCase()
  const found: { [P in K]?: boolean } = {}
  if (text === 'true' || text === '1') found[attribute] = true
  if (text === 'false' || text === '0') found[attribute] = false
  return found
}

/** A whole number; absent and empty are the same. */
export const optionalInt = (element: XmlElement, attribute: string): number | undefined => {
  const text = element.attributes[attribute]
  if (text === undefined || text === '') return undefined
  if (!/^-?\d{1,15}$/.test(text)) throw unreadable(element, attribute, 'a whole number')
  return Number(text)
}

const instantPattern = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:[Zz]|([+-]\d\d):?(\d\d))$/
/** What nearly every reply holds; the 29th to 31st go the slow way, where the calendar is asked. */
const canonicalPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/

/**
 * Tableau's ways to write an instant (`…Z`; `…z`; `-0700` without a colon, seen in replies of Tableau Cloud; `+00:00`) as
 * one: `YYYY-MM-DDTHH:MM:SSZ`. Parts of a second are dropped, so that these texts sort as the instants do.
 * `undefined` for anything else.
 */
export const canonicalInstant = (text: string): string | undefined => {
  if (canonicalPattern.test(text)) return text
  const found = instantPattern.exec(text)
  if (found === null) return undefined
  const [, day = '', time = '', offsetHours, offsetMinutes] = found
  const local = new Date(`${day}T${time}Z`)
  // The engine accepts 31 February and moves it on; a date that does not read back as written is none.
  if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(`${day}T${time}`)) return undefined
  if (offsetHours === undefined || offsetMinutes === undefined) return `${day}T${time}Z`
  const minutes = Number(offsetHours.slice(1)) * 60 + Number(offsetMinutes)
  const utc = new Date(local.getTime() - (offsetHours.startsWith('-') ? -minutes : minutes) * 60_000)
  const written = utc.toISOString()
  return /^\d{4}-/.test(written) ? `${written.slice(0, 19)}Z` : undefined
}

/** An instant in UTC ({@link canonicalInstant}); absent and empty are the same. */
export const optionalInstant = (element: XmlElement, attribute: string): string | undefined => {
  const text = element.attributes[attribute]
  if (text === undefined || text === '') return undefined
  const instant = canonicalInstant(text)
  if (instant === undefined) throw unreadable(element, attribute, 'a date and time')
  return instant
}

export const requiredInstant = (element: XmlElement, attribute: string): string => {
  const instant = optionalInstant(element, attribute)
  if (instant === undefined) throw missing(element, attribute)
  return instant
}

/** Whole numbers that may be absent ({@link optionalInt}), to be spread. */
export const intFields = <K extends string>(element: XmlElement, ...attributes: readonly K[]): { [P in K]?: number } => {
  const found: { [P in K]?: number } = {}
  for (const attribute of attributes) {
    const value = optionalInt(element, attribute)
    if (value !== undefined) found[attribute] = value
  }
  return found
}

/** Instants that may be absent ({@link optionalInstant}), to be spread. */
export const instantFields = <K extends string>(element: XmlElement, ...attributes: readonly K[]): { [P in K]?: string } => {
  const found: { [P in K]?: string } = {}
  for (const attribute of attributes) {
    const value = optionalInstant(element, attribute)
    if (value !== undefined) found[attribute] = value
  }
  return found
}
