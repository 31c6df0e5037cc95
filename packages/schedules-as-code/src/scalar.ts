/** What a reader of YAML, also one of YAML 1.1, could take for something else than a text. */
const readAsOther = /^(?:y|yes|n|no|on|off|true|false|null)$/i

/** Letters, digits and what never has a meaning to YAML inside a text. */
const plain = /^\p{L}(?:[\p{L}\p{M}\p{N} ._/()&+'–—‘’“”-]*[\p{L}\p{M}\p{N}._/()&+'–—‘’“”-])?$/u

const escapes = /[\u007F-\u009F\u00A0\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF0-\uFFFF]/g

/** A text as YAML: as it is where every reader of YAML takes it for that text, in quotes otherwise, what cannot be seen escaped. */
export const scalar = (text: string): string =>
  plain.test(text) && !readAsOther.test(text)
    ? text
    : JSON.stringify(text).replaceAll(escapes, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}`)
