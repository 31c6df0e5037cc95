/** A token goes into a header: visible ASCII only, or an HTTP library would quote it in its complaint. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(text)
