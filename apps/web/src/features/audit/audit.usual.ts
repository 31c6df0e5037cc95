/** What an address of the audit does not say. */
export const usualAudit = { offset: '0' } as const
