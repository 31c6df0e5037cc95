/** A reason not to start, as one line for whoever runs the server: which variable, what is wrong, what to do. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
