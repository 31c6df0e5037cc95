import * as fc from 'fast-check'

// `npm run prove` chooses a seed and prints it, so that a failure can be run again; the ordinary tests choose their own.
const seed = process.env['FC_SEED']
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) })
