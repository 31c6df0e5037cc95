/** Something that may be found nowhere, and what to call it when it is. */
export interface Secret {
  readonly name: string
  readonly value: string | Uint8Array
}

const trimmed = (text: string): string => text.replace(/=+$/, '')

/** Base64 of it wherever it stands in something longer: what surrounds it shifts its letters by nought, one or two bytes. */
const inBase64 = (bytes: Uint8Array, encoding: 'base64' | 'base64url'): string[] =>
  [0, 1, 2].map((shift) => {
    const text = trimmed(Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding))
    const end = (shift + bytes.length) % 3 === 0 ? text.length : text.length - 1
    return text.slice(shift === 0 ? 0 : shift + 1, end)
  })

/** Every spelling in which it could stand somewhere, as Latin-1 shows its bytes. */
export const spellingsOf = (value: string | Uint8Array): string[] => {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  const hex = Buffer.from(bytes).toString('hex')
  const ofText = typeof value === 'string' ? [JSON.stringify(value).slice(1, -1), encodeURIComponent(value), encodeURI(value), new URLSearchParams({ v: value }).toString().slice(2)] : []
  // However the rest of it is written, its letters and digits stay as they are.
  const runs = typeof value === 'string' ? (value.match(/[A-Za-z0-9_-]{12,}/g) ?? []) : []
  const all = [Buffer.from(bytes).toString('latin1'), hex, hex.toUpperCase(), ...inBase64(bytes, 'base64'), ...inBase64(bytes, 'base64url'), ...ofText, ...runs]
  return [...new Set(all.map((text, at) => (at === 0 ? text : Buffer.from(text).toString('latin1'))))]
}

const known = new WeakMap<Secret, string[]>()

const spellings = (secret: Secret): string[] => {
  const made = known.get(secret) ?? spellingsOf(secret.value)
  known.set(secret, made)
  return made
}

/** The names of the secrets that stand in it, in whichever spelling. */
export const secretsIn = (haystack: string | Uint8Array, secrets: readonly Secret[]): string[] => {
  const text = Buffer.from(haystack).toString('latin1')
  return secrets.filter((secret) => spellings(secret).some((spelling) => text.includes(spelling))).map(({ name }) => name)
}
