import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** The layout of a sealed record; an unknown one is no session. */
export const sealVersion = 1

const cookieBytes = 32
const ivBytes = 12
const tagBytes = 16

/** A new value for the session cookie: 256 random bits. */
export const newCookieValue = (): string => randomBytes(cookieBytes).toString('base64url')

const cookieShape = /^[A-Za-z0-9_-]{43}$/

/** Whether a value can have been made by {@link newCookieValue}; anything else is not looked up. */
export const isCookieValue = (value: string): boolean => cookieShape.test(value)

/** The row of a cookie. Neither the row nor the server's key gives the cookie's value back. */
export const rowIdOf = (serverKey: Uint8Array, cookieValue: string): string =>
  createHmac('sha256', serverKey).update('refreshboard session row').update(cookieValue).digest('hex')

const sealingKey = (serverKey: Uint8Array, cookieValue: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', Buffer.from(cookieValue, 'base64url'), serverKey, 'refreshboard session seal', 32))

/** What a sealed record is bound to: moved to another row or given another life, it does not open. */
export interface SealContext {
  rowId: string
  version: number
  createdAt: number
  expiresAt: number
}

const contextBytes = (context: SealContext): Uint8Array =>
  Buffer.from(JSON.stringify([context.rowId, context.version, context.createdAt, context.expiresAt]))

const encrypt = (key: Uint8Array, context: Uint8Array, text: string): Uint8Array => {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  cipher.setAAD(context)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

const decrypt = (key: Uint8Array, context: Uint8Array, sealed: Uint8Array): string | undefined => {
  if (sealed.byteLength <= ivBytes + tagBytes) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
    decipher.setAAD(context)
    decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

/** Seals `text` so that only the cookie's value together with the server's key opens it (AES-256-GCM under HKDF of both). */
export const seal = (serverKey: Uint8Array, cookieValue: string, context: SealContext, text: string): Uint8Array =>
  encrypt(sealingKey(serverKey, cookieValue), contextBytes(context), text)

/** Opens what {@link seal} made; undefined when it was made for another cookie, row or life, or was changed. */
export const unseal = (serverKey: Uint8Array, cookieValue: string, context: SealContext, sealed: Uint8Array): string | undefined =>
  context.version === sealVersion ? decrypt(sealingKey(serverKey, cookieValue), contextBytes(context), sealed) : undefined

const signOutKey = (serverKey: Uint8Array): Uint8Array => new Uint8Array(hkdfSync('sha256', serverKey, '', 'refreshboard sign-out', 32))

/**
 * Seals what a sign-out at Tableau needs with the server's key alone: its cookie is gone by then. The one thing in the store
 * that the key file opens; it is bound to its row.
 */
export const sealSignOut = (serverKey: Uint8Array, id: string, text: string): Uint8Array => encrypt(signOutKey(serverKey), Buffer.from(id), text)

export const unsealSignOut = (serverKey: Uint8Array, id: string, sealed: Uint8Array): string | undefined => decrypt(signOutKey(serverKey), Buffer.from(id), sealed)

/** Stands for a principal outside: it tells nobody who that is. */
export const principalTagOf = (serverKey: Uint8Array, principal: string): string =>
  createHmac('sha256', serverKey).update('refreshboard principal').update(principal).digest('base64url').slice(0, 22)
