type Value = string | number | boolean | readonly string[] | undefined

const written = (value: Value): string => {
  if (value === undefined || value === false) return ''
  if (value === true) return '1'
  return typeof value === 'object' ? value.join(',') : String(value)
}

/**
 * The search parameters of a page, without a leading `?`. What is as `usual`, empty or off is left out. Lists are joined by
 * commas, or given part by part where a part may hold one.
 */
export const formatSearch = (search: object, usual: Readonly<Record<string, string>>, lists: 'joined' | 'parts' = 'joined'): string => {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries<Value>({ ...search })) {
    if (lists === 'parts' && typeof value === 'object') for (const part of value) params.append(name, part)
    else if (written(value) !== '' && written(value) !== usual[name]) params.set(name, written(value))
  }
  // Colons, and commas between the parts of a list, need no escape in a query, and a readable address is worth sharing.
  const text = params.toString().replaceAll('%3A', ':')
  return lists === 'joined' ? text.replaceAll('%2C', ',') : text
}
