/** A name as it looks: other forms of the same letters, blanks of other kinds and what cannot be seen make no difference. */
const looks = (name: string): string =>
  name
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .normalize('NFC')

/** One text for all names that differ in how they look by capitals alone, or not at all. */
export const alikeKey = (name: string): string => looks(name).toLowerCase().normalize('NFC')

/** “Is “Café” meant?”: of a name that is `like` the one that is written, and what cannot be seen of it. */
export const meantWords = (written: string, like: readonly string[]): string => {
  const same = like.length > 0 && like.every((name) => looks(name) === looks(written))
  const shown = like.slice(0, 4).map((name) => `“${name}”`)
  return `Is ${shown.join(' or ')} meant${same ? ', which looks the same and is written with other characters' : ''}?`
}
