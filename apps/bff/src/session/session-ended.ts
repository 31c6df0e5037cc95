/** Tableau no longer accepts the token of this session (401002). Thrown by whatever call found it out. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded'
  readonly sessionId: string

  constructor(sessionId: string, options?: ErrorOptions) {
    super('Tableau ended the session', options)
    this.sessionId = sessionId
  }
}
