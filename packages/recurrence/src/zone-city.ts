const utcNames = new Set(['UTC', 'GMT', 'UCT', 'Zulu', 'Universal', 'Greenwich', 'GMT0'])

/**
 * What people call a zone: `America/Los_Angeles` is “Los Angeles”, every name of UTC is “UTC”, and `Etc/GMT+5`, whose sign is the
 * other way round than people write it, is “UTC−5”.
 */
export const zoneCity = (zone: string): string => {
  const name = zone.slice(zone.lastIndexOf('/') + 1)
  if (utcNames.has(name)) return 'UTC'
  const fixed = /^Etc\/GMT([+-])(\d{1,2})$/.exec(zone)
  if (fixed !== null) return fixed[2] === '0' ? 'UTC' : `UTC${fixed[1] === '+' ? '−' : '+'}${fixed[2]}`
  return name.replaceAll('_', ' ')
}

/** “Los Angeles time”, “UTC”. */
export const zoneWords = (zone: string): string => {
  const city = zoneCity(zone)
  return city.startsWith('UTC') ? city : `${city} time`
}
