const timePattern = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/

export const secondsPerDay = 86_400

/** Seconds since midnight of `HH:MM:SS`, 00:00:00 to 23:59:59; undefined for anything else. */
export const secondsOf = (time: string | undefined): number | undefined => {
  const parts = time === undefined ? null : timePattern.exec(time)
  return parts === null ? undefined : Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3])
}

/** `18:30`, with seconds only where there are some. */
export const clockTime = (seconds: number): string => {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const ofDay = seconds % secondsPerDay
  const minutes = `${two(ofDay / 3600)}:${two((ofDay % 3600) / 60)}`
  return ofDay % 60 === 0 ? minutes : `${minutes}:${two(ofDay % 60)}`
}
