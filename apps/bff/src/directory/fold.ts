/** The accents of Latin, Greek and Cyrillic letters, as NFKD takes them off; other scripts’ marks are letters of their own. */
const accents = /[\u0300-\u036F]/g

/**
 * A text without its case, accents and compatibility forms: for finding and sorting, by code units, the same on every
 * machine. Upper case, because it has one sigma and no sharp s.
 */
export const fold = (text: string): string => text.normalize('NFKD').replace(accents, '').toUpperCase()
