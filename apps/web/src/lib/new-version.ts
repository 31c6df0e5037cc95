/** True for a part of the app that is not on the server any more, as after an update. */
export const isMissingChunk = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|Importing a module script failed|preload CSS|module script/i.test(error.message)
