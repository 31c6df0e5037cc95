/** One measured number and the most it may be. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly goal: number
}

/** `figure=<name> value=<n> unit=<u> goal=<n> pass`, or `fail`; a failed goal also makes the process fail at its end. */
export const printFigure = ({ name, value, unit, goal }: Figure): void => {
  const verdict = value <= goal ? 'pass' : 'fail'
  console.log(`figure=${name} value=${value.toFixed(2)} unit=${unit} goal=${goal} ${verdict}`)
  if (verdict === 'fail') process.exitCode = 1
}
