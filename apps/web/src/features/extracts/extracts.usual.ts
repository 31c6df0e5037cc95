/** What the address of the extracts page leaves out. By itself, so that a link to the page costs nothing more. */
export const usualExtracts = { sort: 'name:asc' } as const
