import type { XmlElement } from '../xml/element.ts'
import { createXmlReader } from '../xml/reader.ts'

/** A whole reply, fed in chunks. */
export const readAll = (reply: Uint8Array, chunk = 65_536): XmlElement | undefined => {
  const reader = createXmlReader()
  for (let at = 0; at < reply.length; at += chunk) reader.write(reply.subarray(at, at + chunk))
  return reader.end()
}
