const count = new Intl.NumberFormat('en-US')

export const formatCount = (n: number): string => count.format(n)

/** `1 task`, `38 tasks`. */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count.format(n)} ${n === 1 ? one : many}`
