import { pathToFileURL } from 'node:url'
import { SaxesParser } from 'saxes'
import { queryJobs } from '../src/resources/jobs.ts'
import { createXmlReader } from '../src/xml/reader.ts'
import { type Figure, printFigure } from './figure.ts'
import { jobsPage } from './jobs-page.ts'

const warmUp = 60
const rounds = 300

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const timed = (work: () => void): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

/**
 * Bytes → `Job[]` by the client, against saxes alone: with its default options, over a text that is already decoded, doing
 * nothing but count elements. Both take turns in one process; the figure is the ratio of the medians.
 */
export const measureParse = (): Figure => {
  const bytes = jobsPage(1000)
  const text = new TextDecoder().decode(bytes)
  const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_none, index) => bytes.subarray(index * 65_536, (index + 1) * 65_536))
  const bare = (): void => {
    let elements = 0
    const parser = new SaxesParser()
    parser.on('opentag', () => {
      elements += 1
    })
    parser.write(text).close()
    if (elements !== 1003) throw new Error(`saxes saw ${elements} elements`)
  }
  const ours = (): void => {
    const reader = createXmlReader()
    for (const chunk of chunks) reader.write(chunk)
    const root = reader.end()
    const page = root === undefined ? undefined : queryJobs.decode(root)
    if (page?.rows.length !== 1000) throw new Error(`the client read ${page?.rows.length ?? 0} jobs`)
  }
  const bareMs: number[] = []
  const oursMs: number[] = []
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const [bareTook, oursTook] = [timed(bare), timed(ours)]
    if (round < warmUp) continue
    bareMs.push(bareTook)
    oursMs.push(oursTook)
  }
  return { name: 'parse-1000-jobs', value: median(oursMs) / median(bareMs), unit: 'x-bare-saxes', goal: 2 }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printFigure(measureParse())
