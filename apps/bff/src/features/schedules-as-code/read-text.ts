import { readSchedules } from '@refreshboard/schedules-as-code'

type Reading = ReturnType<typeof readSchedules>

let last: { readonly yaml: string; readonly reading: Reading } | undefined

/** As {@link readSchedules}, once: a plan asks for the same text twice and its start again, and a long one takes a second. */
export const readText = (yaml: string): Reading => {
  if (last?.yaml !== yaml) last = { yaml, reading: readSchedules(yaml) }
  return last.reading
}
