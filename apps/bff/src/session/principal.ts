import { z } from 'zod'

const principalKeySchema = z.string().brand<'PrincipalKey'>()

/**
 * Who is asking Tableau: one user of one site of one server. What is cached, shared or recorded between requests is keyed
 * by this type, so that a key without a principal does not compile, and nobody is shown what was read for somebody else.
 */
export type PrincipalKey = z.infer<typeof principalKeySchema>

export const principalKey = (principal: { serverId: string; siteId: string; userId: string }): PrincipalKey =>
  principalKeySchema.parse(JSON.stringify([principal.serverId, principal.siteId, principal.userId]))
