/** The store did not do what it was asked. The message is SQLite's error code alone: never a path, never a value. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super(`storage failed: ${code}`, options)
    this.code = code
  }
}
