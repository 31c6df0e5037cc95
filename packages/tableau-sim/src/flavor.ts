/** What is simulated: a Tableau Server, or one site of Tableau Cloud. */
export type Flavor = 'server' | 'cloud'

export const flavors: readonly Flavor[] = ['server', 'cloud']

export const isFlavor = (text: string): text is Flavor => flavors.some((flavor) => flavor === text)
