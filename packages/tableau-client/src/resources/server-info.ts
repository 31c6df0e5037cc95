import { defineEndpoint, type NoInput } from '../endpoint.ts'
import { type ApiVersion, isApiVersion } from '../version.ts'
import { requiredChild, XmlReadError } from '../xml/element.ts'

export interface ServerInfo {
  /** Such as `2024.2.2`. */
  readonly productVersion: string
  /** The newest REST API version of the server; all other calls are made with it. */
  readonly apiVersion: ApiVersion
}

/** Server Info, without a token. Asked with 2.4, the first version that has it; the reply names the version to use. */
export const serverInfo = defineEndpoint({
  name: 'serverInfo',
  method: 'GET',
  path: '/serverInfo',
  since: '2.4',
  fixedVersion: '2.4',
  reference: 'REST API reference, § Server Info',
  auth: 'none',
  operation: 'read',
  reply: 'body',
  encode: (_input: NoInput) => ({}),
  decode: (root): ServerInfo => {
    const info = requiredChild(root, 'serverInfo')
    const apiVersion = requiredChild(info, 'restApiVersion').text.trim()
    if (!isApiVersion(apiVersion)) throw new XmlReadError('<restApiVersion> is not a version')
    return { productVersion: requiredChild(info, 'productVersion').text.trim(), apiVersion }
  },
})
